"""Pruning: nothing grows for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import CursorResult, Delete, and_, delete, or_

from bot.storage.batch_tables import BatchRow
from bot.storage.batches import AT_WORK
from bot.storage.card_tables import PictureRow
from bot.storage.matches import Matches
from bot.storage.nights import Nights
from bot.storage.repository import Repository
from bot.storage.schedules import ALBUM
from bot.storage.tables import (
    ErasedRow,
    ImpressionRow,
    InboxRow,
    MarkRow,
    OutboxRow,
    RatingRow,
    ScheduleRow,
    SearchRow,
    WishRow,
)

# Longer than Telegram keeps an update (one day), and than its numbers stay in order (a week).
FINISHED_KEPT: Final = timedelta(days=7)
# For so long nobody who had everything erased is known again unless they begin anew.
ERASED_KEPT: Final = timedelta(days=365)
# Long enough for an operator to look into a failure.
DEAD_KEPT: Final = timedelta(days=90)
# For so long an import can be undone, and a file that was read can be imported.
BATCHES_KEPT: Final = timedelta(days=30)
# For so long films wait for a group's next night.
NIGHTS_KEPT: Final = timedelta(days=30)
# After so long a picture is drawn and uploaded again.
PICTURES_KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows went."""

    inbox: int
    outbox: int
    impressions: int
    marks: int
    ratings: int
    searches: int
    wishes: int
    albums: int
    erased: int
    batches: int
    nights: int
    matches: int
    pictures: int


class Pruning(Repository):
    __slots__ = ()

    def run(self, *, impressions_kept: timedelta) -> Pruned:
        """Drop what is finished or over, old dead letters, ratings taken back, old pages, imports and erasures.

        Args:
            impressions_kept: for how long lists and searches can be turned.
        """
        finished, dead = self.now - FINISHED_KEPT, self.now - DEAD_KEPT
        shown = self.now - impressions_kept
        return Pruned(
            inbox=self._drop(
                delete(InboxRow).where(
                    or_(
                        and_(InboxRow.state == "done", InboxRow.received_at < finished),
                        and_(InboxRow.state == "dead", InboxRow.received_at < dead),
                    )
                )
            ),
            outbox=self._drop(
                delete(OutboxRow).where(
                    or_(
                        and_(OutboxRow.state.in_(("sent", "dropped")), OutboxRow.created_at < finished),
                        and_(OutboxRow.state == "dead", OutboxRow.created_at < dead),
                    )
                )
            ),
            impressions=self._drop(delete(ImpressionRow).where(ImpressionRow.shown_at < shown)),
            marks=self._drop(delete(MarkRow).where(MarkRow.until < self.now)),
            ratings=self._drop(delete(RatingRow).where(RatingRow.half_stars == 0, RatingRow.stored_at < finished)),
            searches=self._drop(delete(SearchRow).where(SearchRow.searched_at < shown)),
            wishes=self._drop(delete(WishRow).where(WishRow.wished_at < shown)),
            albums=self._drop(
                delete(ScheduleRow).where(ScheduleRow.name.startswith(ALBUM), ScheduleRow.next_run_at < self.now)
            ),
            erased=self._drop(delete(ErasedRow).where(ErasedRow.erased_at < self.now - ERASED_KEPT)),
            batches=self._drop(
                delete(BatchRow).where(BatchRow.state.not_in(AT_WORK), BatchRow.acted_at < self.now - BATCHES_KEPT)
            ),
            nights=Nights(self.connection, self.now).prune(NIGHTS_KEPT),
            matches=Matches(self.connection, self.now).prune(NIGHTS_KEPT),
            pictures=self._drop(delete(PictureRow).where(PictureRow.kept_at < self.now - PICTURES_KEPT)),
        )

    def _drop(self, rows: Delete) -> int:
        dropped = self.connection.execute(rows)
        assert isinstance(dropped, CursorResult)
        return dropped.rowcount
