"""How sure, as tables and a figure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.likes_figure import draw_reliability
from benchmarks.likes_report import (
    area_gain,
    as_page,
    expected_error,
    known_table,
    loss_gain,
    newcomer_rows,
    newcomer_table,
)
from recommender.likes import LikeAnswers, calibration_error, reliability


def drawn(seed: int, *, people: int = 60, ratings: int = 50, habit: float = 0.0, lean: float = 0.0) -> LikeAnswers:
    """Return chances that are right but for how generous each person is, or lean to one side."""
    generator = np.random.default_rng(seed)
    chances = generator.uniform(0.2, 0.8, people * ratings)
    habits = np.repeat(generator.normal(0, habit, people), ratings)
    liked = generator.random(len(chances)) < np.clip(chances + habits, 0, 1)
    return LikeAnswers(np.repeat(np.arange(people) + 1_000 * seed, ratings), np.clip(chances + lean, 0, 1), liked)


def test_gain_is_the_mean_over_ratings_and_people_say_how_sure() -> None:
    right = drawn(1)
    wrong = LikeAnswers(right.people, 1 - right.chances, right.liked)
    gain = loss_gain(right, wrong)
    assert gain.mean == pytest.approx(wrong.log_losses.mean() - right.log_losses.mean())
    assert gain.is_ahead
    assert area_gain(right, wrong).is_ahead
    assert loss_gain(right, right).mean == 0


def test_right_chances_of_generous_and_harsh_people_show_an_error_of_their_own() -> None:
    folds = [drawn(seed, habit=0.2) for seed in range(1, 9)]
    seen = float(np.mean([calibration_error(reliability(fold)) for fold in folds]))
    assert expected_error(folds) == pytest.approx(seen, rel=0.25)
    assert expected_error(folds) > 1.1 * expected_error([drawn(seed) for seed in range(1, 9)])


def test_chances_that_lean_to_one_side_are_no_luck() -> None:
    folds = [drawn(seed, lean=0.15) for seed in range(1, 9)]
    assert expected_error(folds) < 0.5 * np.mean([calibration_error(reliability(fold)) for fold in folds])


def test_page_has_a_line_a_rung_and_a_line_a_model() -> None:
    ours = {k: [drawn(1), drawn(2)] for k in (0, 5)}
    rows = newcomer_rows(ours, {k: [drawn(1, lean=0.1), drawn(2, lean=0.1)] for k in (0, 5)})
    figures = {"corpus": "toy", "people": "test", "data": {"ratings": 1, "people": 2, "sha256": "ab"}, "minutes": 1}
    newcomers = as_page("newcomers", newcomer_table(rows), {**figures, "versions": {}, "seeds": {}})
    for part in ("\n| 0 | ", "\n| 5 | ", "held-out (test) people", "(reliability.svg)", "likes --parts newcomers"):
        assert part in newcomers
    known = known_table(ours[0][0], {"DIN": drawn(1, lean=0.1)})
    assert "| DIN | " in as_page("known", known, {**figures, "versions": {}, "seeds": {}})


def test_the_diagram_is_the_same_bytes_for_the_same_figures(tmp_path: Path) -> None:
    answers = {name: {k: drawn(1, lean=lean) for k in (0, 1)} for name, lean in (("ours", 0.0), ("means", 0.1))}
    for name in ("one", "other"):
        draw_reliability(answers, tmp_path / f"{name}.svg")
    drawing = (tmp_path / "one.svg").read_bytes()
    assert drawing == (tmp_path / "other.svg").read_bytes()
    assert b"k = 1" in drawing
