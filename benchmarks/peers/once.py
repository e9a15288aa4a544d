"""What a library learned, kept while the next settings of a grid need the same: some say only how to score."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from recommender.data.corpus import Corpus

Learned = TypeVar("Learned")

# The last call with its answer, of all peers together: one model is held in memory, never two.
_held: list[tuple[tuple[Any, ...], Any]] = []


def once(learn: Callable[..., Learned], corpus: Corpus, **settings: Any) -> Learned:
    """Return what `learn` makes of a corpus and settings; the last answer again where nothing has changed."""
    if _held:
        (last_learn, last_corpus, last_settings), answer = _held[0]
        if last_learn is learn and last_corpus is corpus and last_settings == settings:
            kept: Learned = answer
            return kept
    _held.clear()  # before learning, which needs the room
    learned = learn(corpus, **settings)
    _held.append(((learn, corpus, settings), learned))
    return learned
