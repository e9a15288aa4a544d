"""The quick run keeps quick: what is marked is left out, and what should be marked fails."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.processes

TESTS = """
import subprocess, sys
from multiprocessing import get_context
import pytest

def test_starts_a_program():
    subprocess.run([sys.executable, "-c", ""])

def test_starts_a_process():
    process = get_context("spawn").Process()
    process.start()
    process.join()

def test_loads_tensorflow():
    import tensorflow

@pytest.mark.processes
def test_starts_a_program_and_says_so():
    subprocess.run([sys.executable, "-c", ""])

@pytest.mark.long("a second of work")
def test_is_long_and_says_so(): pass

@pytest.mark.tensorflow
def test_loads_tensorflow_and_says_so():
    import tensorflow

def test_asks_git():
    subprocess.run(["git", "--version"])

def test_is_quick(): pass
"""


def run(pytester: pytest.Pytester, *asked: str) -> pytest.RunResult:
    """Run these tests in a process that has not loaded TensorFlow; an empty file stands for it."""
    pytester.makeini("[pytest]\nmarkers =\n    long\n    processes\n    tensorflow\npythonpath = .")
    pytester.makepyfile(tensorflow="")
    plain = ("-p", "no:asyncio", "-p", "no:hypothesispytest", "-p", "no:xdist")
    return pytester.runpytest_subprocess(*plain, "-p", "tests.slow", *asked)


def test_what_is_slow_without_a_marker_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = run(pytester)
    result.assert_outcomes(failed=3, passed=5)
    result.stdout.fnmatch_lines(
        [
            "*who starts a process is marked `processes`. Received: python*",
            "*who starts a process is marked `processes`. Received: SpawnProcess-1*",
            "*who loads TensorFlow is marked `tensorflow`. Received: no such marker*",
        ]
    )


def test_the_quick_run_leaves_out_what_is_marked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    run(pytester, "--quick").assert_outcomes(failed=3, passed=2, deselected=3)


def test_a_file_that_loads_tensorflow_when_it_is_collected_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import tensorflow\n\ndef test_is_quick(): pass")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*loads TensorFlow while it is collected: import it where it is used"])


def test_who_is_long_says_why(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\n\n@pytest.mark.long\ndef test_is_slow(): pass")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*`long` says why. Received: *::test_is_slow without a reason"])
