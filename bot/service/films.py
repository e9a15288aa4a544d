"""A film as one person sees it: its stars and marks, read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.callbacks import Mark
from bot.catalogue.starter import find_starter_film, load_chinese_names
from bot.messages import Words
from bot.messages.facts import NOTHING_KNOWN, Facts, own_title
from bot.messages.films import Film
from bot.storage.marks import MarkKind
from bot.storage.tx import Tx
from recommender.domain import Movie, MovieId, Rating, UserId

MARK_KINDS: Final[dict[Mark, MarkKind]] = {
    Mark.SEEN: "seen",
    Mark.LATER: "later",
    Mark.NEVER: "never",
    Mark.NOT_NOW: "not_now",
}


def film_states(tx: Tx, person: UserId, movie_ids: Iterable[MovieId]) -> dict[MovieId, Film]:
    """Return these films with what the person said of them; those gone from the catalogue are left out."""
    movies = tx.movies.many(movie_ids)
    ratings, kinds = tx.ratings.many(person, movies), tx.marks.kinds_of(person, movies)
    return {found: _film(movie, ratings.get(found), kinds[found]) for found, movie in movies.items()}


def film_state(tx: Tx, person: UserId, movie: Movie) -> Film:
    """Return one film with what the person said of it."""
    return _film(movie, tx.ratings.get(person, movie.id), tx.marks.kinds(person, movie.id))


def _film(movie: Movie, rating: Rating | None, kinds: frozenset[MarkKind]) -> Film:
    marks = frozenset(mark for mark, kind in MARK_KINDS.items() if kind in kinds)
    return Film(movie, rating.stars if rating else None, marks, facts_of(movie))


def facts_of(movie: Movie) -> Facts:
    """Return what a card tells of a film."""
    film = find_starter_film(movie)
    if film is None:
        return NOTHING_KNOWN
    chinese = load_chinese_names()
    return Facts(
        original_title=film.original_title,
        zh_title=film.zh_title,
        directors=film.directors,
        zh_directors=tuple(chinese.get(name, name) for name in film.directors),
        runtime_min=film.runtime_min,
        plot=film.plot,
        plot_zh=film.plot_zh,
    )


def named(words: Words, movie: Movie) -> Movie:
    """Return a film under its title in the person's language, to be named in a sentence."""
    return replace(movie, title=own_title(words, movie, facts_of(movie)))
