"""The command menu in every language, the help made of it, and the language choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.callbacks import Language, encode
from bot.messages.words import LANGUAGES, Words
from bot.outgoing import Button, Outgoing

COMMANDS: Final = (
    "start",
    "recommend",
    "rate",
    "later",
    "ratings",
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


def menu(words: Words) -> list[tuple[str, str]]:
    """Return (command, description) in the order of the menu."""
    return [(command, words.plain(f"command.{command}")) for command in COMMANDS]


def help_text(words: Words) -> Outgoing:
    """List what the bot can do, on one screen of a phone."""
    return Outgoing(f"{words.html('help.title')}\n{words.html('help.commands')}")


def language_question(every: Mapping[str, Words], words: Words) -> Outgoing:
    """Ask for the language, each named in itself."""
    choices = tuple(
        Button(every[language].plain("language.own_name"), encode(Language(row)))
        for row, language in enumerate(LANGUAGES)
    )
    return Outgoing(words.html("language.question"), (choices,))


def language_saved(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("language.saved"), (), edits)
