"""What people kept elsewhere: files of other sites, read into what they say of films and matched with the catalogue."""

from bot.histories.caps import MAX_BYTES, MAX_ROWS, Pace, StoppedError
from bot.histories.entry import Entry, History, Says
from bot.histories.errors import HistoryError, Refusal
from bot.histories.joining import Joined, Wanted, join
from bot.histories.matching import find_film
from bot.histories.reading import read_history

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Entry",
    "History",
    "HistoryError",
    "Joined",
    "Pace",
    "Refusal",
    "Says",
    "StoppedError",
    "Wanted",
    "find_film",
    "join",
    "read_history",
]
