"""Folds judged in processes beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.movielens import read_movielens
from bot.commands.errors import CommandError
from bot.commands.evaluate.folds import evaluate_folds
from tests.bot.catalogue.releases import write_csv_layout


@pytest.mark.processes
def test_a_process_ended_from_outside_is_one_clear_line(tmp_path: Path) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    places = {"fatal": "tests.bot.commands.evaluate.fatal:FATAL"}
    with pytest.raises(CommandError, match="Ask for fewer --jobs"):
        evaluate_folds(places, read_movielens(corpus), 2, lambda step, done, total, note="": None, jobs=2)
