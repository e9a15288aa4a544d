"""Tests write into memory where there is room for it, and nowhere else unasked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.workers import has_room


def test_a_folder_with_room_is_written_to_and_one_without_it_or_that_is_not_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.workers.ROOM_BYTES", 1)
    assert has_room(tmp_path)
    assert not has_room(tmp_path / "nowhere")
    monkeypatch.setattr("tests.workers.ROOM_BYTES", 1 << 60)
    assert not has_room(tmp_path)


@pytest.mark.processes
def test_files_that_lasted_longest_begin_first_the_next_time(pytester: pytest.Pytester) -> None:
    for name in ("brief", "lasting", "usual"):
        pytester.makepyfile(**{f"test_{name}": "def test_it(): pass"})
    assert _order(pytester) == ["brief", "lasting", "usual"]
    kept = pytester.path / ".pytest_cache" / "v" / "reelmate" / "all_seconds"
    assert json.loads(kept.read_text()).keys() == {"test_brief.py", "test_lasting.py", "test_usual.py"}
    kept.write_text(json.dumps({"test_brief.py": 1.0, "test_lasting.py": 9.0, "test_usual.py": 3.0}))
    assert _order(pytester) == ["lasting", "usual", "brief"]


@pytest.mark.processes
def test_a_file_of_slow_tests_begins_first_where_nothing_is_known(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_brief="def test_it(): pass")
    pytester.makepyfile(test_slow="import pytest\n\n@pytest.mark.processes\ndef test_it(): pass")
    assert _order(pytester) == ["slow", "brief"]


def _order(pytester: pytest.Pytester) -> list[str]:
    """Return the files in the order in which one worker was done with them."""
    pytester.makeini("[pytest]\nmarkers = processes")
    plain = ("-p", "no:asyncio", "-p", "no:hypothesispytest", "-p", "tests.slow", "-p", "tests.workers")
    result = pytester.runpytest_subprocess(*plain, "-n", "1", "--dist", "loadfile", "--no-loadscope-reorder", "-v")
    return re.findall(r"PASSED.* test_(\w+)\.py", result.stdout.str())
