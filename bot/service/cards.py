"""Film cards and the pages they sit on: open, rate, mark, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.callbacks import Mark, Open, Place, Rate, SetMark, ShowPage, UndoRate
from bot.messages import toasts
from bot.messages.films import CardOrigin, film_card
from bot.outgoing import Outgoing
from bot.service import saved_lists
from bot.service.films import MARK_KINDS, film_state, named, origin_of
from bot.service.lists import show_list, shown_page
from bot.service.reminders import remind_of_unrated
from bot.service.search import hits_page
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.marks import DONE_WITH
from recommender.domain import Movie

# How long a film that is "not now" stays out of lists.
NOT_NOW_FOR: Final = timedelta(days=30)


@in_visit
def open_card(visit: Visit, action: Open) -> Reply:
    """Turn the message into the film's card."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    if action.place == Place.LIST and visit.tx.impressions.open(visit.id, action.key, action.page_code, movie.id):
        remind_of_unrated(visit)
    return Reply((card(visit, movie, origin_of(action)),))


@in_visit
def rate(visit: Visit, action: Rate) -> Reply:
    """Bring the rating to the wanted stars, then stay on the card or go back; a watched film leaves the watchlist."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    # What is corrected on the page of ratings keeps its moment, and so its place there.
    moment = visit.tx.ratings.moment(visit.id, movie.id) if action.place == Place.RATINGS else None
    undo = _undo_of(visit, movie, action)
    visit.tx.ratings.put(visit.id, movie.id, action.rating, update_id=visit.turn.update_id, rated_at=moment)
    if action.rating:
        visit.tx.marks.clear(visit.id, movie.id, "later")
    toast = toasts.rated(visit.words, named(visit.words, movie), action.rating)
    origin = origin_of(action)
    page = None if action.stay else _page(visit, origin)
    return Reply((page or card(visit, movie, origin, undo=undo),), toast)


@in_visit
def undo_rate(visit: Visit, action: UndoRate) -> Reply:
    """Bring a rating back to what it was, and the film to the watchlist if it had been there."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    visit.tx.ratings.put(visit.id, movie.id, action.rating, update_id=visit.turn.update_id)
    if action.later:
        visit.tx.marks.put(visit.id, movie.id, "later")
    return Reply((card(visit, movie, origin_of(action)),), toasts.undone(visit.words))


@in_visit
def set_mark(visit: Visit, action: SetMark) -> Reply:
    """Bring a mark to the wanted side."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    was_kept = "later" in visit.tx.marks.kinds(visit.id, movie.id)
    _mark(visit, movie, action.mark, on=action.on)
    is_done = action.on and MARK_KINDS[action.mark] in DONE_WITH
    toast = toasts.marked(visit.words, action.mark, on=action.on, left_watchlist=was_kept and is_done)
    origin = origin_of(action)
    page = None if origin.place == Place.SEARCH else _page(visit, origin)
    return Reply((page or card(visit, movie, origin),), toast)


def show_page(service: Service, turn: Turn, action: ShowPage) -> Reply:
    """Turn the message into a page of recommendations, hits, ratings or the watchlist."""
    origin = origin_of(action)
    if origin.place == Place.LIST:
        return show_list(service, turn, origin)
    return _show_saved(service, turn, origin)


def _mark(visit: Visit, movie: Movie, mark: Mark, *, on: bool) -> None:
    kind = MARK_KINDS[mark]
    if not on:
        visit.tx.marks.clear(visit.id, movie.id, kind)
        return
    visit.tx.marks.put(visit.id, movie.id, kind, until=visit.tx.now + NOT_NOW_FOR if mark == Mark.NOT_NOW else None)
    if mark == Mark.SEEN:
        remind_of_unrated(visit)
    if mark == Mark.LATER:  # who wants to see it again is not done with it
        for done in DONE_WITH:
            visit.tx.marks.clear(visit.id, movie.id, done)


def _undo_of(visit: Visit, movie: Movie, action: Rate) -> UndoRate | None:
    """Return what takes a rating back that is about to be given; None where it changes nothing."""
    said = visit.tx.ratings.get(visit.id, movie.id)
    before = said.stars.half_stars if said else 0
    if before == action.rating:
        return None
    was_kept = "later" in visit.tx.marks.kinds(visit.id, movie.id)
    return UndoRate(movie.id, before, was_kept, action.place, action.key, action.page_code)


def _page(visit: Visit, origin: CardOrigin) -> Outgoing | None:
    """Return the page that a film was on; None where it was on none, or nothing is left of it."""
    if origin.place == Place.LIST:
        return shown_page(visit, origin)
    if origin.place == Place.RATINGS:
        return saved_lists.ratings_page(visit, origin.page)
    if origin.place == Place.SEARCH:
        return hits_page(visit, origin.key, origin.page)
    if origin.place == Place.UNRATED:
        return saved_lists.unrated_page(visit, origin.page)
    return saved_lists.later_page(visit, origin.page) if origin.place == Place.LATER else None


@in_visit
def _show_saved(visit: Visit, origin: CardOrigin) -> Reply:
    page = _page(visit, origin)
    return Reply((page,)) if page else visit.expired()


def card(visit: Visit, movie: Movie, origin: CardOrigin, *, undo: UndoRate | None = None) -> Outgoing:
    """Word a film's card in place of the tapped message."""
    return film_card(visit.words, film_state(visit.tx, visit.id, movie), origin, edits=visit.edits, undo=undo)
