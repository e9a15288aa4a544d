"""Films for a page: what the recommender is asked for somebody, their round and what it keeps to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from bot.callbacks import Place
from bot.dial import Dial, Era, first_year, last_year
from bot.messages.films import CardOrigin
from bot.messages.lists import LIST_SIZE
from bot.service.among import as_new, kept_for_later
from bot.service.followed import find_followed, seat_first
from bot.service.service import Service
from bot.service.wished import HIDDEN, OWN, Ask, fill_page, likes_of
from bot.storage.tx import Tx
from bot.wanted import NOTHING_WANTED, Wanted
from recommender.domain import Because, Filters, Movie, MovieId, Profile, Rating, Recommendation, Stars, UserId

# A page of a round that is not begun yet.
FIRST_PAGE: Final = CardOrigin(Place.LIST, 0, 0)

# How far each stand of the dial goes from the well known. On validation people (MovieLens, five ratings known) a third,
# an eighth and one in thirty-five of all have rated the median film of such lists: docs/experiments.md.
NOVELTY: Final = {Dial.WELL_KNOWN: 0.0, Dial.MIXED: 0.25, Dial.LITTLE_KNOWN: 0.5}


# The films that share much with each of some.
Near = Mapping[MovieId, frozenset[MovieId]]
# What the only film of somebody is given whose list is of films like it.
MOST_STARS: Final = Stars(5.0)
# So many films that share most with one are what it is first likened to.
MOST_ALIKE: Final = 25
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
# For so long what was shown and left alone steps back behind what is fresh, each time further.
LEFT_ALONE_FOR: Final = timedelta(days=30)
# One page in so many may end with a wildcard: one film in ten at most.
PAGES_PER_WILDCARD: Final = 2


def find(
    service: Service,
    person: UserId,
    origin: CardOrigin = FIRST_PAGE,
    *,
    wish: Wanted | None = None,
    unmet: bool = False,
    size: int = LIST_SIZE,
) -> list[Recommendation]:
    """Ask the recommender for a page that was not shown yet; what is not in the catalogue is left out.

    Args:
        unmet: leave out whatever this person was ever shown, not in this round alone.
        wish: what a round that is not begun yet shall keep to; one that is begun keeps to its own.
        size: how many films; several pages in one, where more than one is wanted.
    """
    known = service.store.read(lambda tx: _read(tx, person, origin))
    shown = service.store.read(lambda tx: tx.impressions.shown_since(person, LONG_AGO)) if unmet else known.shown
    wish = wish or known.wish
    if likes := likes_of(wish):
        return find_alike(service, person, likes, origin, wish=wish, size=size)
    profile = known.profile if wish is None else _open_to(known.profile, wish.filters)
    own = service.store.read(lambda tx: kept_for_later(tx, person)) if wish and OWN in wish.parts else None
    profile = profile if own is None else as_new(profile, own)
    draw = draw_of(person, origin) if known.wildcards and not wish and is_wildcards_turn(origin) else None

    def ask(filters: Filters, given: frozenset[MovieId]) -> list[Recommendation]:
        filters = filters if own is None else _among_own(filters, own)
        found = service.recommender_of(person).recommend(
            profile, size, filters=filters, shown=shown | given, stale=known.stale, draw=draw
        )
        is_all = filters.among is None
        met = shown | given | known.stale.keys()
        first = find_followed(service, person, known.followed, profile, filters, met) if is_all else []
        return _still_there(service, seat_first(first, found, size))

    return _fill(service, origin, wish, ask, size)


def find_alike(
    service: Service,
    person: UserId,
    movie_ids: Sequence[MovieId],
    origin: CardOrigin = FIRST_PAGE,
    *,
    wish: Wanted | None = None,
    size: int = LIST_SIZE,
) -> list[Recommendation]:
    """Ask for a page of films that somebody would like who knows and loves just these, and this person has not met.

    Each is like the first of them that it shares much with.
    """
    movies = service.store.read(lambda tx: tx.movies.many(movie_ids))
    loved = [movies[movie_id] for movie_id in movie_ids if movie_id in movies]
    if not loved:
        return []
    known = service.store.read(lambda tx: _read(tx, person, origin))
    lover = _lover_of(loved, known.profile)

    def ask(filters: Filters, given: frozenset[MovieId], near: Near) -> list[Recommendation]:
        found = service.recommender_of(person).recommend(lover, size, filters=filters, shown=known.shown | given)
        # The chances are those of somebody else.
        return [
            replace(one, like_probability=None, because=_likened(one.movie_id, near, loved), slot="alike")
            for one in _still_there(service, found)
        ]

    def ask_near(filters: Filters, given: frozenset[MovieId]) -> list[Recommendation]:
        """Ask for films that share much with it first, where that is known, and for any others where these end."""
        content = service.titles.films.content
        near = {one.id: content.alike(one.id, MOST_ALIKE // len(loved), filters.among) for one in loved}
        alike = frozenset().union(*near.values())
        found = ask(replace(filters, among=alike, any_genre=True), given, near) if alike else []
        more = ask(filters, given | {one.movie_id for one in found}, near) if len(found) < size else []
        return (found + more)[:size]

    return _fill(service, origin, wish, ask_near, size) if wish else ask_near(Filters(), frozenset())


def _likened(movie_id: MovieId, near: Near, loved: Sequence[Movie]) -> Because:
    """Return the first loved film that one is near to; the first of all where it is near to none."""
    return Because(movie_id=next((one for one, ids in near.items() if movie_id in ids), loved[0].id))


def _lover_of(loved: Sequence[Movie], profile: Profile) -> Profile:
    """Return somebody who loves just these films, and has met what this person has."""
    met = profile.hidden | {rating.movie_id for rating in profile.ratings}
    return replace(
        profile,
        genres=tuple(dict.fromkeys(genre for movie in loved for genre in movie.genres)),
        ratings=tuple(Rating(movie.id, MOST_STARS, LONG_AGO) for movie in loved),
        hidden=met - {movie.id for movie in loved},
    )


def _fill(service: Service, origin: CardOrigin, wish: Wanted | None, ask: Ask, size: int) -> list[Recommendation]:
    """Return a page of what is wished and tuned to."""
    wanted, novelty = tuned(origin, wish), NOVELTY[origin.dial]
    if HIDDEN in wanted.parts:
        novelty = max(novelty, NOVELTY[Dial.LITTLE_KNOWN])
    return fill_page(service, wanted, lambda filters, given: ask(replace(filters, novelty=novelty), given), size)


def _among_own(filters: Filters, own: frozenset[MovieId]) -> Filters:
    """Return filters that let only these films in, of whatever genres somebody chose."""
    return replace(filters, among=own if filters.among is None else filters.among & own, any_genre=True)


def _still_there(service: Service, found: Sequence[Recommendation]) -> list[Recommendation]:
    movies = service.store.read(lambda tx: tx.movies.many(one.movie_id for one in found))
    return [one for one in found if one.movie_id in movies]


def _open_to(profile: Profile, wish: Filters) -> Profile:
    """Return the profile of somebody who asks for genres now, whatever they exclude for good."""
    return replace(profile, excluded=profile.excluded - wish.genres_in - wish.genres_all)


def tuned(origin: CardOrigin, wish: Wanted | None) -> Wanted:
    """Return what a page keeps to: its wish, and the years that it was tuned to, which go before."""
    kept = wish or NOTHING_WANTED
    if origin.era == Era.ANY:
        return kept
    return replace(kept, filters=replace(kept.filters, year_from=first_year(origin.era), year_to=last_year(origin.era)))


def is_wildcards_turn(origin: CardOrigin) -> bool:
    """Return whether a page may end with a wildcard."""
    return origin.page % PAGES_PER_WILDCARD == PAGES_PER_WILDCARD - 1


def draw_of(person: UserId, origin: CardOrigin) -> int:
    """Return the seed of a page's wildcard: the same page draws the same, another person or page another."""
    name = f"{person}:{origin.key}:{origin.page_code}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a page depends on: the person, what this round showed and keeps to, what was shown lately, the wildcard."""

    profile: Profile
    shown: frozenset[MovieId]
    stale: Mapping[MovieId, int]
    wildcards: bool
    wish: Wanted | None
    followed: tuple[str, ...]


def _read(tx: Tx, person: UserId, origin: CardOrigin) -> _Known:
    stored = tx.people.get(person)
    return _Known(
        tx.ratings.profile(person),
        tx.impressions.shown(person, origin.key) if origin.key else frozenset(),
        tx.impressions.times_shown(person, tx.now - LEFT_ALONE_FOR),
        stored is None or stored.wildcards,
        tx.wishes.get(person, origin.key) if origin.key else None,
        tx.follows.names(person),
    )
