"""Everything the storage can raise on purpose.

StorageError
├── DatabaseUrlError          the URL names no database that we can open
├── DatabaseDamagedError      the file of the database is not whole
├── DatabaseAwayError         not the fault of what was asked: asked again later, it may be done
│   ├── DatabaseUnreachableError  the server does not answer, or refuses us
│   ├── DatabaseReadOnlyError     the file or its folder cannot be written
│   ├── DatabaseFullError         no room left on the disk
│   ├── DatabaseLockedError       another process held the database for too long
│   └── LeaseLostError            another process has taken over: nothing of ours is committed any more
├── SchemaTooNewError         the database was written by a newer Reelmate
├── SchemaOutdatedError       the database waits for `reelmate migrate`
├── BackupError               a backup that is damaged, or would overwrite what is there
├── UnknownRecordError        a movie or person that is not stored
└── AlreadyFinishedError      the effect of this update is stored already
"""


class StorageError(Exception):
    """Root of the storage's errors; its text is one sentence that says what to do."""


class DatabaseUrlError(StorageError):
    """The URL names no database that we can open."""


class DatabaseAwayError(StorageError):
    """The database cannot do it now; nothing is wrong with what was asked."""


class DatabaseUnreachableError(DatabaseAwayError):
    """The database server does not answer, or refuses us."""


class DatabaseReadOnlyError(DatabaseAwayError):
    """The database file or its folder cannot be written."""


class DatabaseFullError(DatabaseAwayError):
    """No room is left where the database lives."""


class DatabaseDamagedError(StorageError):
    """The file of the database is not whole."""


class DatabaseLockedError(DatabaseAwayError):
    """Another process held the database for longer than we wait."""


class LeaseLostError(DatabaseAwayError):
    """Another process has taken over; nothing of this one is committed any more."""


class SchemaTooNewError(StorageError):
    """The database was written by a newer version of the code."""


class SchemaOutdatedError(StorageError):
    """The database must be migrated first."""


class BackupError(StorageError):
    """A backup is damaged, none of ours, or must not replace what is there."""


class UnknownRecordError(StorageError):
    """A movie or a person that is not stored."""


class AlreadyFinishedError(StorageError):
    """The effect of this update is stored already: nothing is left to do."""
