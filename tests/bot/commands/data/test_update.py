"""`reelmate update` and `reelmate twins`, on a real database against a little Wikidata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.commands.models.live import CatalogueWatch, open_recommender
from bot.service.titles import Titles
from bot.settings import Settings, sqlite_url
from bot.storage import CatalogueMovie, Store
from recommender.domain import Filters, Movie, MovieId, Profile, UserId
from tests.bot.catalogue.wikidata.wiki import Wiki, serving, web_page

HEAT, HITZE = MovieId(100_000), MovieId(100_001)
ADA = UserId(7)


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving(Wiki()) as wiki:
        wiki.film("Q1", "Heat", imdb="tt0113277", labels={"mul": "Hitze", "zh": "盗火线"}, directors=("Michael Mann",))
        wiki.film("Q2", "A New Film", day="2026-05-01", genres=("heist film",), directors=("Ada New",))
        yield wiki


@pytest.fixture
def folder(migrated: Path) -> Path:
    """Return a data directory with one film under two ids, which somebody has rated."""
    films = [
        CatalogueMovie(Movie(HEAT, "Heat", 1995, ("Crime",)), imdb_id="tt0113277", popularity=0.4),
        CatalogueMovie(Movie(HITZE, "Hitze", 1995, ("Crime",)), popularity=0.1),
    ]
    with Store(sqlite_url(migrated)) as store:
        store.write(lambda tx: tx.movies.upsert_all(films)).result()
        store.write(lambda tx: tx.people.ensure(ADA)).result()
        store.write(lambda tx: tx.ratings.put(ADA, HITZE, 9, update_id=1)).result()
    return migrated


def run(folder: Path, *words: str) -> int:
    return invoke(["--data-dir", str(folder), *words])


def update(folder: Path, wiki: Wiki, *words: str) -> int:
    return run(folder, "update", "--endpoint", wiki.url, "--since", "2025", *words)


def rated(folder: Path) -> dict[int, int]:
    with Store(sqlite_url(folder)) as store:
        ratings = store.read(lambda tx: tx.ratings.all(ADA))
    return {rating.movie_id: rating.stars.half_stars for rating in ratings}


def test_films_are_brought_up_to_date_added_and_joined(
    folder: Path, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(folder, wiki, "--json") == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (report["asked"], report["found"]) == (2, 2)
    assert [film["title"] for film in report["added"]] == ["A New Film"]
    assert [(twin["gone"]["id"], twin["kept"]["id"], twin["reason"]) for twin in report["twins"]] == [
        (HITZE, HEAT, "wikidata")
    ]
    assert rated(folder) == {HEAT: 9}
    assert update(folder, wiki) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_a_dry_run_says_the_same_and_stores_nothing(
    folder: Path, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(folder, wiki, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "New in the catalogue: 1 (A New Film (2026))." in said
    assert "Nothing was stored: this was a dry run." in said
    assert rated(folder) == {HITZE: 9}
    with Store(sqlite_url(folder)) as store:
        assert store.read(lambda tx: (tx.movies.count(), tx.facts.all())) == (2, {})


def test_a_bot_that_runs_finds_what_an_update_brings(folder: Path, wiki: Wiki) -> None:
    with Store(sqlite_url(folder)) as store:
        titles = Titles(store)
        recommender = open_recommender(Settings(data_dir=folder), store)
        watch = CatalogueWatch(Settings(data_dir=folder), store, recommender)
        assert update(folder, wiki) == 0
        assert titles.refresh()
        found = {query: titles.search(query, 5)[0].movie_id for query in ("盗火线", "Michael Mann", "Hitze", "Ada New")}
        assert not titles.refresh()
        new = store.read(lambda tx: next(movie for movie in tx.movies.all() if movie.title == "A New Film"))
        assert watch.refresh()
        listed = recommender.recommend(Profile(), 5, filters=Filters(year_from=2026))
    assert found == {"盗火线": HEAT, "Michael Mann": HEAT, "Hitze": HEAT, "Ada New": new.id}
    assert new.genres == ("Crime",)
    assert [line.movie_id for line in listed] == [new.id]


def test_a_join_is_listed_undone_and_never_done_again(
    folder: Path, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    update(folder, wiki)
    assert f"`reelmate twins part {HITZE}` undoes it" in capsys.readouterr().out
    assert run(folder, "twins", "list") == 0
    assert "both are one item at Wikidata" in capsys.readouterr().out
    assert run(folder, "twins", "part", str(HITZE)) == 0
    assert "Two films again: Hitze (1995) and Heat (1995)" in capsys.readouterr().out
    assert rated(folder) == {HITZE: 9}
    assert update(folder, wiki, "--all") == 0
    capsys.readouterr()
    assert rated(folder) == {HITZE: 9}
    assert run(folder, "twins", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["twins"][0]["parted_at"]
    assert run(folder, "twins", "join", str(HITZE), str(HEAT)) == 0
    assert rated(folder) == {HEAT: 9}


@pytest.mark.parametrize("words", [("part", "100001"), ("join", "100000", "100000"), ("join", "1", "2")])
def test_what_cannot_be_parted_or_joined_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(folder, "twins", *words) == 1
    assert capsys.readouterr().err.startswith("reelmate: ")


def test_an_answer_that_is_none_is_one_line_and_changes_nothing(
    folder: Path, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    wiki.faults = [web_page]
    assert update(folder, wiki) == 1
    assert "is this a SPARQL endpoint, and the network open?" in capsys.readouterr().err.splitlines()[-1]
    with Store(sqlite_url(folder)) as store:
        assert store.read(lambda tx: (tx.movies.count(), tx.facts.checked())) == (2, {})


@pytest.mark.parametrize("year", ["1700", "2999"])
def test_a_year_that_is_none_to_begin_at_is_one_line(
    folder: Path, wiki: Wiki, capsys: pytest.CaptureFixture[str], year: str
) -> None:
    assert run(folder, "update", "--endpoint", wiki.url, "--since", year) == 1
    expected = f"--since must be a year from 1888 to {datetime.now(UTC).year}. Received: {year}"
    assert expected in capsys.readouterr().err


def test_an_endpoint_of_ones_own_is_a_setting(
    folder: Path, wiki: Wiki, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_WIKIDATA_URL", wiki.url)
    assert run(folder, "update", "--dry-run") == 0
    assert len(wiki.asked) > 0
    monkeypatch.setenv("REELMATE_WIKIDATA_URL", "file:///etc/passwd")
    assert run(folder, "update") == 1
    assert "REELMATE_WIKIDATA_URL: where films and ratings come from must start with http" in capsys.readouterr().err
