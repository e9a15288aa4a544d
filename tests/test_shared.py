"""What workers share is made once in a run, and by each run anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared import FOLDER, shared


class Maker:
    """Counts what it makes."""

    count = 0

    def __call__(self) -> dict[str, int]:
        self.count += 1
        return {"number": self.count}


def test_workers_of_one_run_make_it_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    one, other = Maker(), Maker()
    assert shared("thing", one) == shared("thing", other) == {"number": 1}
    assert (one.count, other.count) == (1, 0)
    assert shared("another", other) == {"number": 1}


def test_without_workers_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    maker = Maker()
    assert [shared("thing", maker), shared("thing", maker)] == [{"number": 1}, {"number": 2}]
