"""Storage: use cases go in as functions of a Tx, domain values come out; SQLite or PostgreSQL by URL."""

from bot.storage.activity import Activity, Day, Funnel, PeopleCounts
from bot.storage.backup import Backup
from bot.storage.batch_films import UNKNOWN_FROM, BatchFilm, Said
from bot.storage.batches import APPLYING, Batch, BatchId, BatchState
from bot.storage.counts import Counts
from bot.storage.errors import (
    AlreadyFinishedError,
    BackupError,
    DatabaseAwayError,
    DatabaseDamagedError,
    DatabaseFullError,
    DatabaseLockedError,
    DatabaseReadOnlyError,
    DatabaseUnreachableError,
    DatabaseUrlError,
    LeaseLostError,
    SchemaOutdatedError,
    SchemaTooNewError,
    StorageError,
    UnknownRecordError,
)
from bot.storage.inbox import InboxUpdate
from bot.storage.lease import Lease
from bot.storage.letters import Letter
from bot.storage.marks import MarkedMovie, MarkKind
from bot.storage.movies import CatalogueMovie
from bot.storage.outbox import MOST_WAITING
from bot.storage.outcomes import ShownBand
from bot.storage.people import DigestFrequency, Person
from bot.storage.pruning import BATCHES_KEPT, Pruned
from bot.storage.restore import Restored, restore
from bot.storage.schedules import BOT, Schedule
from bot.storage.schema import Migration, migrate
from bot.storage.showings import Showings, ShowingsOf, ShownTo
from bot.storage.standing import Before, NewRating, Standing
from bot.storage.store import Store
from bot.storage.training_ratings import TrainingRatings
from bot.storage.twins import Twin, TwinReason
from bot.storage.tx import Tx
from bot.storage.waiting import Waiting
from bot.storage.wildcards import WildcardShown

__all__ = [
    "APPLYING",
    "BATCHES_KEPT",
    "BOT",
    "MOST_WAITING",
    "UNKNOWN_FROM",
    "Activity",
    "AlreadyFinishedError",
    "Backup",
    "BackupError",
    "Batch",
    "BatchFilm",
    "BatchId",
    "BatchState",
    "Before",
    "CatalogueMovie",
    "Counts",
    "DatabaseAwayError",
    "DatabaseDamagedError",
    "DatabaseFullError",
    "DatabaseLockedError",
    "DatabaseReadOnlyError",
    "DatabaseUnreachableError",
    "DatabaseUrlError",
    "Day",
    "DigestFrequency",
    "Funnel",
    "InboxUpdate",
    "Lease",
    "LeaseLostError",
    "Letter",
    "MarkKind",
    "MarkedMovie",
    "Migration",
    "NewRating",
    "PeopleCounts",
    "Person",
    "Pruned",
    "Restored",
    "Said",
    "Schedule",
    "SchemaOutdatedError",
    "SchemaTooNewError",
    "Showings",
    "ShowingsOf",
    "ShownBand",
    "ShownTo",
    "Standing",
    "StorageError",
    "Store",
    "TrainingRatings",
    "Twin",
    "TwinReason",
    "Tx",
    "UnknownRecordError",
    "Waiting",
    "WildcardShown",
    "migrate",
    "restore",
]
