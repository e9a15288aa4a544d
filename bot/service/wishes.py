"""Lists asked for in words: what was understood is kept with the round, so that More keeps to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.callbacks import Place, WithoutPart
from bot.catalogue.likeness import BEGINS
from bot.messages import wishes as messages
from bot.messages.clipping import clean
from bot.messages.films import CardOrigin
from bot.messages.lists import LIST_SIZE
from bot.messages.wishes import Shown
from bot.reading.wish import Wish
from bot.reading.wishes import read_wish
from bot.service.finding import find
from bot.service.lists import first_page, recommend, show_list, wished_page
from bot.service.part_names import names_of
from bot.service.search import find_titles, search
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.wished import is_fitting, like_of, settle_than
from bot.wanted import Wanted
from recommender.domain import Recommendation, UserId


def recommend_words(service: Service, turn: Turn, text: str) -> Reply:
    """Start a round as the words behind /recommend ask; a film's title opens the film."""
    wish = read(service, text)
    if wish.is_empty and wish.unknown and find_titles(service, clean(text), least=BEGINS):
        return search(service, turn, text)
    return recommend_wish(service, turn, text, wish)


def recommend_wish(service: Service, turn: Turn, text: str, wish: Wish) -> Reply:
    """Start a round that keeps to a wish; say what of it was not understood."""
    if not wish.is_empty:
        wanted, found = find_wished(service, turn.person, wish.wanted)
        return _show(service, turn, wish, wanted, found)
    unknown = wish.unknown or (() if wish.is_asked or any(map(str.isalnum, text)) else (text,))
    if not unknown:
        return recommend(service, turn)
    found = find(service, turn.person)
    return _show_usual(service, turn, unknown, found, is_contradictory=wish.is_contradictory)


def take_away(service: Service, turn: Turn, action: WithoutPart) -> Reply:
    """Show the list of a wish without one of its parts; a second tap shows the same list."""
    wish = service.store.read(lambda tx: tx.wishes.get(turn.person, action.round))
    if wish is None or action.part >= len(wish.every_part):
        return service.visit(turn, Visit.expired)
    left = wish.without(wish.every_part[action.part])
    shown = service.store.read(lambda tx: tx.wishes.made_from(turn.person, action.round, left))
    if shown is not None:
        return show_list(service, turn, CardOrigin(Place.LIST, shown, 0))
    return _show_less(service, turn, left, find(service, turn.person, wish=left or None), made_from=action.round)


def read(service: Service, text: str) -> Wish:
    """Return what a text asks of a list, as of today."""
    year = service.store.read(lambda tx: tx.now.year)
    wish = _of_newest(service, read_wish(text, year, service.titles.films), text, year)
    like = like_of(wish.wanted)
    if like is None or not wish.wanted.of_kind("than"):
        return wish
    movie = service.store.read(lambda tx: tx.movies.get(like))
    return replace(wish, wanted=settle_than(wish.wanted, movie, service.titles.films.content.runtime(like)))


def _of_newest(service: Service, wish: Wish, text: str, year: int) -> Wish:
    """Return the wish with the newest year that has films in place of this year, where nobody wrote it in figures."""
    filters = wish.wanted.filters
    if filters.year_from != year or str(year) in unicodedata.normalize("NFKC", text):
        return wish
    newest = service.store.read(lambda tx: tx.movies.newest_year(year))
    if newest in (None, year):
        return wish
    filters = replace(filters, year_from=newest, year_to=filters.year_to and newest)
    return replace(wish, wanted=replace(wish.wanted, filters=filters))


def find_wished(
    service: Service, person: UserId, wish: Wanted, *, size: int = LIST_SIZE
) -> tuple[Wanted, list[Recommendation]]:
    """Return the first films, and the wish that they keep to: one of the genres each, where too few have them all."""
    found, filters = find(service, person, wish=wish, size=size), wish.filters
    if _fitting(found) >= LIST_SIZE or not filters.genres_all:
        return wish, found
    wider = replace(wish, filters=replace(filters, genres_in=filters.genres_all, genres_all=frozenset()))
    more = find(service, person, wish=wider, size=size)
    return (wider, more) if _fitting(more) > _fitting(found) else (wish, found)


def _fitting(found: Sequence[Recommendation]) -> int:
    return sum(map(is_fitting, found))


@in_visit
def _show(visit: Visit, wish: Wish, wanted: Wanted, found: Sequence[Recommendation]) -> Reply:
    round_ = visit.new_round()
    visit.tx.wishes.add(visit.id, round_, wanted)
    if not found:
        shown = Shown(wanted, names_of(visit, wanted), round_, wanted)
        return Reply((messages.no_films(visit.words, shown, visit.new_round(), unknown=wish.unknown),))
    is_widened = wanted.filters != wish.filters
    return Reply((wished_page(visit, round_, found, unknown=wish.unknown, is_widened=is_widened),))


@in_visit
def _show_less(visit: Visit, left: Wanted, found: Sequence[Recommendation], *, made_from: int) -> Reply:
    round_ = visit.new_round()
    visit.tx.wishes.add(visit.id, round_, left, made_from=made_from)
    if found:
        return Reply((wished_page(visit, round_, found),))
    if not left:
        return Reply((first_page(visit, round_, found),))
    shown = Shown(left, names_of(visit, left), round_, left)
    return Reply((replace(messages.no_films(visit.words, shown, visit.new_round()), edits=visit.edits),))


@in_visit
def _show_usual(
    visit: Visit, unknown: Sequence[str], found: Sequence[Recommendation], *, is_contradictory: bool = False
) -> Reply:
    page = first_page(visit, visit.new_round(), found)
    return Reply((messages.with_nothing_understood(visit.words, page, unknown, is_contradictory=is_contradictory),))
