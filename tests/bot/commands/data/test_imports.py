"""`reelmate import`, and the starter catalogue that comes by itself and leaves the process that asked for it light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.catalogue.corpora import load_corpus
from bot.commands.data.imports import fill_empty_catalogue
from bot.commands.errors import CommandError
from bot.facts import FilmFacts
from bot.settings import Settings, sqlite_url
from bot.storage import Store, migrate
from tests.bot.pupil import ENTRIES

FILL = """
import sys
from pathlib import Path
from bot.commands.data.imports import fill_empty_catalogue
from bot.settings import Settings
from bot.storage import Store, migrate

settings = Settings(data_dir=Path(sys.argv[1]))
migrate(settings.database_url)
with Store(settings.database_url) as store:
    print(fill_empty_catalogue(settings, store), fill_empty_catalogue(settings, store), "pandas" in sys.modules)
"""


@pytest.mark.processes
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


@pytest.mark.processes
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


@pytest.mark.long("the starter catalogue twice")
def test_importing_the_starter_catalogue_again_changes_nothing(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(filled), "import", "starter"]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_films_that_turn_out_to_be_one_are_joined_and_told(
    migrated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "movies.csv").write_text("movieId,title,genres\n1,Hitze (1995),Crime\n2,Heat (1995),Crime\n")
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,4.0,1\n1,2,3.0,2\n")
    assert invoke(["--data-dir", str(migrated), "import", "movielens", str(folder)]) == 0
    mann = FilmFacts("Q1", other_titles=("Hitze",), directors=("Michael Mann",))
    with Store(sqlite_url(migrated)) as store:
        heat, hitze = (movie.id for movie in sorted(store.read(lambda tx: tx.movies.all()), key=lambda one: one.title))
        known = {heat: mann, hitze: FilmFacts("Q1", directors=("Michael Mann",))}
        store.write(lambda tx: tx.facts.put(known)).result()
    capsys.readouterr()
    for _ in range(2):  # the release names the film that went still, and keeps its ratings
        assert invoke(["--data-dir", str(migrated), "import", "movielens", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.count("One film from now on: ") == 1
    with Store(sqlite_url(migrated)) as store:
        assert len(store.read(lambda tx: tx.movies.all())) == 1
    corpus = load_corpus(migrated / "corpora" / "release")
    assert (len(corpus.movies), corpus.rating_count) == (2, 2)


def test_a_broken_release_is_one_line_with_its_file(
    migrated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "movies.csv").write_text("movieId,title,genres\n1,Heat (1995),Crime\n")
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,9.0,1\n")
    assert invoke(["--data-dir", str(migrated), "import", "movielens", str(folder)]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert "ratings.csv, line 2" in last
