"""Tx: one transaction as a use case sees it, a repository per noun."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.storage.activity import Activity, count_activity
from bot.storage.batch_films import BatchFilms
from bot.storage.batches import Batches
from bot.storage.claims import Claims
from bot.storage.counts import Counts, count_all
from bot.storage.erased import Erased
from bot.storage.erasure import Erasure
from bot.storage.facts import Facts
from bot.storage.follows import Follows
from bot.storage.impressions import Impressions
from bot.storage.inbox import Inbox
from bot.storage.marks import Marks
from bot.storage.matches import Matches
from bot.storage.movies import Movies
from bot.storage.nights import Nights
from bot.storage.outbox import Outbox
from bot.storage.people import People
from bot.storage.pictures import Pictures
from bot.storage.pruning import Pruning
from bot.storage.ratings import Ratings
from bot.storage.schedules import Schedules
from bot.storage.searches import Searches
from bot.storage.showings import Showings, ShownTo, count_showings, count_shown_since
from bot.storage.standing import Standings
from bot.storage.twins import Twins
from bot.storage.unrated import Unrated
from bot.storage.waiting import Waiting, look_at_waiting
from bot.storage.wildcards import WildcardShown, read_wildcards
from bot.storage.wishes import Wishes


class Tx:
    """Repositories over one open transaction; `now` is its moment (UTC, aware)."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.now = now
        self.people = People(connection, now)
        self.movies = Movies(connection, now)
        self.facts = Facts(connection, now)
        self.twins = Twins(connection, now)
        self.ratings = Ratings(connection, now)
        self.marks = Marks(connection, now)
        self.follows = Follows(connection, now)
        self.pictures = Pictures(connection, now)
        self.unrated = Unrated(connection, now)
        self.impressions = Impressions(connection, now)
        self.searches = Searches(connection, now)
        self.wishes = Wishes(connection, now)
        self.inbox = Inbox(connection, now)
        self.outbox = Outbox(connection, now)
        self.claims = Claims(connection, now)
        self.schedules = Schedules(connection, now)
        self.erased = Erased(connection, now)
        self.batches = Batches(connection, now)
        self.batch_films = BatchFilms(connection, now)
        self.nights = Nights(connection, now)
        self.matches = Matches(connection, now)
        self.standings = Standings(connection, now)
        self.erasure = Erasure(connection, now)
        self.pruning = Pruning(connection, now)
        self._connection = connection

    def counts(self) -> Counts:
        """Return what the operator's views show."""
        return count_all(self._connection)

    def waiting(self) -> Waiting:
        """Return what waits in inbox and outbox, and for how long."""
        return look_at_waiting(self._connection, self.now)

    def activity(self) -> Activity:
        """Return who is there, how far they came, and what happened on the last days."""
        return count_activity(self._connection, self.now)

    def showings(self) -> Showings:
        """Return what became of every film that was shown, wherever it stood."""
        return count_showings(self._connection)

    def shown_since(self, since: datetime) -> dict[str, list[ShownTo]]:
        """Return by bundle what was shown to whom since then, and how much of it was liked."""
        return count_shown_since(self._connection, since)

    def wildcards(self) -> tuple[WildcardShown, ...]:
        """Return the wildcards that were shown to who consents to training, and whether they were liked."""
        return read_wildcards(self._connection, self.now)
