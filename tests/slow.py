"""A pytest plugin: what is slow says so by a marker, and a test that forgets its marker fails.

`pytest --quick` leaves out every test that has one, and tries fewer examples.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

SLOW: Final = frozenset({"chromium", "faults", "long", "postgres", "processes", "tensorflow"})
# Programs that answer in milliseconds: git says which commit this is.
QUICK_PROGRAMS: Final = frozenset({"git"})
# Of what Hypothesis could try; all of it, by its own default, is tried by `make test`.
QUICK_EXAMPLES: Final = 20

# The programs started since the current test began.
_started: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help=f"leave out what is marked {', '.join(sorted(SLOW))}")


def pytest_configure(config: pytest.Config) -> None:
    # How long an example takes says how busy the machine is.
    settings.register_profile("all", deadline=None)
    settings.register_profile("quick", deadline=None, max_examples=QUICK_EXAMPLES)
    settings.load_profile("quick" if config.getoption("quick") else "all")
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    run, start = subprocess.Popen.__init__, BaseProcess.start

    def run_and_tell(self: subprocess.Popen[Any], args: Any, *others: Any, **options: Any) -> None:
        _started.append(Path(str(args if isinstance(args, str) else args[0])).name)
        run(self, args, *others, **options)

    def start_and_tell(self: BaseProcess) -> None:
        _started.append(self.name)
        start(self)

    patch.setattr(subprocess.Popen, "__init__", run_and_tell)
    patch.setattr(BaseProcess, "start", start_and_tell)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if (marker := item.get_closest_marker("long")) is not None and not marker.args:
            raise pytest.UsageError(f"`long` says why. Received: {item.nodeid} without a reason")
    if config.getoption("quick"):
        config.hook.pytest_deselected(items=[item for item in items if find_markers(item)])
        items[:] = [item for item in items if not find_markers(item)]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    had = _has_tensorflow()
    report = yield
    if _has_tensorflow() and not had:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} loads TensorFlow while it is collected: import it where it is used"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with _kept_quick(item):
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with _kept_quick(item):
        yield


def find_markers(item: pytest.Item) -> set[str]:
    """Return the markers that say what makes a test slow."""
    return {marker.name for marker in item.iter_markers()} & SLOW


@contextmanager
def _kept_quick(item: pytest.Item) -> Iterator[None]:
    """Fail a test without a marker that did what needs one."""
    had = _has_tensorflow()
    _started.clear()
    yield
    if find_markers(item):
        return
    slow = [program for program in _started if program not in QUICK_PROGRAMS]
    assert not slow, f"who starts a process is marked `processes`. Received: {', '.join(slow)}"
    assert had or not _has_tensorflow(), "who loads TensorFlow is marked `tensorflow`. Received: no such marker"


def _has_tensorflow() -> bool:
    return "tensorflow" in sys.modules
