"""A run that requires a marker fails where a test with it is skipped or none passes, on one worker or several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[[str], pytest.RunResult]

RUNS = """
import pytest

@pytest.mark.postgres
def test_with_a_server(): pass

@pytest.mark.movielens
def test_with_a_release(): pass
"""
SKIPS = """
import pytest

@pytest.mark.postgres
def test_with_a_server(): pytest.skip("no server")

@pytest.mark.movielens
def test_with_a_release(): pass
"""
MISSES = """
import pytest

@pytest.mark.movielens
def test_with_a_release(): pass
"""
SKIPS_WHOLE = """
import pytest

pytest.skip("REELMATE_TEST_POSTGRES_URL names no server", allow_module_level=True)
"""


@pytest.fixture(params=[pytest.param(0, id="here"), pytest.param(2, id="workers", marks=pytest.mark.processes)])
def run(request: pytest.FixtureRequest, pytester: pytest.Pytester) -> Run:
    """Run tests that require PostgreSQL and MovieLens."""
    pytester.makeini("[pytest]\nmarkers =\n    postgres\n    movielens\naddopts = -p no:asyncio -p no:hypothesispytest")
    asked = ("-p", "tests.required", "--require=postgres,movielens")

    def run(source: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        if request.param:
            return pytester.runpytest_subprocess(*asked, f"-n{request.param}")
        return pytester.runpytest_inprocess(*asked)

    return run


def test_it_passes_where_all_that_is_required_ran(run: Run) -> None:
    result = run(RUNS)
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=2)


def test_a_required_test_that_is_skipped_fails(run: Run) -> None:
    result = run(SKIPS)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["required, yet skipped for want of postgres: *no server*"])


def test_a_required_marker_of_which_nothing_ran_fails(run: Run) -> None:
    result = run(MISSES)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["required, but no test that needs it passed: postgres"])


def test_a_module_that_is_skipped_for_want_of_what_is_required_fails(run: Run) -> None:
    result = run(SKIPS_WHOLE)
    assert result.ret not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    result.stdout.fnmatch_lines(["*required, yet skipped for want of postgres: *names no server*"])
