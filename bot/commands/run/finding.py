"""What an examination of `reelmate doctor` saw, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.settings import Settings

State = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one examination saw; `advice` is empty when there is nothing to do."""

    subject: str
    state: State
    fact: str
    advice: str = ""


Examination = Callable[[Settings], Iterator[Finding]]
