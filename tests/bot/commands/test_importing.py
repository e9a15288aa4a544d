"""The starter catalogue comes by itself, and leaves the process that asked for it light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.errors import CommandError
from bot.commands.importing import fill_empty_catalogue
from bot.settings import Settings
from bot.storage import Store, migrate
from tests.bot.pupil import ENTRIES

FILL = """
import sys
from pathlib import Path
from bot.commands.importing import fill_empty_catalogue
from bot.settings import Settings
from bot.storage import Store, migrate

settings = Settings(data_dir=Path(sys.argv[1]))
migrate(settings.database_url)
with Store(settings.database_url) as store:
    print(fill_empty_catalogue(settings, store), fill_empty_catalogue(settings, store), "pandas" in sys.modules)
"""


def test_an_empty_catalogue_is_filled_once_and_pandas_stays_outside(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FILL, str(tmp_path)], check=True, capture_output=True, text=True)
    count, again, heavy = done.stdout.split()
    assert int(count) >= 600
    assert (again, heavy) == ("0", "False")
    assert (tmp_path / "corpora" / "simulated" / "ratings.parquet").is_file()


def test_a_catalogue_with_films_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    migrate(settings.database_url)
    with Store(settings.database_url) as store:
        store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
        assert fill_empty_catalogue(settings, store) == 0
    assert not (tmp_path / "corpora").exists()


def test_a_catalogue_that_cannot_be_stored_is_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path)
    migrate(settings.database_url)
    (tmp_path / "corpora").write_text("a file where a folder must be")
    with (
        Store(settings.database_url) as store,
        pytest.raises(CommandError, match="could not be stored; the line above says why"),
    ):
        fill_empty_catalogue(settings, store)
    assert capfd.readouterr().err.splitlines()[-1].startswith("reelmate: ")
