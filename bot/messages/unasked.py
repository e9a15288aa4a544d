"""What the bot sends by itself: the letter that turns each kind on and off, and the way to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.callbacks import Frequency, SetUnasked, ShowUnasked, Unasked, encode
from bot.messages.digest import DigestPlan, comes
from bot.messages.words import Words
from bot.outgoing import Button, Outgoing

_KINDS: Final = (Unasked.DIGEST, Unasked.NEWS, Unasked.REMINDERS)


@dataclass(frozen=True, slots=True)
class UnaskedWishes:
    """Which kinds a person wants."""

    digest: DigestPlan
    news: bool
    reminders: bool

    def wants(self, kind: Unasked) -> bool:
        """Tell whether a kind may come; ALL stands for any of them."""
        wanted = {
            Unasked.DIGEST: self.digest.frequency != Frequency.OFF,
            Unasked.NEWS: self.news,
            Unasked.REMINDERS: self.reminders,
        }
        return any(wanted.values()) if kind == Unasked.ALL else wanted[kind]


def settings(words: Words, wishes: UnaskedWishes, *, edits: int | None = None) -> Outgoing:
    """Show what comes by itself, with a switch for each kind and one for all."""
    lines = (
        words.html("unasked.title"),
        comes(words, wishes.digest),
        *(words.html(f"unasked.{_key(kind)}_{_side(wishes.wants(kind))}") for kind in _KINDS[1:]),
    )
    rows = [(_switch(words, kind, on=wishes.wants(kind)),) for kind in _KINDS]
    if wishes.wants(Unasked.ALL):
        rows.append((Button(words.plain("unasked.all_off"), encode(SetUnasked(Unasked.ALL, False))),))
    return Outgoing("\n".join(lines), tuple(rows), edits)


def with_way_out(words: Words, letter: Outgoing) -> Outgoing:
    """Return a letter that comes unasked with the button that leads to these settings."""
    way_out = Button(words.plain("unasked.button"), encode(ShowUnasked()))
    return replace(letter, keyboard=(*letter.keyboard, (way_out,)))


def _switch(words: Words, kind: Unasked, *, on: bool) -> Button:
    name = words.plain(f"unasked.{_key(kind)}")
    return Button(f"✅ {name}" if on else name, encode(SetUnasked(kind, not on)))


def _key(kind: Unasked) -> str:
    return kind.name.lower()


def _side(on: bool) -> str:
    return "on" if on else "off"
