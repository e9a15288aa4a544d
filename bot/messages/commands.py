"""The command menu in every language, the help made of it, and the language choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.callbacks import Language, encode
from bot.languages import LANGUAGES
from bot.messages.rows import grid
from bot.messages.words import Words
from bot.outgoing import Button, Outgoing

COMMANDS: Final = (
    "start",
    "recommend",
    "rate",
    "later",
    "ratings",
    "following",
    "again",
    "taste",
    "year",
    "movienight",
    "match",
    "genres",
    "digest",
    "notify",
    "import",
    "privacy",
    "export",
    "deleteme",
    "language",
    "help",
)
_LANGUAGES_PER_ROW: Final = 3


def menu(words: Words) -> list[tuple[str, str]]:
    """Return (command, description) in the order of the menu."""
    return [(command, words.plain(f"command.{command}")) for command in COMMANDS]


def help_text(words: Words) -> Outgoing:
    """List what the bot can do, on one screen of a phone."""
    return Outgoing(f"{words.html('help.title')}\n{words.html('help.commands')}")


def language_question(every: Mapping[str, Words], words: Words) -> Outgoing:
    """Ask for the language, each named in itself."""
    cells = [Button(every[one.code].plain("language.own_name"), encode(Language(one.number))) for one in LANGUAGES]
    return Outgoing(words.html("language.question"), grid(cells, _LANGUAGES_PER_ROW))


def language_called(every: Mapping[str, Words], said: str) -> int | None:
    """Return the number of the language that somebody names, in whichever language; None where it is none of ours."""
    called = ((one.number, every[one.code].several("language.names")) for one in LANGUAGES)
    return next((number for number, names in called if said.casefold() in names), None)


def language_saved(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("language.saved"), (), edits)
