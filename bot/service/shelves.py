"""Shelves: the other way to begin an interview. A chosen one counts as a soft like, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.callbacks import Ask, ChooseShelf, LeaveShelf, ShowShelves
from bot.messages import shelves as messages
from bot.messages import toasts
from bot.messages.interview import Answers
from bot.service import interview
from bot.service.films import named
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Movie, MovieId


def show(service: Service, turn: Turn, _: ShowShelves) -> Reply:
    """Turn the message into shelves; where films are too few for that, into the interview's next card."""
    found = service.recommender_of(turn.person).shelves(service.profile(turn))
    return _show(service, turn, found) if found else interview.ask(service, turn, Ask())


def choose(service: Service, turn: Turn, action: ChooseShelf) -> Reply:
    """Note that these films are most the person, and go on with the interview."""
    profile = service.profile(turn)
    leaning = replace(profile, leanings=profile.leanings | {*_films(action)})
    return _choose(service, turn, action, interview.next_film(service, turn, leaning))


def leave(service: Service, turn: Turn, action: LeaveShelf) -> Reply:
    """Forget the choice, and show the shelves again."""
    profile = service.profile(turn)
    found = service.recommender_of(turn.person).shelves(replace(profile, leanings=profile.leanings - {*_films(action)}))
    return _leave(service, turn, action, found)


@in_visit
def _show(visit: Visit, found: Sequence[Sequence[MovieId]]) -> Reply:
    shelves = [_read(visit, shelf) for shelf in found]
    return Reply((messages.choice(visit.words, [shelf for shelf in shelves if shelf], edits=visit.edits),))


@in_visit
def _choose(visit: Visit, action: ChooseShelf, following: Movie | None) -> Reply:
    shelf = _read(visit, _films(action))
    if not shelf:
        return visit.film_is_gone()
    for movie in shelf:
        visit.tx.marks.put(visit.id, movie.id, "leaning")
    return Reply(interview.drawn(visit, following, Answers(shelf=shelf)))


@in_visit
def _leave(visit: Visit, action: LeaveShelf, found: Sequence[Sequence[MovieId]]) -> Reply:
    for movie_id in _films(action):
        visit.tx.marks.clear(visit.id, movie_id, "leaning")
    shelves = [_read(visit, shelf) for shelf in found]
    choice = messages.choice(visit.words, [shelf for shelf in shelves if shelf], edits=visit.edits)
    return Reply((choice,), toasts.undone(visit.words))


def _read(visit: Visit, movie_ids: Sequence[MovieId]) -> tuple[Movie, ...]:
    """Return a shelf's films under their titles in the person's language; none where one left the catalogue."""
    known = visit.tx.movies.many(movie_ids)
    films = tuple(named(visit.words, known[movie_id]) for movie_id in movie_ids if movie_id in known)
    return films if len(films) == len(movie_ids) else ()


def _films(action: ChooseShelf | LeaveShelf) -> tuple[MovieId, ...]:
    return (action.first_id, action.second_id, action.third_id, action.fourth_id)
