"""Lists asked for in words: what was understood is kept with the round, so that More keeps to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.likeness import BEGINS
from bot.messages import wishes as messages
from bot.messages.clipping import clean
from bot.messages.lists import LIST_SIZE
from bot.reading.wishes import Wish, read_wish
from bot.service.lists import find, first_page, recommend
from bot.service.search import find_titles, search
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Filters, Recommendation, UserId


def recommend_words(service: Service, turn: Turn, text: str) -> Reply:
    """Start a round as the words behind /recommend ask; a film's title opens the film."""
    wish = read(service, text)
    if wish.is_empty and wish.unknown and find_titles(service, clean(text), least=BEGINS):
        return search(service, turn, text)
    return recommend_wish(service, turn, text, wish)


def recommend_wish(service: Service, turn: Turn, text: str, wish: Wish) -> Reply:
    """Start a round that keeps to a wish; say what of it was not understood."""
    if not wish.is_empty:
        filters, found = find_wished(service, turn.person, wish.filters)
        return _show(service, turn, wish, filters, found)
    unknown = wish.unknown or (() if wish.is_asked or any(map(str.isalnum, text)) else (text,))
    if not unknown:
        return recommend(service, turn)
    return _show_usual(service, turn, unknown, find(service, turn.person), has_no_year=wish.has_no_year)


def read(service: Service, text: str) -> Wish:
    """Return what a text asks of a list, as of today."""
    return read_wish(text, service.store.read(lambda tx: tx.now.year))


def find_wished(
    service: Service, person: UserId, wish: Filters, *, size: int = LIST_SIZE
) -> tuple[Filters, list[Recommendation]]:
    """Return the first films, and the wish that they keep to: one of the genres each, where too few have them all."""
    found = find(service, person, wish=wish, size=size)
    if len(found) >= LIST_SIZE or not wish.genres_all:
        return wish, found
    wider = replace(wish, genres_in=wish.genres_all, genres_all=frozenset())
    more = find(service, person, wish=wider, size=size)
    return (wider, more) if len(more) > len(found) else (wish, found)


@in_visit
def _show(visit: Visit, wish: Wish, filters: Filters, found: Sequence[Recommendation]) -> Reply:
    round_ = visit.new_round()
    if not found:
        return Reply((messages.no_films(visit.words, filters, round_, unknown=wish.unknown),))
    visit.tx.wishes.add(visit.id, round_, filters)
    page = first_page(visit, round_, found)
    is_widened = filters != wish.filters
    return Reply((messages.with_wish(visit.words, page, filters, unknown=wish.unknown, is_widened=is_widened),))


@in_visit
def _show_usual(
    visit: Visit, unknown: Sequence[str], found: Sequence[Recommendation], *, has_no_year: bool = False
) -> Reply:
    page = first_page(visit, visit.new_round(), found)
    return Reply((messages.with_nothing_understood(visit.words, page, unknown, has_no_year=has_no_year),))
