"""`reelmate backup` and `reelmate restore`: the database as one verified file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.commands.data.database import BACKUPS, make_data_dir, open_store
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation, expanded
from bot.commands.output import say
from bot.locks import poller_lock
from bot.settings import Settings
from bot.storage import Backup, Restored, restore


def back_up_database(invocation: Invocation, target: Path | None, *, keep: int | None) -> None:
    """Write a backup while the bot goes on, verify it, and say what is in it.

    Args:
        target: the file; None for one named after the moment in the data directory's folder of backups.
        keep: how many of that folder's files stay, the newest; None for all.

    Raises:
        CommandError: there is no database, or the file is there.
        StorageError: the database cannot be read, or the copy is not whole.
    """
    settings = invocation.settings()
    folder = settings.data_dir / BACKUPS
    file = expanded(target) if target else folder / f"reelmate-{datetime.now(UTC):%Y%m%dT%H%M%S}.db"
    if file.exists():
        raise CommandError(f"a backup must be a new file. Received: {file}, which is there")
    with open_store(settings) as store:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        backup = store.back_up(file)
    say(_describe(backup))
    for old in _superseded(folder, keep):
        old.unlink()
        say(f"Removed {old.name}.")


def restore_database(invocation: Invocation, backup: Path, *, overwrite: bool) -> None:
    """Make a backup the settings' database, while no bot runs, and say what was done.

    Raises:
        LockHeldError: a bot runs on it.
        CommandError: there is no such file.
        StorageError: the backup is damaged, or would replace a database unasked.
    """
    settings = invocation.settings()
    backup = expanded(backup)
    if not backup.is_file():
        raise CommandError(f"a restore needs a backup's file. Received: {backup}, which is none")
    make_data_dir(settings.data_dir)
    with poller_lock(settings.data_dir, settings.database_url):
        done = restore(backup, settings.database_url, overwrite=overwrite, aside=settings.data_dir / BACKUPS)
    say(_tell(done, settings))


def _superseded(folder: Path, keep: int | None) -> list[Path]:
    files = sorted(folder.glob("reelmate-*.db"))
    return [] if keep is None else files[: max(0, len(files) - keep)]


def _describe(backup: Backup) -> str:
    counts = f"{backup.rows['people']} people, {backup.rows['ratings']} ratings"
    return f"Wrote {backup.file}: {counts}, schema {backup.revision}, whole. It names people: keep it as the database."


def _tell(done: Restored, settings: Settings) -> str:
    said = [f"Restored {done.rows['people']} people and {done.rows['ratings']} ratings."]
    if done.kept is not None:
        said.append(f"The database as it was is kept in {done.kept}.")
    if done.left_out:
        said.append(f"{done.left_out} of the backup's people had their data erased since, and are left out.")
    if done.left_out is None:
        said.append("Whoever had their data erased since the backup is in it again: nothing tells who that was.")
    return " ".join(said)
