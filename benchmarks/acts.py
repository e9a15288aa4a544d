"""People who act, and what must come of it: ratings, rounds and messages, each once."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.crowd import TIMEOUT_S, Journal, SimClient, TimedOutError
from bot.callbacks import Answer, Stop, encode
from bot.service.interview import ENOUGH_RATED
from recommender.domain import MovieId

Json = dict[str, Any]

LOOK_EVERY_S: Final = 0.2
# What people do, and how often of a hundred times.
SHARES: Final = {"rate": 80, "stop": 10, "list": 5, "help": 5}
# What whoever writes hears at once, past the outbox, while the database takes nothing.
DELAYED: Final = "cannot save"


@dataclass(frozen=True, slots=True)
class Toast:
    """An answer to a tap: when it was tapped, and the seconds from the tap, and from its delivery, to the answer."""

    at: float
    seconds: float
    in_bot_s: float | None  # None: delivered by webhook, whose deliveries are in no journal


@dataclass(slots=True)
class Acts:
    """People with one message each, and the account of what they did.

    Attributes:
        count: updates that Telegram took from them.
        ratings: half stars by person and film, the newest.
        rounds: lists and interviews ended, by person; each counts up by one in the database.
        endings: answers, by person, after which an interview ends by itself: each opens a round more, unless a later
            tap of its person overtook it, so that it was not drawn.
        letters: new messages that must come, by person.
        received: new messages that came, by person.
    """

    client: SimClient
    people: Sequence[int]
    films: Sequence[int]
    chance: random.Random
    shares: Mapping[str, int] = field(default_factory=lambda: SHARES)
    count: int = 0
    ratings: dict[tuple[int, int], int] = field(default_factory=dict)
    rounds: Counter[int] = field(default_factory=Counter)
    endings: Counter[int] = field(default_factory=Counter)
    letters: Counter[int] = field(default_factory=Counter)
    received: Counter[int] = field(default_factory=Counter)
    toasts: list[Toast] = field(default_factory=list)
    _cards: dict[int, int] = field(default_factory=dict)
    _rated: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _tapped: dict[str, tuple[int, float]] = field(default_factory=dict)  # query -> its update, and when
    _delivered_at: dict[int, float] = field(default_factory=dict)
    _journal: Journal = field(init=False)

    def __post_init__(self) -> None:
        self._journal = Journal(self.client)

    @property
    def unanswered(self) -> int:
        """Return how many taps got no toast: answers are best effort, and a kill takes some along."""
        return len(self._tapped)

    def open(self) -> None:
        """Let everyone ask for a card, and wait until all have one."""
        for person in self.people:
            self._write(person, "/rate")
        began = time.monotonic()
        while len(self._cards) < len(self.people):
            if time.monotonic() - began > TIMEOUT_S:
                raise TimedOutError(f"a card for everyone must come. Received: {len(self._cards)}")
            self.look()
            time.sleep(LOOK_EVERY_S)

    def go_on(self, per_s: float, is_over: Callable[[], bool]) -> None:
        """Act at random moments, so many times a second, until it is over."""
        due, look_at = time.monotonic(), 0.0
        while not is_over():
            now = time.monotonic()
            if now >= look_at:
                self.look()
                look_at = now + LOOK_EVERY_S
            if now >= due:
                self.act()
                due += self.chance.expovariate(per_s)
            time.sleep(max(0.0, min(due, look_at) - time.monotonic()))

    def act(self) -> None:
        """Let somebody do something."""
        person = self.chance.choice(self.people)
        (act,) = self.chance.choices([*self.shares], [*self.shares.values()])
        if act == "rate":
            film, half_stars = self.chance.choice(self.films), self.chance.randint(1, 10)
            self._tap(person, encode(Answer(MovieId(film), half_stars, 0)))
            self.ratings[person, film] = half_stars
            self._rated[person].add(film)
            self.endings[person] += len(self._rated[person]) == ENOUGH_RATED
        elif act == "stop":
            self._tap(person, encode(Stop()))
            self.rounds[person] += 1
        elif act == "list":
            self._write(person, "/recommend")
            self.rounds[person] += 1
        else:
            self._write(person, "/help")

    def look(self) -> None:
        """Note what came since the last look."""
        for call in self._journal.fresh():
            if call["status"] == 200:
                self._note(call)

    def _note(self, call: Json) -> None:
        method, parameters = call["method"], call["parameters"]
        if method == "getUpdates":
            for update in call["answer"]["result"]:
                self._delivered_at.setdefault(update["update_id"], call["answered_at"])
        elif method == "answerCallbackQuery":
            self._note_toast(parameters["callback_query_id"], call["came_at"])
        elif method == "sendMessage" and DELAYED not in parameters["text"]:
            person = int(parameters["chat_id"])
            self.received[person] += 1
            self._cards.setdefault(person, call["answer"]["result"]["message_id"])

    def _note_toast(self, query_id: str, came_at: float) -> None:
        update_id, tapped_at = self._tapped.pop(query_id, (0, None))
        if tapped_at is not None:
            delivered_at = self._delivered_at.pop(update_id, None)
            in_bot_s = None if delivered_at is None else came_at - delivered_at
            self.toasts.append(Toast(tapped_at, came_at - tapped_at, in_bot_s))

    def _tap(self, person: int, data: str) -> None:
        at = time.time()
        update_id, query_id = self.client.tap(person, self._cards[person], data)
        self._tapped[query_id] = update_id, at
        self.count += 1

    def _write(self, person: int, words: str) -> None:
        self.client.say(person, words)
        self.letters[person] += 1
        self.count += 1
