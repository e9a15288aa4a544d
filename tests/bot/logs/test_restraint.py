"""A fault that repeats is one line a minute, and says how many lines were held back."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import pytest

from bot.logs.restraint import REMEMBERED, Restraint
from bot.tally import Counts


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """A logger whose lines pass through a restraint."""

    clock: Seconds = field(default_factory=Seconds)
    counts: Counts = field(default_factory=Counts)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restraint = Restraint(self.counts, clock=self.clock)
        self.handler = logging.Handler()
        self.handler.emit = lambda record: self.lines.append(record.getMessage())  # type: ignore[method-assign]
        self.handler.addFilter(self.restraint)
        self.log = logging.getLogger("tests.restraint")
        self.log.setLevel(logging.DEBUG)
        self.log.propagate = False
        self.log.handlers = [self.handler]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_of_one_fault_a_minute_has_one_line(desk: Desk) -> None:
    for second in range(180):
        desk.clock.now = second
        for number in range(10):
            desk.log.error("message %d waits %.1f s: the disk is full", number, second / 7)
    assert len(desk.lines) == 3
    assert desk.lines[1].endswith("(599 lines like this were held back)")
    assert desk.counts.read() == {("error",): 1797}


def test_faults_that_differ_in_more_than_numbers_are_apart(desk: Desk) -> None:
    for reason in ("full", "held", "full"):
        desk.log.warning("the database is %s", reason)
    assert desk.lines == ["the database is full", "the database is held"]


def test_what_is_no_fault_is_never_held_back(desk: Desk) -> None:
    for _ in range(3):
        desk.log.info("bundle loaded")
        desk.log.debug("a look")
    assert len(desk.lines) == 6


def test_lines_owed_of_a_fault_that_is_over_are_told(desk: Desk) -> None:
    for _ in range(5):
        desk.log.error("update 7 failed")
    desk.restraint.release()
    assert desk.lines == ["update 7 failed"]
    desk.clock.now = 61
    desk.restraint.release()
    desk.restraint.release()
    assert desk.lines == ["update 7 failed", "update N failed (4 lines like this were held back)"]


def test_ever_new_faults_take_no_memory(desk: Desk) -> None:
    for number in range(2 * REMEMBERED):
        desk.log.error("fault %s", "x" * number)
    assert len(desk.lines) == 2 * REMEMBERED
    assert len(desk.restraint._runs) == REMEMBERED
