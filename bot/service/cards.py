"""Film cards and the pages they sit on: open, rate, mark, and back."""

from __future__ import annotations

from bot.callbacks import Mark, Open, Place, Rate, SetMark, ShowPage
from bot.messages import toasts
from bot.messages.films import Spot, film_card
from bot.outgoing import Outgoing
from bot.service import shelves
from bot.service.films import MARK_KINDS, film_state
from bot.service.lists import show_list, shown_page
from bot.service.service import Reply, Service, Turn, Visit
from recommender.domain import Movie


def open_card(service: Service, turn: Turn, action: Open) -> Reply:
    """Turn the message into the film's card."""

    def decide(visit: Visit) -> Reply:
        movie = visit.movie(action.movie_id)
        return Reply((_card(visit, movie, _spot(action)),)) if movie else visit.film_is_gone()

    return service.visit(turn, decide)


def rate(service: Service, turn: Turn, action: Rate) -> Reply:
    """Bring the rating to the wanted stars, then stay on the card or go back; a watched film leaves the watchlist."""

    def decide(visit: Visit) -> Reply:
        movie = visit.movie(action.movie_id)
        if movie is None:
            return visit.film_is_gone()
        visit.tx.ratings.put(visit.id, movie.id, action.rating, update_id=turn.update_id)
        if action.rating:
            visit.tx.marks.clear(visit.id, movie.id, "later")
        toast = toasts.rated(visit.words, movie, action.rating)
        return Reply((_after(visit, movie, _spot(action), stays=bool(action.stay)),), toast)

    return service.visit(turn, decide)


def set_mark(service: Service, turn: Turn, action: SetMark) -> Reply:
    """Bring a mark to the wanted side."""

    def decide(visit: Visit) -> Reply:
        movie = visit.movie(action.movie_id)
        if movie is None:
            return visit.film_is_gone()
        _mark(visit, movie, Mark(action.mark), on=bool(action.on))
        toast = toasts.marked(visit.words, Mark(action.mark), on=bool(action.on))
        return Reply((_after(visit, movie, _spot(action), stays=False),), toast)

    return service.visit(turn, decide)


def show_page(service: Service, turn: Turn, action: ShowPage) -> Reply:
    """Turn the message into a page of recommendations, ratings or the watchlist."""
    spot = _spot(action)
    if spot.place == Place.LIST:
        return show_list(service, turn, spot)
    return service.visit(turn, lambda visit: _shelf(visit, spot))


def _mark(visit: Visit, movie: Movie, mark: Mark, *, on: bool) -> None:
    if on:
        visit.tx.marks.put(visit.id, movie.id, MARK_KINDS[mark])
    else:
        visit.tx.marks.clear(visit.id, movie.id, MARK_KINDS[mark])


def _after(visit: Visit, movie: Movie, spot: Spot, *, stays: bool) -> Outgoing:
    """Show the page that the film was on; its card where that is wanted or nothing is left of the page."""
    back = None if stays else _page(visit, spot)
    return back or _card(visit, movie, spot)


def _page(visit: Visit, spot: Spot) -> Outgoing | None:
    if spot.place == Place.LIST:
        return shown_page(visit, spot)
    if spot.place == Place.RATINGS:
        return shelves.ratings_page(visit, spot.page)
    return shelves.later_page(visit, spot.page) if spot.place == Place.LATER else None


def _shelf(visit: Visit, spot: Spot) -> Reply:
    page = _page(visit, spot)
    return Reply((page,)) if page else visit.expired()


def _card(visit: Visit, movie: Movie, spot: Spot) -> Outgoing:
    return film_card(visit.words, film_state(visit.tx, visit.id, movie), spot, edits=visit.edits)


def _spot(action: Open | Rate | SetMark | ShowPage) -> Spot:
    return Spot(Place(action.place), action.key, action.page)
