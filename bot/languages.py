"""The languages the bot speaks: one for each message catalogue, whose head says what it is called where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOCALES: Final = Path(__file__).parent / "messages" / "locale"
_CODE: Final = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language as the head of its catalogue tells it.

    Attributes:
        code: ISO 639-1, as Telegram has it.
        locale: its folder, and the locale by Unicode that writes its numbers and names its cities.
        number: what its button carries; old messages keep it, so it is never another's.
    """

    code: str
    locale: str
    number: int

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise ValueError(f"X-Telegram-Code must be two letters. Received: {self.code}, of {self.locale}")
        if not 0 <= self.number < 100:
            raise ValueError(f"X-Reelmate-Button must be 0 to 99. Received: {self.number}, of {self.locale}")


def read_languages(folder: Path) -> tuple[Spoken, ...]:
    """Return the languages that have a catalogue in a folder, in the order of their numbers."""
    found = sorted((_read(path) for path in folder.glob("*/messages.po")), key=lambda one: one.number)
    for name, values in (("code", {one.code for one in found}), ("number", {one.number for one in found})):
        if len(values) != len(found):
            raise ValueError(f"every language needs a {name} of its own. Received: {found}")
    return tuple(found)


def _read(path: Path) -> Spoken:
    head, locale = path.read_text("utf-8").partition("\n\n")[0], path.parent.name
    said = dict(re.findall(r'"([\w-]+): (.*)\\n"', head))
    missing = {"Language", "X-Telegram-Code", "X-Reelmate-Button"} - said.keys()
    if missing or said["Language"] != locale or not said["X-Reelmate-Button"].isdecimal():
        expected = f"Language: {locale}, X-Telegram-Code and X-Reelmate-Button, a number"
        raise ValueError(f"the head of {path} must say {expected}. Received: {said}")
    return Spoken(said["X-Telegram-Code"], locale, int(said["X-Reelmate-Button"]))


# What the package itself brings, read once like its modules; the first is English, which stands in for all others.
LANGUAGES: Final = read_languages(LOCALES)
LOCALE_OF: Final = {one.code: one.locale for one in LANGUAGES}
