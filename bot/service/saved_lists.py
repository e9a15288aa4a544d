"""What a person keeps: their ratings and their watchlist, page by page."""

from __future__ import annotations

from bot.messages import lists
from bot.messages.lists import LIST_SIZE, RATINGS_SIZE
from bot.outgoing import Outgoing
from bot.service.films import film_states
from bot.service.service import Reply, Visit, in_visit


@in_visit
def ratings(visit: Visit) -> Reply:
    """Show the newest ratings."""
    return Reply((ratings_page(visit, 0),))


@in_visit
def later(visit: Visit) -> Reply:
    """Show the watchlist, newest first."""
    return Reply((later_page(visit, 0),))


def ratings_page(visit: Visit, page: int) -> Outgoing:
    """Word a page of ratings; a page that no longer exists is the last one that does."""
    total = visit.tx.ratings.count(visit.id)
    page = _existing(page, total, RATINGS_SIZE)
    found = visit.tx.ratings.page(visit.id, offset=page * RATINGS_SIZE, limit=RATINGS_SIZE)
    states = film_states(visit.tx, visit.id, [rating.movie_id for rating in found])
    films = [states[rating.movie_id] for rating in found if rating.movie_id in states]
    return lists.ratings_page(visit.words, films, total, page, edits=visit.edits)


def later_page(visit: Visit, page: int) -> Outgoing:
    """Word a page of the watchlist; a page that no longer exists is the last one that does."""
    total = visit.tx.marks.count(visit.id, "later")
    page = _existing(page, total, LIST_SIZE)
    found = visit.tx.marks.page(visit.id, "later", offset=page * LIST_SIZE, limit=LIST_SIZE)
    states = film_states(visit.tx, visit.id, [mark.movie_id for mark in found])
    films = [states[mark.movie_id] for mark in found if mark.movie_id in states]
    return lists.later_page(visit.words, films, total, page, edits=visit.edits)


def unrated_page(visit: Visit, page: int) -> Outgoing:
    """Word a page of what was seen or chosen and not rated; a page that no longer exists is the last one that does."""
    unrated = visit.tx.unrated.movies(visit.id)
    page = _existing(page, len(unrated), LIST_SIZE)
    found = [one.movie_id for one in unrated[page * LIST_SIZE : (page + 1) * LIST_SIZE]]
    states = film_states(visit.tx, visit.id, found)
    films = [states[movie_id] for movie_id in found if movie_id in states]
    return lists.unrated_page(visit.words, films, len(unrated), page, edits=visit.edits)


def _existing(page: int, total: int, size: int) -> int:
    return min(page, max(0, (total - 1) // size))
