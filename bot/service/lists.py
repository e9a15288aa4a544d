"""Recommendation lists: rounds of pages in which nothing repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.callbacks import Place, ShowAlike
from bot.messages import lists, own_films, toasts, unasked
from bot.messages.films import CardOrigin
from bot.messages.genres import nothing_allowed
from bot.messages.wishes import Shown, with_wish
from bot.outgoing import Outgoing
from bot.service.among import find_among, own_round
from bot.service.films import named
from bot.service.finding import find, find_alike, tuned
from bot.service.genres import wishes_of
from bot.service.news import wait_for_news
from bot.service.part_names import names_of
from bot.service.picks import picks_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.wished import likes_of
from recommender.domain import MovieId, Recommendation

# So long after a list of films like another, a tap for it again is the same tap.
SAME_TAP_FOR: Final = timedelta(seconds=30)


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
        return _show_new(service, turn, origin, find_alike(service, turn.person, (movie_id,), origin))
    return _show_new(service, turn, origin, find(service, turn.person, origin))


def show_alike(service: Service, turn: Turn, action: ShowAlike) -> Reply:
    """Start a round of films like another; a second tap in a moment finds it there."""
    return _start_alike(service, turn, action.movie_id, find_alike(service, turn.person, (action.movie_id,)))


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
    version = visit.recommender.version
    visit.tx.impressions.add(visit.id, origin.key, origin.page_code, found, version=version)
    wait_for_news(visit, found)


def wished_page(
    visit: Visit, round_: int, found: Sequence[Recommendation], *, unknown: Sequence[str] = (), is_widened: bool = False
) -> Outgoing:
    """Store and word the first page of a round that keeps to a wish."""
    origin = CardOrigin(Place.LIST, round_, 0)
    _remember(visit, origin, found)
    return _page(visit, found, origin, unknown=unknown, is_widened=is_widened)


def _page(
    visit: Visit,
    found: Sequence[Recommendation],
    origin: CardOrigin,
    *,
    unknown: Sequence[str] = (),
    is_widened: bool = False,
) -> Outgoing:
    picks = picks_of(visit, found)
    if found[0].slot == "later" and picks:
        return own_films.one_to_watch(visit.words, picks[0], origin, edits=visit.edits)
    if found[0].slot == "again":
        return own_films.to_see_again(visit.words, picks, origin, edits=visit.edits)
    wish = visit.tx.wishes.get(visit.id, origin.key)
    likes = likes_of(wish) or ((found[0].because.movie_id,) if found[0].slot == "alike" else ())
    movies = [visit.movie(like) for like in likes if like is not None]
    alike = [named(visit.words, movie) for movie in movies if movie is not None]
    page = lists.recommendations(visit.words, picks, origin, edits=visit.edits, alike=alike, is_wish=wish is not None)
    if wish is None:
        return page
    shown = Shown(tuned(origin, wish), names_of(visit, wish), origin.key, wish)
    return with_wish(visit.words, page, shown, unknown=unknown, is_widened=is_widened)


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
    return Reply(
        (lists.recommendations(visit.words, picks_of(visit, found), origin, alike=(named(visit.words, movie),)),)
    )
