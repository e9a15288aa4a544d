"""The account: what people did, against what the database and the chats hold of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, create_engine, text

from benchmarks.acts import LOOK_EVERY_S, Acts
from benchmarks.figures import Figure

# As long as a busy machine may need for what a Telegram that was kept waiting hands over at once.
SETTLED_S: Final = 900.0


@dataclass(frozen=True, slots=True)
class Account:
    """What differs; only the number of acts and messages that came twice may be above 0."""

    acts: int
    lost: int
    dead: int
    ratings_wrong: int
    rounds_wrong: int
    letters_waiting: int
    letters_missing: int
    letters_twice: int
    unanswered: int

    @property
    def is_whole(self) -> bool:
        kept = {"acts", "letters_twice", "unanswered"}
        return not any(number for name, number in asdict(self).items() if name not in kept)

    def figures(self) -> list[Figure]:
        """Return all of it, what must be 0 with that target."""
        names = {
            "lost": "acts not applied",
            "dead": "acts given up",
            "ratings_wrong": "ratings wrong or missing",
            "rounds_wrong": "rounds too few or too many",
            "letters_waiting": "messages unsent",
            "letters_missing": "messages that never came",
        }
        found = asdict(self)
        return [
            Figure("acts that Telegram took", (self.acts,), ""),
            *(Figure(name, (found[key],), "", 0) for key, name in names.items()),
            Figure("messages that came twice", (self.letters_twice,), ""),
            Figure("taps without a toast", (self.unanswered,), ""),
        ]


def settle(acts: Acts, url: str, within_s: float = SETTLED_S) -> float:
    """Wait until everything is handled and sent, or time is over; returns the seconds it took."""
    began = time.monotonic()
    with _reading(url) as connection:
        while time.monotonic() - began < within_s:
            acts.look()
            done = _number(connection, "SELECT count(*) FROM inbox WHERE state <> 'pending'")
            waiting = _number(connection, "SELECT count(*) FROM outbox WHERE state = 'waiting'")
            connection.rollback()
            if done >= acts.count and not waiting:
                break
            time.sleep(LOOK_EVERY_S)
    acts.look()
    return time.monotonic() - began


def reckon(acts: Acts, url: str) -> Account:
    """Compare what was done with what is there."""
    with _reading(url) as connection:
        done = _number(connection, "SELECT count(*) FROM inbox WHERE state = 'done'")
        dead = _number(connection, "SELECT count(*) FROM inbox WHERE state = 'dead'")
        waiting = _number(connection, "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'dead')")
        rated = connection.execute(text("SELECT person_id, movie_id, half_stars FROM ratings")).all()
        rounds = connection.execute(text("SELECT id, round FROM people")).all()
    held = {(row[0], row[1]): row[2] for row in rated}
    counted = {row[0]: row[1] for row in rounds}
    wrong = [key for key in held.keys() | acts.ratings.keys() if held.get(key) != acts.ratings.get(key)]
    surplus = {person: acts.received[person] - acts.letters[person] for person in acts.people}
    return Account(
        acts=acts.count,
        lost=acts.count - done - dead,
        dead=dead,
        ratings_wrong=len(wrong),
        rounds_wrong=sum(_outside(counted.get(person, 0), acts, person) for person in acts.people),
        letters_waiting=waiting,
        letters_missing=-sum(min(0, number) for number in surplus.values()),
        letters_twice=sum(max(0, number) for number in surplus.values()),
        unanswered=acts.unanswered,
    )


def _outside(counted: int, acts: Acts, person: int) -> int:
    """Return how many rounds are too few or too many."""
    least = acts.rounds[person]
    return max(least - counted, counted - least - acts.endings[person], 0)


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(text(query)).scalar_one())
