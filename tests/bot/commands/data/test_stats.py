"""`reelmate stats`: how much is stored, and what became of lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.storage import Store
from recommender.domain import MovieId, Recommendation, UserId
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url

ADA = UserId(7)


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """A data directory in which one film of two was liked after it had been shown."""
    with Store(migrated_url(tmp_path, ENTRIES)) as store:
        store.write(lambda tx: tx.people.ensure(ADA)).result()
        page = [Recommendation(MovieId(1), 2.0, 0.83), Recommendation(MovieId(2), 1.0, 0.81)]
        store.write(lambda tx: tx.impressions.add(ADA, 1, 0, page, version="v")).result()
        store.write(lambda tx: tx.ratings.put(ADA, MovieId(1), 10, update_id=1)).result()
    return tmp_path


def test_lists_are_told_by_what_people_said_of_them(shown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(shown), "stats", "--lists"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1] == ["80", "to", "90", "%", "2", "1", "1", "100", "%", "83", "%"]


def test_an_operators_counts_and_lists_are_one_object(shown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(shown), "stats", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"] == {"people": 1, "movies": 40, "ratings": 1, "inbox_dead": 0, "outbox_dead": 0}
    assert answer["lists"] == [{"tenths": 8, "shown": 2, "rated": 1, "liked": 1, "chance": 0.83}]
    assert invoke(["--data-dir", str(shown), "stats"]) == 0
    assert "people" in capsys.readouterr().out


def test_before_any_list_it_says_why_there_is_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    migrated_url(tmp_path)
    assert invoke(["--data-dir", str(tmp_path), "stats", "--lists"]) == 0
    assert "No film has been shown with a chance yet" in capsys.readouterr().out
