"""A film as one person sees it: its stars and marks, read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.callbacks import Count, Follow, Mark, Open, Rate, SendPicture, SetMark, ShowPage, ShowSide, UndoRate
from bot.catalogue import film_facts
from bot.catalogue.starter import find_starter_film, load_chinese_names
from bot.facts import NO_FACTS, FilmFacts
from bot.messages import Words
from bot.messages.facts import Facts, own_title
from bot.messages.films import CardOrigin, Film
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
    ids = [movie.id for movie in movies.values()]
    ratings, kinds, facts = tx.ratings.many(person, ids), tx.marks.kinds_of(person, ids), tx.facts.many(ids)
    uncounted = tx.ratings.uncounted(person)
    return {
        found: _film(
            movie, ratings.get(movie.id), kinds[movie.id], facts.get(movie.id, NO_FACTS), movie.id not in uncounted
        )
        for found, movie in movies.items()
    }


def film_state(tx: Tx, person: UserId, movie: Movie) -> Film:
    """Return one film with what the person said of it."""
    return film_states(tx, person, [movie.id])[movie.id]


def _film(movie: Movie, rating: Rating | None, kinds: frozenset[MarkKind], found: FilmFacts, is_counted: bool) -> Film:
    marks = frozenset(mark for mark, kind in MARK_KINDS.items() if kind in kinds)
    return Film(movie, rating.stars if rating else None, marks, facts_of(movie, found), is_counted)


def facts_of(movie: Movie, found: FilmFacts = NO_FACTS) -> Facts:
    """Return what a card tells of a film."""
    film, known, chinese = find_starter_film(movie), film_facts.facts_of(movie, found), load_chinese_names()
    return Facts(
        original_title="" if known.original_title == movie.title else known.original_title,
        zh_title=known.zh_title,
        directors=known.directors,
        zh_directors=tuple(chinese.get(name, name) for name in known.directors),
        cast=known.cast,
        zh_cast=tuple(chinese.get(name, name) for name in known.cast),
        runtime_min=known.runtime_min,
        plot=film.plot if film else "",
        plot_zh=film.plot_zh if film else "",
        original_language=film.languages[0] if film else "",
    )


def named(words: Words, movie: Movie) -> Movie:
    """Return a film under its title in the person's language, to be named in a sentence."""
    return replace(movie, title=own_title(words, movie, facts_of(movie)))


def origin_of(
    action: Open | Rate | SetMark | ShowPage | ShowSide | Count | SendPicture | UndoRate | Follow,
) -> CardOrigin:
    """Return where a button's card sits."""
    return CardOrigin(action.place, action.key, action.page_code)
