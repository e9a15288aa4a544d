"""What a film shares with the liked one that brought it, told in somebody's language where the bot itself knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from bot.catalogue.film_content import features_of
from bot.catalogue.starter import find_starter_film, load_chinese_names
from bot.messages import Words
from bot.messages.lists import Shared, SharedKind
from recommender.data.content import KIND_END
from recommender.domain import Movie

_CHINESE: Final = "zh"
_KINDS: Final[Mapping[str, SharedKind]] = {kind: kind for kind in get_args(SharedKind)}


def shared_by(words: Words, movie: Movie, liked: Movie, feature: str | None) -> Shared | None:
    """Return what two films share as a sentence names it; None for what the bot does not know of both, or cannot name.

    Args:
        feature: by kind and name, as the recommender cites it.
    """
    if feature is None or not all(feature in features_of(find_starter_film(film)) for film in (movie, liked)):
        return None
    kind, _, name = feature.partition(KIND_END)
    return Shared(_KINDS[kind], _named(words, kind, name)) if kind in _KINDS else None


def _named(words: Words, kind: str, name: str) -> str:
    if kind in ("country", "tag"):
        return words.plain(f"{kind}.{name}")
    return load_chinese_names().get(name, name) if words.language == _CHINESE else name
