"""Recommendation lists: rounds of pages in which nothing repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from bot.callbacks import Place, ShowAlike
from bot.dial import Dial, Era, first_year, last_year
from bot.messages import lists, own_films, toasts, unasked
from bot.messages.films import CardOrigin
from bot.messages.genres import nothing_allowed
from bot.messages.lists import LIST_SIZE
from bot.messages.wishes import with_wish
from bot.outgoing import Outgoing
from bot.service.among import find_among, own_round
from bot.service.films import named
from bot.service.followed import find_followed, seat_first
from bot.service.genres import wishes_of
from bot.service.news import wait_for_news
from bot.service.picks import picks_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.tx import Tx
from recommender.domain import Because, Filters, MovieId, Profile, Rating, Recommendation, Stars, UserId

# A page of a round that is not begun yet.
FIRST_PAGE: Final = CardOrigin(Place.LIST, 0, 0)

# How far each stand of the dial goes from the well known. On validation people (MovieLens, five ratings known) a third,
# an eighth and one in thirty-five of all have rated the median film of such lists: docs/experiments.md.
NOVELTY: Final = {Dial.WELL_KNOWN: 0.0, Dial.MIXED: 0.25, Dial.LITTLE_KNOWN: 0.5}


# What the only film of somebody is given whose list is of films like it.
MOST_STARS: Final = Stars(5.0)
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
# So long after a list of films like another, a tap for it again is the same tap.
SAME_TAP_FOR: Final = timedelta(seconds=30)
# For so long what was shown and left alone comes only after what is fresh.
LEFT_ALONE_FOR: Final = timedelta(days=30)
# One page in so many may end with a wildcard: one film in ten at most.
PAGES_PER_WILDCARD: Final = 2


def recommend(service: Service, turn: Turn) -> Reply:
    """Start a round with its first page."""
    return _start_round(service, turn, find(service, turn.person))


def show_list(service: Service, turn: Turn, origin: CardOrigin) -> Reply:
    """Show a page of a round: as it was when it was shown before, else the next five."""
    if service.store.read(lambda tx: tx.impressions.page(turn.person, origin.key, origin.page_code)):
        return _show_again(service, turn, origin)
    if origin.page and not service.store.read(lambda tx: tx.impressions.shown(turn.person, origin.key)):
        return service.visit(turn, Visit.expired)
    own = service.store.read(lambda tx: own_round(tx, turn.person, origin.key))
    if own is not None:
        found = find_among(service, turn.person, own.kind, own.shown)
        return _show_new(service, turn, origin, found) if found else _end_own(service, turn)
    movie_id = service.store.read(lambda tx: tx.impressions.like_of(turn.person, origin.key))
    if movie_id is not None:
        return _show_new(service, turn, origin, find_alike(service, turn.person, movie_id, origin))
    return _show_new(service, turn, origin, find(service, turn.person, origin))


def show_alike(service: Service, turn: Turn, action: ShowAlike) -> Reply:
    """Start a round of films like another; a second tap in a moment finds it there."""
    return _start_alike(service, turn, action.movie_id, find_alike(service, turn.person, action.movie_id))


def find(
    service: Service,
    person: UserId,
    origin: CardOrigin = FIRST_PAGE,
    *,
    wish: Filters | None = None,
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
    shown = service.store.read(lambda tx: tx.impressions.shown_since(person, _LONG_AGO)) if unmet else known.shown
    wish = wish or known.wish
    profile = known.profile if wish is None else _open_to(known.profile, wish)
    filters = filters_of(origin, wish)
    found = service.recommender.recommend(
        profile,
        size,
        filters=filters,
        shown=shown,
        stale=known.stale,
        draw=draw_of(person, origin) if known.wildcards and not wish and is_wildcards_turn(origin) else None,
    )
    first = find_followed(service, known.followed, profile, filters, shown | known.stale)
    return _still_there(service, seat_first(first, found, size))


def find_alike(
    service: Service, person: UserId, movie_id: MovieId, origin: CardOrigin = FIRST_PAGE
) -> list[Recommendation]:
    """Ask for a page of films that somebody would like who knows one film and loves it, but this person has not met."""
    movie = service.store.read(lambda tx: tx.movies.get(movie_id))
    if movie is None:
        return []
    known = service.store.read(lambda tx: _read(tx, person, origin))
    met = known.profile.hidden | {rating.movie_id for rating in known.profile.ratings}
    loved = Rating(movie.id, MOST_STARS, _LONG_AGO)
    lover = replace(known.profile, genres=movie.genres, ratings=(loved,), hidden=met - {movie.id})
    found = service.recommender.recommend(lover, LIST_SIZE, shown=known.shown)
    # The chances are those of somebody else.
    because = Because(movie_id=movie.id)
    return [replace(one, like_probability=None, because=because, slot="alike") for one in _still_there(service, found)]


def _still_there(service: Service, found: Sequence[Recommendation]) -> list[Recommendation]:
    movies = service.store.read(lambda tx: tx.movies.many(one.movie_id for one in found))
    return [one for one in found if one.movie_id in movies]


def _open_to(profile: Profile, wish: Filters) -> Profile:
    """Return the profile of somebody who asks for genres now, whatever they exclude for good."""
    return replace(profile, excluded=profile.excluded - wish.genres_in - wish.genres_all)


def filters_of(origin: CardOrigin, wish: Filters | None) -> Filters:
    """Return what a page keeps to: its wish, and what it was tuned to, which goes before."""
    kept = replace(wish or Filters(), novelty=NOVELTY[origin.dial])
    if origin.era == Era.ANY:
        return kept
    return replace(kept, year_from=first_year(origin.era), year_to=last_year(origin.era))


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
    stale: frozenset[MovieId]
    wildcards: bool
    wish: Filters | None
    followed: tuple[str, ...]


def _read(tx: Tx, person: UserId, origin: CardOrigin) -> _Known:
    stored = tx.people.get(person)
    return _Known(
        tx.ratings.profile(person),
        tx.impressions.shown(person, origin.key) if origin.key else frozenset(),
        tx.impressions.shown_since(person, tx.now - LEFT_ALONE_FOR),
        stored is None or stored.wildcards,
        tx.wishes.get(person, origin.key) if origin.key else None,
        tx.follows.names(person),
    )


def first_page(visit: Visit, round_: int, found: Sequence[Recommendation], *, digest: bool = False) -> Outgoing:
    """Store and word a round's first page: in place of the tapped message, else as a new one."""
    origin = CardOrigin(Place.LIST, round_, 0)
    _remember(visit, origin, found)
    if not found:
        return _nothing(visit, origin, round_)
    page = lists.recommendations(visit.words, picks_of(visit, found), origin, edits=visit.edits, digest=digest)
    return unasked.with_way_out(visit.words, page) if digest else page


def begin_round(visit: Visit, found: Sequence[Recommendation]) -> Outgoing:
    """Store and word the first page of a round of films that there are."""
    origin = CardOrigin(Place.LIST, visit.new_round(), 0)
    _remember(visit, origin, found)
    return _page(visit, found, origin)


def _nothing(visit: Visit, origin: CardOrigin, fresh_round: int) -> Outgoing:
    if wishes_of(visit.person).allow_nothing:
        return nothing_allowed(visit.words, edits=visit.edits)
    return lists.no_recommendations(visit.words, origin, fresh_round, edits=visit.edits)


def shown_page(visit: Visit, origin: CardOrigin) -> Outgoing | None:
    """Word a page again as it was shown, with what was said of its films since; None when it is not known any more."""
    found = visit.tx.impressions.page(visit.id, origin.key, origin.page_code)
    if not found:
        return None
    return _page(visit, found, origin)


def _remember(visit: Visit, origin: CardOrigin, found: Sequence[Recommendation]) -> None:
    version = visit.service.recommender.version
    visit.tx.impressions.add(visit.id, origin.key, origin.page_code, found, version=version)
    wait_for_news(visit, found)


def _page(visit: Visit, found: Sequence[Recommendation], origin: CardOrigin) -> Outgoing:
    picks = picks_of(visit, found)
    if found[0].slot == "later" and picks:
        return own_films.one_to_watch(visit.words, picks[0], origin, edits=visit.edits)
    if found[0].slot == "again":
        return own_films.to_see_again(visit.words, picks, origin, edits=visit.edits)
    like = found[0].because.movie_id if found[0].slot == "alike" else None
    movie = None if like is None else visit.movie(like)
    alike = None if movie is None else named(visit.words, movie)
    page = lists.recommendations(visit.words, picks, origin, edits=visit.edits, alike=alike)
    wish = visit.tx.wishes.get(visit.id, origin.key)
    return page if wish is None else with_wish(visit.words, page, filters_of(origin, wish))


@in_visit
def _start_round(visit: Visit, found: Sequence[Recommendation]) -> Reply:
    return Reply((first_page(visit, visit.new_round(), found),))


@in_visit
def _show_again(visit: Visit, origin: CardOrigin) -> Reply:
    page = shown_page(visit, origin)
    return Reply((page,)) if page else visit.expired()


@in_visit
def _end_own(visit: Visit) -> Reply:
    return Reply((own_films.all_shown(visit.words, visit.new_round(), edits=visit.edits),))


@in_visit
def _show_new(visit: Visit, origin: CardOrigin, found: Sequence[Recommendation]) -> Reply:
    if not found:
        return Reply((_nothing(visit, origin, visit.new_round()),))
    _remember(visit, origin, found)
    return Reply((_page(visit, found, origin),))


@in_visit
def _start_alike(visit: Visit, movie_id: MovieId, found: Sequence[Recommendation]) -> Reply:
    movie = visit.movie(movie_id)
    if movie is None:
        return visit.film_is_gone()
    if visit.tx.impressions.has_shown_alike(visit.id, movie_id, visit.tx.now - SAME_TAP_FOR):
        return Reply(toast=toasts.alike_below(visit.words))
    if not found:
        return Reply((lists.none_alike(visit.words, named(visit.words, movie)),))
    origin = CardOrigin(Place.LIST, visit.new_round(), 0)
    _remember(visit, origin, found)
    return Reply((lists.recommendations(visit.words, picks_of(visit, found), origin, alike=named(visit.words, movie)),))
