"""A full page of films sends the database as many statements as a page of one film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from bot.callbacks import Open, Place, ShowPage, decode
from bot.messages import load_words
from bot.messages.lists import LIST_SIZE, RATINGS_SIZE
from bot.service import cards, lists, saved_lists
from bot.service.service import Reply, Service, Turn, UseCase
from bot.service.titles import Titles
from bot.storage import Store, Tx
from recommender.domain import Because, MovieId, Recommendation, UserId
from tests.bot.pupil import CATALOGUE, ENTRIES, Pupil

ADA = UserId(7)
LIKED = MovieId(1)
Prepare = Callable[[Tx, int], None]  # stores what makes a page show so many films


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give a list that every statement is added to, whichever thread sends it."""
    sent = list[str]()

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _leave_unseen(tx: Tx, films: int) -> None:
    """Let so many films be left to recommend, all of them because of a liked one."""
    tx.ratings.put(ADA, LIKED, 10, update_id=1)
    for movie in CATALOGUE[1:]:
        (tx.marks.clear if movie.id <= LIKED + films else tx.marks.put)(ADA, movie.id, "seen")


def _show(tx: Tx, films: int) -> None:
    shown = [Recommendation(MovieId(LIKED + at), 1.0, 0.87, Because(movie_id=LIKED)) for at in range(1, films + 1)]
    tx.impressions.add(ADA, 1, 0, shown, version="b1")


def _rate(tx: Tx, films: int) -> None:
    for movie in CATALOGUE[:films]:
        tx.ratings.put(ADA, movie.id, 8, update_id=movie.id)


def _save(tx: Tx, films: int) -> None:
    for movie in CATALOGUE[:films]:
        tx.marks.put(ADA, movie.id, "later")


def _show_again(service: Service, turn: Turn) -> Reply:
    return cards.show_page(service, turn, ShowPage(Place.LIST, 1, 0))


def _count(service: Service, prepare: Prepare, use_case: UseCase[[]], films: int) -> int:
    """Return how many statements the page of so many films took."""
    service.store.write(lambda tx: prepare(tx, films)).result()
    with statements() as sent:
        page = use_case(service, Turn(films, ADA)).messages[0]
    buttons = [button for row in page.keyboard for button in row]
    assert sum(isinstance(decode(button.data), Open) for button in buttons) == films
    return len(sent)


@pytest.mark.parametrize(
    ("prepare", "use_case", "full"),
    [
        pytest.param(_leave_unseen, lists.recommend, LIST_SIZE, id="recommendations"),
        pytest.param(_show, _show_again, LIST_SIZE, id="recommendations shown before"),
        pytest.param(_rate, saved_lists.ratings, RATINGS_SIZE, id="ratings"),
        pytest.param(_save, saved_lists.later, LIST_SIZE, id="watchlist"),
    ],
)
def test_statements_do_not_grow_with_the_films(
    store: Store, prepare: Prepare, use_case: UseCase[[]], full: int
) -> None:
    store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    service = Service(store, Pupil(), load_words(), Titles(store))
    of_one = _count(service, prepare, use_case, 1)
    assert _count(service, prepare, use_case, full) == of_one > 0
