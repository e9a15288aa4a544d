"""Why a file is not taken.

HistoryError
"""

from __future__ import annotations

from enum import Enum


class Refusal(Enum):
    """What is wrong with a file; bot/messages/past.py has a sentence for each."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    LOCKED = "locked"
    ZIP_IN_ZIP = "zip_in_zip"
    TOO_MANY_FILES = "too_many_files"
    UNPACKS_TOO_FAR = "unpacks_too_far"
    TOO_MANY_ROWS = "too_many_rows"
    CELL_TOO_LONG = "cell_too_long"
    TOO_SLOW = "too_slow"
    MANY_PEOPLE = "many_people"
    NO_FILMS = "no_films"
    NOT_FETCHED = "not_fetched"
    TOO_MANY_WAITING = "too_many_waiting"
    FAILED = "failed"


class HistoryError(Exception):
    """A file is not one that can be imported; it quotes nothing of the file."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"a file must be an export that is taken, within the caps. Received: {refusal.value}")
        self.refusal = refusal
