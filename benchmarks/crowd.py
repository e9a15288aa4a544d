"""People who tap through the local Telegram's `/sim` routes, from one thread and with little work of their own."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

Json = dict[str, Any]

PAUSE_S: Final = 0.002  # between two looks; the precision of every latency here
GO_ON: Final = "⭐ Rate more"
TIMEOUT_S: Final = 120.0
# The server ends connections that are quiet for 5 s (uvicorn's timeout_keep_alive).
QUIET_S: Final = 2.0
EDITS: Final = ("editMessageText", "editMessageReplyMarkup")
SENDS: Final = ("sendMessage",)


class TimedOutError(RuntimeError):
    """The bot did not do what was waited for."""


def nap() -> None:
    """Leave the cores to the bot for a moment."""
    time.sleep(PAUSE_S)


class SimClient:
    """JSON over one kept connection; http.client costs a tenth of what httpx does, and the bot needs the cores."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self.url = url
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=TIMEOUT_S)
        self._used_at = time.monotonic()

    def post(self, route: str, **body: Any) -> int:
        """Post to a `/sim` route; returns the update's number."""
        answer = self._call("POST", f"/sim/{route}", json.dumps(body).encode())
        number: int = answer.get("update_id") or 0
        return number

    def tap(self, person: int, message_id: int, data: str) -> tuple[int, str]:
        """Tap a button; returns the numbers of the update and of the query that the bot answers."""
        body = {"user_id": person, "message_id": message_id, "data": data}
        tapped = self._call("POST", "/sim/callback", json.dumps(body).encode())
        return int(tapped["update_id"]), str(tapped["query_id"])

    def get(self, path: str) -> Json:
        return self._call("GET", path, None)

    def say(self, person: int, text: str) -> int:
        """Write something to the bot."""
        user = {"id": person, "first_name": f"Ada {person}", "language_code": "en"}
        return self.post("message", user=user, text=text)

    def close(self) -> None:
        self._connection.close()

    def _call(self, method: str, path: str, body: bytes | None) -> Json:
        if time.monotonic() - self._used_at > QUIET_S:
            self._connection.close()  # the next request opens it again
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer: Json = json.loads(response.read())
        self._used_at = time.monotonic()
        if response.status >= 400:
            raise RuntimeError(f"{path} must be accepted. Received: {response.status} {answer}")
        return answer


@dataclass(slots=True)
class Journal:
    """Reads the Bot API calls as they are answered."""

    client: SimClient
    seen: int = 0

    def fresh(self) -> list[Json]:
        """Return the calls since the last look."""
        calls: list[Json] = self.client.get(f"/sim/calls?since={self.seen}")["calls"]
        if calls:
            self.seen = calls[-1]["number"]
        return calls


@dataclass(slots=True)
class Crowd:
    """People with one message of the bot each, whose buttons they tap.

    Attributes:
        cards: message id by person.
        waiting: when each person who waits for an edit has tapped.
        latencies_s: of every tap that was answered by an edit, in the order of the edits.
    """

    client: SimClient
    journal: Journal
    cards: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, float] = field(default_factory=dict)
    latencies_s: list[float] = field(default_factory=list)

    def open_cards(self, people: Iterable[int], words: str = "/rate", *, within_s: float = TIMEOUT_S) -> None:
        """Let everyone write, and keep the message that each is answered with."""
        wanted = set(people)
        for person in wanted:
            self.client.say(person, words)
        self.until(lambda: wanted <= self.cards.keys(), what="a card for everyone", within_s=within_s)

    def tap(self, person: int, label: str) -> None:
        """Tap a button of the person's card; on an interview that ended by itself the one that goes on with it."""
        self.waiting[person] = time.monotonic()
        tapped = {"user_id": person, "message_id": self.cards[person]}
        try:
            self.client.post("callback", **tapped, label=label)
        except RuntimeError:
            self.client.post("callback", **tapped, label=GO_ON)

    def look(self) -> list[int]:
        """Note the edits and messages since the last look; returns the people whose wait has ended."""
        answered = []
        for call in self.journal.fresh():
            if call["status"] != 200:
                continue
            person = int(call["parameters"].get("chat_id", 0))
            if call["method"] in SENDS and person not in self.cards:
                self.cards[person] = call["answer"]["result"]["message_id"]
            elif call["method"] in EDITS and person in self.waiting:
                self.latencies_s.append(time.monotonic() - self.waiting.pop(person))
                answered.append(person)
        return answered

    def until(self, condition: Callable[[], bool], *, what: str, within_s: float = TIMEOUT_S) -> None:
        """Look until a condition holds."""
        deadline = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline:
                raise TimedOutError(f"{what} must come within {within_s:.0f} s. Received: nothing more")
            if not self.look():
                time.sleep(PAUSE_S)

    def tap_in_turn(self, label: str, taps: int) -> float:
        """Let everyone tap again as soon as their last tap is answered; returns the seconds until all taps are."""
        self.latencies_s.clear()
        began, left = time.monotonic(), taps
        ready = list(self.cards)
        while left or self.waiting:
            for person in ready[:left]:
                self.tap(person, label)
            left -= len(ready[:left])
            ready = self.look()
            if not ready:
                time.sleep(PAUSE_S)
            if time.monotonic() - began > TIMEOUT_S:
                raise TimedOutError(f"{taps} taps must be answered within {TIMEOUT_S:.0f} s. Received: {left} left")
        return time.monotonic() - began

    def tap_steadily(self, label: str, *, per_s: float, taps: int, meanwhile: Callable[[], None] = nap) -> None:
        """Tap at a steady rate, person after person; the latencies are of these taps.

        Args:
            meanwhile: what is done while no tap is due; must be short.
        """
        self.latencies_s.clear()
        people, began = list(self.cards), time.monotonic()
        for number in range(taps):
            while time.monotonic() < began + number / per_s:
                if not self.look():
                    meanwhile()
            person = people[number % len(people)]
            self.until(lambda person=person: person not in self.waiting, what="an edit")  # type: ignore[misc]  # bound
            self.tap(person, label)
        self.until(lambda: not self.waiting, what="the last edits")
