"""Buttons in rows that a phone shows with all their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.outgoing import Button, Keyboard

# What a phone shows of one of two buttons in a row; a longer one has a row of its own.
_HALF_A_ROW: Final = 15


def grid(cells: Sequence[Button], width: int) -> Keyboard:
    """Return buttons so many in a row."""
    return tuple(tuple(cells[start : start + width]) for start in range(0, len(cells), width))


def pairs(cells: Sequence[Button]) -> Keyboard:
    """Return buttons two in a row, behind them those that fill a row."""
    short = [cell for cell in cells if len(cell.text) <= _HALF_A_ROW]
    return (*grid(short, 2), *((cell,) for cell in cells if len(cell.text) > _HALF_A_ROW))
