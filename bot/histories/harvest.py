"""What is gathered while a file is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.histories.caps import MAX_ROWS, Pace
from bot.histories.entry import Entry, History
from bot.histories.errors import HistoryError, Refusal


@dataclass(slots=True)
class Harvest:
    """Entries so far, under the caps that hold for all files of a zip together."""

    pace: Pace
    sites: dict[str, None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    series: int = 0
    unreadable: int = 0
    rows: int = 0

    def count_row(self) -> None:
        """Count a row before it is looked at.

        Raises:
            HistoryError: there are more than anybody has seen films.
        """
        self.pace.step()
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise HistoryError(Refusal.TOO_MANY_ROWS)

    def history(self) -> History:
        """Return all that was gathered.

        Raises:
            HistoryError: no file was one that is known, or none had a row.
        """
        if not self.sites:
            raise HistoryError(Refusal.UNKNOWN)
        if not self.rows:
            raise HistoryError(Refusal.NO_FILMS)
        return History(tuple(self.sites), tuple(self.entries), self.series, self.unreadable)
