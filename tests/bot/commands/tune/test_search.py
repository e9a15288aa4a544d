"""The search: seeded, resumable, pruned, bounded in trials and in time, the same whatever interrupts it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import optuna
import pytest
from optuna.trial import TrialState

from bot.commands.errors import CommandError
from bot.commands.tune.results import describe_study
from bot.commands.tune.search import Judge, Plan, search
from bot.commands.tune.study import count_finished, open_study, ranked, settings_of
from tests.bot.commands.tune.paraboloid import SPACE, USUAL, Fatal, Paraboloid

ABOUT = {"model": "paraboloid", "corpus": "abc"}


def run(path: Path, judge: Judge, trials: int, *, jobs: int = 1, seconds: float | None = None) -> optuna.Study:
    study, clock = open_study(path, ABOUT, USUAL), count(0, 10)
    plan = Plan(trials, seconds, jobs, seed=3)
    search(study, path, judge, SPACE, plan, lambda *said, **more: None, clock=lambda: float(next(clock)))
    return study


def tried(study: optuna.Study) -> list[Mapping[str, Any]]:
    finished = (TrialState.COMPLETE, TrialState.PRUNED)
    return [settings_of(trial) for trial in study.get_trials(states=finished)]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> optuna.Study:
    """A study of fifteen trials."""
    return run(tmp_path_factory.mktemp("study") / "a.db", Paraboloid(), 15)


@pytest.mark.long("fifteen trials are made and weighed")
def test_the_usual_settings_come_first_and_better_ones_are_found(study: optuna.Study) -> None:
    assert tried(study)[0] == {"pace": 0.9, "hidden": [32, 16]}
    best = ranked(study)[0]
    assert settings_of(best)["hidden"] == [64, 32]
    assert best.value is not None
    assert best.value > 0.5
    described = describe_study(study)
    assert described["trials"] == 15
    assert described["ranked"][0]["worth"] == best.value
    assert described["ahead_of_usual"]["low"] > 0


@pytest.mark.long("the same fifteen trials")
def test_what_is_behind_is_given_up_at_a_rung(study: optuna.Study) -> None:
    given_up = study.get_trials(states=(TrialState.PRUNED,))
    assert given_up
    assert all(len(trial.intermediate_values) == 1 for trial in given_up)
    assert describe_study(study)["given_up"] == len(given_up)


@pytest.mark.long("two studies of eight trials are made")
def test_interrupted_and_run_again_it_tries_what_it_would_have_tried(tmp_path: Path) -> None:
    whole = run(tmp_path / "whole.db", Paraboloid(), 8)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts.db", Paraboloid(fails_at=4), 8)
    parts = run(tmp_path / "parts.db", Paraboloid(), 8)
    assert tried(parts) == tried(whole)
    assert describe_study(parts)["ahead_of_usual"] == describe_study(whole)["ahead_of_usual"] is not None
    assert count_finished(run(tmp_path / "parts.db", Paraboloid(fails_at=1), 8)) == 8  # nothing is left to try


def test_no_trial_begins_that_would_end_too_late(tmp_path: Path) -> None:
    judge = Paraboloid()
    run(tmp_path / "a.db", judge, 50, seconds=45)  # the clock goes ten on with every look: a trial takes ten
    assert 1 < len(judge.tried) < 5


@pytest.mark.processes
def test_in_other_processes_it_tries_the_same_every_time(tmp_path: Path) -> None:
    once, again = (run(tmp_path / name, Paraboloid(), 6, jobs=2) for name in ("a.db", "b.db"))
    assert tried(once) == tried(again)
    assert len(tried(once)) == 6


@pytest.mark.processes
def test_a_process_ended_from_outside_is_one_line_and_its_settings_come_again(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Ask for fewer --jobs"):
        run(tmp_path / "a.db", Fatal(), 2, jobs=2)
    again = run(tmp_path / "a.db", Paraboloid(), 2)
    assert tried(again)[0] == {"pace": 0.9, "hidden": [32, 16]}
    assert any(trial["usual"] for trial in describe_study(again)["ranked"])


def test_a_study_of_something_else_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    run(path, Paraboloid(), 1)
    with pytest.raises(CommandError, match=r"name another file with --study.* Received: one of corpus abc, not def"):
        open_study(path, {**ABOUT, "corpus": "def"}, USUAL)
    (tmp_path / "text.db").write_text("no database")
    with pytest.raises(CommandError, match=r"Received: no study"):
        open_study(tmp_path / "text.db", ABOUT, USUAL)
