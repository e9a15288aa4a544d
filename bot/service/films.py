"""A film as one person sees it: its stars and marks, read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.callbacks import Mark
from bot.messages.films import Film
from bot.storage.marks import MarkKind
from bot.storage.tx import Tx
from recommender.domain import Movie, MovieId, UserId

MARK_KINDS: Final[dict[Mark, MarkKind]] = {Mark.SEEN: "seen", Mark.LATER: "later", Mark.NEVER: "never"}


def film_states(tx: Tx, person: UserId, movie_ids: Iterable[MovieId]) -> dict[MovieId, Film]:
    """Return these films with what the person said of them; those gone from the catalogue are left out."""
    return {movie_id: film_state(tx, person, movie) for movie_id, movie in tx.movies.many(movie_ids).items()}


def film_state(tx: Tx, person: UserId, movie: Movie) -> Film:
    """Return one film with what the person said of it."""
    rating = tx.ratings.get(person, movie.id)
    kinds = tx.marks.kinds(person, movie.id)
    marks = frozenset(mark for mark, kind in MARK_KINDS.items() if kind in kinds)
    return Film(movie, rating.stars if rating else None, marks)
