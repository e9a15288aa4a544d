"""Who is followed: their films come first where they fit, and the digest tells of new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import Final

from bot.callbacks import Follow, FollowOnPage, number_of
from bot.catalogue.starter import load_chinese_names
from bot.messages import follows as messages
from bot.messages import toasts
from bot.messages.cards import more_side
from bot.messages.follows import Followed
from bot.outgoing import Outgoing
from bot.service.films import film_state, film_states, origin_of
from bot.service.finding import LONG_AGO
from bot.service.service import Reply, Service, Visit, in_visit
from bot.service.titles import Titles
from bot.storage.tx import Tx
from recommender.domain import Because, MovieId, Recommendation, UserId

# New films that one digest names.
MOST_NEW: Final = 3


@in_visit
def following(visit: Visit) -> Reply:
    """Show who is followed."""
    return Reply((_page(visit),))


@in_visit
def follow(visit: Visit, action: Follow) -> Reply:
    """Follow somebody of a film's credits, or no more; the card stays as it is turned."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    film = film_state(visit.tx, visit.id, movie)
    name = next((name for name in film.facts.people() if number_of(name) == action.name), None)
    if name is None:
        return visit.expired()
    toast = _set(visit, name, on=action.on)
    followed = visit.tx.follows.names(visit.id)
    return Reply((more_side(visit.words, film, origin_of(action), followed, edits=visit.edits),), toast)


@in_visit
def follow_on_page(visit: Visit, action: FollowOnPage) -> Reply:
    """Follow somebody or no more; who is followed no more stays on the page until it is shown anew."""
    mine = visit.tx.follows.names(visit.id)
    name = next((name for name in mine if number_of(name) == action.name), visit.service.titles.name_of(action.name))
    if name is None:
        return visit.expired()
    toast = _set(visit, name, on=action.on)
    return Reply((_page(visit, left=() if action.on else (name,)),), toast)


def find_new_films(service: Service, person: UserId) -> list[Recommendation]:
    """Return new films of people who are followed, for a digest of nothing else: they are good, whatever the chance."""

    def read(tx: Tx) -> list[MovieId]:
        shown = tx.impressions.shown_since(person, LONG_AGO)
        return [one for one in _new_films(tx, service.titles, person) if one not in shown]

    # The recommender is not asked: it may be older than they are.
    new = service.store.read(read)
    return [Recommendation(one, 0.0, None, Because(), "followed") for one in new]


def with_new_films(visit: Visit, page: Outgoing, round_: int, *, listed: Set[MovieId]) -> Outgoing:
    """Return a digest that tells, too, which films of people who are followed have come into the catalogue.

    Args:
        listed: what the digest holds already.
    """
    new = _new_films(visit.tx, visit.service.titles, visit.id)
    if not new:
        return page
    visit.tx.follows.note_told(visit.id)
    new = [one for one in new if one not in listed]
    films = film_states(visit.tx, visit.id, new)
    return messages.with_new_films(visit.words, page, [films[one] for one in new if one in films], round_)


def _new_films(tx: Tx, titles: Titles, person: UserId) -> list[MovieId]:
    """Return films that came since the person was last told, the newest first; none that they know."""
    told = tx.follows.told_up_to(person)
    came = {one for name, up_to in told.items() for one in titles.films_of(name) if one > up_to}
    if not came:
        return []
    profile = tx.ratings.profile(person)
    met = profile.hidden | {rating.movie_id for rating in profile.ratings}
    return sorted(came - met, reverse=True)[:MOST_NEW]


def _set(visit: Visit, name: str, *, on: bool) -> str:
    """Follow somebody or no more; returns the toast."""
    shown = _names(visit, [name])[0].shown
    if not on:
        visit.tx.follows.remove(visit.id, name)
        return toasts.followed(visit.words, shown, on=False)
    if not visit.tx.follows.add(visit.id, name):
        return toasts.too_many_followed(visit.words)
    return toasts.followed(visit.words, shown, on=True)


def _page(visit: Visit, left: Sequence[str] = ()) -> Outgoing:
    followed = _names(visit, visit.tx.follows.names(visit.id))
    gone = [replace(one, on=False) for one in _names(visit, left)]
    return messages.following(visit.words, [*followed, *gone], edits=visit.edits)


def _names(visit: Visit, names: Iterable[str]) -> list[Followed]:
    chinese = load_chinese_names() if visit.words.language == "zh" else {}
    films = visit.service.titles.films_of
    return [Followed(name, chinese.get(name, name), len(films(name))) for name in names]
