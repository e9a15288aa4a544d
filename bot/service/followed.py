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
from recommender.domain import LIKE, Filters, MovieId, Profile, Recommendation, UserId

# On one page; the rest is for everything else.
MOST_A_PAGE: Final = 2
# A film fits where it is likelier to be liked than not.
LEAST_CHANCE: Final = 0.5
# For who likes less than half of what they rate, where it is likelier to be liked than those. Until much is rated that
# share is drawn to a half, by so many ratings: somebody without a like would be content with anything.
USUAL: Final = 10


def find_followed(
    service: Service,
    person: UserId,
    names: Sequence[str],
    profile: Profile,
    filters: Filters,
    skipped: Set[MovieId],
) -> list[Recommendation]:
    """Return the films that come first on a page: of somebody followed, of what is asked for, likely to be liked.

    Args:
        skipped: what this round showed, and what was shown lately and left alone.
    """
    films = frozenset(film for name in names for film in service.titles.films_of(name))
    if not films:
        return []
    asked = replace(filters, among=films)
    found = service.recommender_of(person).recommend(profile, MOST_A_PAGE, filters=asked, shown=skipped)
    return [replace(one, slot="followed") for one in found if one.slot == "top" and is_likely(one, profile)]


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


def is_likely(one: Recommendation, profile: Profile) -> bool:
    """Tell whether somebody will rather like a film, as far as anybody can say."""
    return one.like_probability is None or one.like_probability >= least_chance(profile)


def least_chance(profile: Profile) -> float:
    """Return the chance from which on a film fits somebody: a half, or less for who likes fewer of what they rate."""
    liked = sum(rating.stars >= LIKE for rating in profile.ratings)
    return min(LEAST_CHANCE, (liked + USUAL * LEAST_CHANCE) / (len(profile.ratings) + USUAL))
