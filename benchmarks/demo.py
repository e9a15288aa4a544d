"""`make demo` with its dependencies present: how soon somebody who writes /start has recommendations, and a model's.

The page, the local Telegram, the bot and the first training are the real ones, as one command starts them.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.crowd import Json, SimClient
from benchmarks.figures import Figure, parser, progress, publish
from benchmarks.processes import end, spawn

LOOK_EVERY_S: Final = 0.02
LONGEST_S: Final = 120.0
# Buttons of onboarding; a test looks whether they are still called so.
BUTTONS: Final = ("No, just recommend", "✔️ Done, show me films")
# Between two lists asked for while the model is being trained; each costs the bot a list.
ASK_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Demo:
    """Seconds from the command to the page, to the first recommendations, and to the first made by the model."""

    page_s: float
    list_s: float
    model_s: float


def main(arguments: Sequence[str] = ()) -> None:
    """Start the demo twice in an empty directory, again and again."""
    options = parser("demo", __doc__ or "").parse_args(arguments)
    first: list[Demo] = []
    second: list[Demo] = []
    for repeat in range(options.repeats):
        progress(f"run {repeat + 1} of {options.repeats}")
        with tempfile.TemporaryDirectory(prefix="reelmate-demo-") as room:
            first.append(meet(Path(room), person=7))
            second.append(meet(Path(room), person=8))
    publish("demo", arguments, figures(first, second), as_json=options.as_json)


def figures(first: Sequence[Demo], second: Sequence[Demo]) -> list[Figure]:
    """Return what was measured, the targets first."""
    return [
        Figure("first start: recommendations by the trained model", tuple(demo.model_s for demo in first), "s", 60),
        Figure("first start: recommendations", tuple(demo.list_s for demo in first), "s", 60),
        Figure("second start: recommendations by the trained model", tuple(demo.model_s for demo in second), "s", 8),
        Figure("second start: recommendations", tuple(demo.list_s for demo in second), "s", 8),
        Figure("first start: the page answers", tuple(demo.page_s for demo in first), "s"),
        Figure("second start: the page answers", tuple(demo.page_s for demo in second), "s"),
    ]


def meet(data_dir: Path, *, person: int) -> Demo:
    """Run the demo until its model has recommended something to somebody new."""
    began = time.monotonic()
    with _demo(data_dir) as url:
        client = SimClient(url)
        client.get(f"/sim/chat/{person}")
        page_s = time.monotonic() - began
        visitor = _Visitor(client, person)
        visitor.onboard()
        list_s = time.monotonic() - began
        while not _shown_by_model(data_dir / "demo", person):
            time.sleep(ASK_EVERY_S)
            visitor.ask_for_a_list()
        return Demo(page_s, list_s, time.monotonic() - began)


class _Visitor:
    """Somebody in the chat page; every step waits for the bot's answer."""

    def __init__(self, client: SimClient, person: int) -> None:
        self._client, self._person = client, person

    def onboard(self) -> None:
        """Go from /start through consent and genres to the first list."""
        self._client.say(self._person, "/start")
        consent, done = BUTTONS
        self._tap(consent)
        for genre in ("Sci-Fi", "Drama"):
            self._tap(genre)
            self._wait_for(f"✅ {genre}")
        self._tap(done)
        self._until(self._lists)

    def ask_for_a_list(self) -> None:
        lists = len(self._lists())
        self._client.say(self._person, "/recommend")
        self._until(lambda: self._lists()[lists:])

    def _tap(self, label: str) -> None:
        """Tap a button as soon as it is there."""
        message = self._wait_for(label)
        self._client.post("callback", user_id=self._person, message_id=message["message_id"], label=label)

    def _wait_for(self, label: str) -> Json:
        return self._until(lambda: self._bearing(label))[-1]

    def _lists(self) -> list[Json]:
        return [message for message in self._messages() if "Films for you" in message["text"]]

    def _bearing(self, label: str) -> list[Json]:
        return [message for message in self._messages() if label in _labels(message)]

    def _messages(self) -> list[Json]:
        said: list[Json] = self._client.get(f"/sim/chat/{self._person}")["messages"]
        return [message for message in said if message["from"] == "bot"]

    def _until(self, read: Callable[[], list[Json]]) -> list[Json]:
        deadline = time.monotonic() + LONGEST_S
        while not (found := read()):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the demo must answer within {LONGEST_S:.0f} s. Received: {self._messages()[-1:]}")
            time.sleep(LOOK_EVERY_S)
        return found


def _labels(message: Json) -> list[str]:
    return [button["text"] for row in message["keyboard"] or [] for button in row]


def _shown_by_model(data_dir: Path, person: int) -> bool:
    """Tell whether a person's newest recommendation came from the published bundle, as the bot wrote it down."""
    pointer = data_dir / "bundles" / "current"
    if not pointer.exists():
        return False
    wanted = "SELECT version FROM impressions WHERE person_id = ? ORDER BY shown_at DESC, round DESC LIMIT 1"
    with closing(sqlite3.connect(data_dir / "reelmate.db")) as connection:
        newest = connection.execute(wanted, (person,)).fetchone()
    return newest is not None and newest[0] == pointer.read_text(encoding="utf-8").strip()


@contextmanager
def _demo(data_dir: Path) -> Iterator[str]:
    command = ["-m", "bot", "--data-dir", str(data_dir), "demo", "--port", "0", "--no-open"]
    process = spawn(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        address = next((found[0] for line in process.stdout if (found := re.search(r"http://[\d.]+:\d+", line))), None)
        if address is None:
            raise RuntimeError("the demo must print its address. Received: none")
        yield address
    finally:
        end(process)
