"""A pytest plugin for CI: what a marker names must be there, so a skipped test that needs it is a failure.

pytest -p tests.required --require=postgres,movielens,chromium
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

# How a skip that carries no marker (a fixture's, a module's) gives away what it missed.
SIGNS = {"postgres": "REELMATE_TEST_POSTGRES_URL", "movielens": "REELMATE_MOVIELENS", "chromium": "hromium"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require", default="", help="markers whose tests must not be skipped, separated by commas")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # a worker sees its share of the tests alone
        config.pluginmanager.register(Passed(config))


class Passed:
    """Who passed, here or on a worker; a required marker that nobody with it passed fails the run."""

    def __init__(self, config: pytest.Config) -> None:
        self._unseen = _required(config)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._unseen -= set(getattr(report, "required", ()))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self._unseen and exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            print(f"\nrequired, but no test that needs it passed: {', '.join(sorted(self._unseen))}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marked = {name for name in _required(item.config) if item.get_closest_marker(name)}
    report.__dict__["required"] = sorted(marked)  # goes from a worker to whoever counts
    _refuse_skip(report, marked | _named_in(report, item.config))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report, _named_in(report, collector.config))
    return report


def _required(config: pytest.Config) -> set[str]:
    return {name for name in str(config.getoption("--require")).split(",") if name}


def _named_in(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> set[str]:
    return {name for name in _required(config) if SIGNS.get(name, name) in str(report.longrepr)}


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport, missed: set[str]) -> None:
    if report.skipped and missed and not hasattr(report, "wasxfail"):
        report.longrepr = f"required, yet skipped for want of {', '.join(sorted(missed))}: {report.longrepr}"
        report.outcome = "failed"
