"""A pytest plugin for runs on one worker or several: how many, what they are told, and what begins first.

Tests of one file go to one worker (`--dist loadfile`), so what a module makes once is made once.
"""

from __future__ import annotations

import gc
import math
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from tests.shared import FOLDER
from tests.slow import find_markers

# Each worker holds a TensorFlow of its own, of about a gigabyte.
MOST_WORKERS: Final = 8
# Tests wait for a third of their time, for a child, a server or a clock: three workers keep two cores busy.
WORKERS_A_CORE: Final = 1.5
# What a test is taken for that has not run yet, with a marker of what is slow, and without one.
SLOW_S, QUICK_S = 3.0, 0.05
# What tests write is gone a moment later: in memory nobody waits for a disk to have it.
MEMORY: Final = Path("/dev/shm")
# Several times what a run writes.
ROOM_BYTES: Final = 2 << 30
# A worker has one core to itself.
ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "TF_NUM_INTRAOP_THREADS",
        "TF_NUM_INTEROP_THREADS",
    ),
    "1",
)
TOLD: Final = {
    # What a training tells TensorFlow, whichever test loads it first.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # A step of the converter that fails must fail its test; to undo it, the network would be copied before each step.
    "TF2ONNX_CATCH_ERRORS": "FALSE",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many workers `-n auto` means."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, math.ceil(WORKERS_A_CORE * cores))


def pytest_configure(config: pytest.Config) -> None:
    """Set what workers and child processes inherit."""
    if is_worker(config):
        return
    folder = tempfile.TemporaryDirectory(prefix="reelmate-tests-")
    config.add_cleanup(folder.cleanup)
    # Nothing here asks for a certificate: to read every authority's would take longer than most tests.
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ.update({**TOLD, "SSL_CERT_DIR": folder.name})
    if has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if config.getoption("numprocesses", None):
        os.environ.update({**ONE_THREAD, FOLDER: folder.name})
        config.pluginmanager.register(Timing(config))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let files begin first that last longest: by what they took the last time, or else by what their tests need."""
    if is_worker(config):
        guessed_s: dict[str, float] = defaultdict(float)
        for item in items:
            guessed_s[_file_of(item.nodeid)] += SLOW_S if find_markers(item) else QUICK_S
        seconds = {**guessed_s, **_kept_seconds(config)}
        items.sort(key=lambda item: seconds[_file_of(item.nodeid)], reverse=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the collector away while everything is loaded: hardly any of it is ever let go."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Spare the collector what is there before the first test: it would look at all of it in every training."""
    _spare_collector()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Spare it TensorFlow too, and what is kept of each network: Keras has it look at everything before a training."""
    done = yield
    if item.get_closest_marker("tensorflow"):
        _spare_collector()
    return done


def _spare_collector() -> None:
    gc.collect()
    gc.freeze()


class Timing:
    """How long the tests of each file took in this run, kept for the next one."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._seconds[_file_of(report.nodeid)] += report.duration

    def pytest_sessionfinish(self) -> None:
        if (cache := _cache(self._config)) is not None:
            cache.set(_key(self._config), {**_kept_seconds(self._config), **self._seconds})


def _kept_seconds(config: pytest.Config) -> dict[str, float]:
    cache = _cache(config)
    kept: dict[str, float] = {} if cache is None else cache.get(_key(config), {})
    return kept


def _cache(config: pytest.Config) -> pytest.Cache | None:
    """Return pytest's cache; None where it is switched off."""
    return getattr(config, "cache", None)


def _key(config: pytest.Config) -> str:
    return f"reelmate/{'quick' if config.getoption('quick') else 'all'}_seconds"


def _file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def has_room(folder: Path) -> bool:
    """Say whether tests may write into a folder, and have the room there."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM_BYTES


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
