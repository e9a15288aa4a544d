"""Films of the stored catalogue that are one: looked for, joined, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.catalogue.known_movies import KnownMovie
from bot.facts import FilmFacts
from bot.storage import Store, Twin, Tx
from recommender.domain import MovieId

if TYPE_CHECKING:
    from bot.catalogue.twins import TwinPair

_REASONS: Final = {
    "wikidata": "both are one item at Wikidata",
    "title": "title, year and director agree",
    "operator": "as you said",
}


def look_for_twins(store: Store, films: Sequence[KnownMovie], facts: Mapping[MovieId, FilmFacts]) -> Sequence[TwinPair]:
    """Return the films of this catalogue that are one, but for those that were parted before."""
    from bot.catalogue.twins import find_twin_pairs

    apart = {frozenset({twin.gone_id, twin.kept_id}) for twin in store.read(_parted)}
    return find_twin_pairs(films, facts, apart)


def join_twins(store: Store, pairs: Sequence[TwinPair]) -> None:
    """Let each film that goes stand for the one that stays, all of them or none."""

    def effect(tx: Tx) -> None:
        for pair in pairs:
            tx.twins.join(pair.gone.movie.id, pair.kept.movie.id, pair.reason)

    if pairs:
        store.write(effect).result()


def describe_pair(pair: TwinPair, *, is_dry: bool = False) -> str:
    """Say which film stands for which, why, and how that is undone."""
    gone, kept = pair.gone.movie, pair.kept.movie
    if is_dry:
        return f"One film: {gone.label} ({gone.id}) and {kept.label} ({kept.id}): {_REASONS[pair.reason]}."
    undo = f"`reelmate twins part {gone.id}` undoes it"
    joined = f"{gone.label} ({gone.id}) is {kept.label} ({kept.id})"
    return f"One film from now on: {joined}: {_REASONS[pair.reason]}; {undo}."


def describe_reason(twin: Twin) -> str:
    """Say why two films were taken for one."""
    return _REASONS[twin.reason]


def _parted(tx: Tx) -> list[Twin]:
    return [twin for twin in tx.twins.all() if twin.parted_at is not None]
