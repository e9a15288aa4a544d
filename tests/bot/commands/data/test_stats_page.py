"""The operator's page: every figure is on it, nothing breaks out of it, and it needs no script."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.__main__ import invoke
from bot.commands.data.stats_page import as_page
from bot.pseudonyms import NO_KEY
from bot.service.statistics import Statistics, read_statistics
from bot.storage import Store, Tx
from recommender.domain import Because, MovieId, Recommendation, UserId
from recommender.ranking.challenge import Challenge, read_challenge, write_challenge
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url

BUNDLES = ("a<b>&", "20260102-030405-0")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def show_all(tx: Tx) -> None:
    for number in range(1, 31):
        person = UserId(number)
        tx.people.ensure(person)
        for at, bundle in enumerate(BUNDLES, 1):
            best = Recommendation(MovieId(at), 1.0, 0.5, Because(genre="Drama"))
            last = Recommendation(MovieId(at + 2), 1.0, 0.5, slot="wildcard")
            tx.impressions.add(person, at, 0, [best, last], version=bundle)
        tx.ratings.put(person, MovieId(1), 10, update_id=number)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory in which two bundles showed films to thirty people, who liked one each."""
    with Store(migrated_url(tmp_path, ENTRIES), clock=lambda: NOW) as store:
        store.write(show_all).result()
    return tmp_path


@pytest.fixture
def found(folder: Path) -> Statistics:
    with Store(f"sqlite:///{folder / 'reelmate.db'}", clock=lambda: NOW) as store:
        return read_statistics(store, NO_KEY)


def test_showings_are_told_by_place_slot_reason_and_bundle(found: Statistics) -> None:
    assert (found.total.shown, found.total.rated, found.total.liked, found.watched) == (120, 30, 30, 30)
    assert [(one.name, one.shown, one.liked) for one in found.by_place] == [("1", 60, 30), ("2", 60, 0)]
    assert [(one.name, one.like_rate) for one in found.by_slot] == [("top", 0.5), ("wildcard", 0.0)]
    assert [(one.name, one.shown) for one in found.by_reason] == [("genre", 60), ("none", 60)]
    assert {one.name: one.liked for one in found.by_bundle} == {BUNDLES[0]: 30, BUNDLES[1]: 0}
    assert found.experiment.verdict == "wait"


def test_the_page_is_sound_and_has_every_figure(found: Statistics) -> None:
    page = as_page(found)
    for said in ("Onboarding", "by place", "by slot", "by reason", "by bundle", "a&lt;b&gt;&amp;", "No verdict yet"):
        assert said in page
    assert "<script" not in page
    assert "a<b>" not in page
    for drawn in page.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + drawn.partition("</svg>")[0] + "</svg>")


def test_two_that_serve_side_by_side_are_told_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundles = folder / "bundles"
    bundles.mkdir()
    write_challenge(bundles, Challenge(BUNDLES[0], BUNDLES[1], 0.5, NOW - timedelta(days=999)))
    with Store(f"sqlite:///{folder / 'reelmate.db'}", clock=lambda: NOW) as store:
        page = as_page(read_statistics(store, NO_KEY, read_challenge(bundles)))
    assert "challenger minus champion, side by side since" in page
    assert "served in turn" not in page
    assert invoke(["--data-dir", str(folder), "stats"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Both serve at the same time" in said
    assert "200 people a side" in said


def test_before_anybody_came_there_is_a_page_too(tmp_path: Path) -> None:
    with Store(migrated_url(tmp_path)) as store:
        page = as_page(read_statistics(store, NO_KEY))
    assert "none yet" in page
    assert "nothing to compare" in page


def test_programs_get_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(folder), "stats", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["statistics"]
    assert told["total"] == {"name": "", "shown": 120, "rated": 30, "liked": 30, "like_rate": 0.25}
    assert told["activity"]["funnel"]["saw_list"] == 30
    assert told["experiment"]["verdict"] == "wait"
    assert told["experiment"]["newer"]["people"] + told["experiment"]["older"]["people"] == 30
    assert invoke(["--data-dir", str(folder), "stats"]) == 0
    said = capsys.readouterr().out
    assert "onboarding, saw list" in said
    assert "served in turn" in said
