"""What is wanted of a card now and then: its picture, something to share, and whether its rating counts."""

from __future__ import annotations

from bot.callbacks import Count, Place, SendPicture, Share, ShowSide, Side
from bot.messages import cards as messages
from bot.messages import toasts
from bot.service.films import film_state, origin_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.why import show_why
from recommender.domain import Movie


def show_side(service: Service, turn: Turn, action: ShowSide) -> Reply:
    """Turn a card."""
    return (show_why if action.side == Side.WHY else _show_more)(service, turn, action)


@in_visit
def _show_more(visit: Visit, action: ShowSide) -> Reply:
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    film = film_state(visit.tx, visit.id, movie)
    return Reply(
        (messages.more_side(visit.words, film, origin_of(action), visit.tx.follows.names(visit.id), edits=visit.edits),)
    )


@in_visit
def count(visit: Visit, action: Count) -> Reply:
    """Let a rating count for the person's taste, or not."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    visit.tx.ratings.set_counted(visit.id, movie.id, action.on)
    film = film_state(visit.tx, visit.id, movie)
    side = messages.more_side(visit.words, film, origin_of(action), visit.tx.follows.names(visit.id), edits=visit.edits)
    return Reply((side,), toasts.counted(visit.words, on=action.on))


@in_visit
def send_picture(visit: Visit, action: SendPicture) -> Reply:
    """Send a film's card anew with its picture, which tells the chance that the list told."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    film = film_state(visit.tx, visit.id, movie)
    return Reply((messages.pictured_card(visit.words, film, chance=_told_chance(visit, movie, action)),))


@in_visit
def share(visit: Visit, action: Share) -> Reply:
    """Send a film's picture without anything of the person's, to be forwarded."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    return Reply((messages.shared_card(visit.words, film_state(visit.tx, visit.id, movie)),))


def _told_chance(visit: Visit, movie: Movie, action: SendPicture) -> float | None:
    """Return the chance of a like that the list told of a film; None where it told none as a number."""
    if action.place != Place.LIST or visit.recommender.is_simulated:
        return None
    page = visit.tx.impressions.page(visit.id, action.key, action.page_code)
    return next((one.like_probability for one in page if one.movie_id == movie.id), None)
