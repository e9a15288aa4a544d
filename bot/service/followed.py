"""Films of people who are followed: which of them fit a page, and where they stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import Final

from bot.messages import Words
from bot.messages.facts import own_name
from bot.messages.films import Film
from bot.service.service import Service
from bot.storage.tx import Tx
from recommender.domain import Filters, MovieId, Profile, Recommendation, UserId

# On one page; the rest is for everything else.
MOST_A_PAGE: Final = 2
# A film fits where it is likelier to be liked than not.
LEAST_CHANCE: Final = 0.5


def find_followed(
    service: Service, names: Sequence[str], profile: Profile, filters: Filters, skipped: Set[MovieId]
) -> list[Recommendation]:
    """Return the films that come first on a page: of somebody followed, of what is asked for, likely to be liked.

    Args:
        skipped: what this round showed, and what was shown lately and left alone.
    """
    films = frozenset(film for name in names for film in service.titles.films_of(name))
    if not films:
        return []
    found = service.recommender.recommend(profile, MOST_A_PAGE, filters=replace(filters, among=films), shown=skipped)
    return [replace(one, slot="followed") for one in found if one.slot == "top" and is_likely(one)]


def seat_first(first: Sequence[Recommendation], found: Sequence[Recommendation], size: int) -> list[Recommendation]:
    """Return a page with some films before those that were found; a wildcard keeps the last place."""
    ids = {one.movie_id for one in first}
    others = [one for one in found if one.movie_id not in ids]
    last = [one for one in others[-1:] if one.slot == "wildcard"]
    between = [one for one in others if one not in last]
    return [*first, *between[: size - len(first) - len(last)], *last]


def who_is_followed(tx: Tx, person: UserId, words: Words, films: Iterable[Film]) -> dict[MovieId, dict[str, str]]:
    """Return who brought each film, as directors before actors: what a line of a list says of them."""
    wanted = list(films)
    names = tx.follows.names(person) if wanted else ()
    return {film.movie.id: _who(words, film, names) for film in wanted}


def _who(words: Words, film: Film, names: Sequence[str]) -> dict[str, str]:
    facts = film.facts
    for role, people in (("followed_director", facts.directors), ("followed_actor", facts.cast)):
        for name in people:
            if name in names:
                return {role: own_name(words, facts, name)}
    return {}


def is_likely(one: Recommendation) -> bool:
    """Tell whether a film is likelier to be liked than not, as far as anybody can say."""
    return one.like_probability is None or one.like_probability >= LEAST_CHANCE
