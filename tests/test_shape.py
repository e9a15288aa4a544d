"""The rules of shape are kept, and a breach of each is seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "shape.py"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("bot", "scripts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "requirements.lock").write_text("numpy==2.0 \\\n    --hash=sha256:00\n")
    (tmp_path / "scripts" / "shape.py").write_bytes(SCRIPT.read_bytes())
    return tmp_path


def find_faults(tree: Path) -> str:
    script = tree / "scripts" / "shape.py"
    return subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False).stdout


def test_a_clean_tree_is_clean(tree: Path) -> None:
    (tree / "bot" / "short.py").write_text("x = 1\n")
    assert find_faults(tree) == "shape: clean\n"


def test_a_long_file_is_seen(tree: Path) -> None:
    (tree / "bot" / "long.py").write_text("x = 1\n" * 301)
    assert "bot/long.py: a file has at most 300 lines. Received: 301" in find_faults(tree)


def test_a_long_function_is_seen_and_its_docstring_does_not_count(tree: Path) -> None:
    (tree / "bot" / "long.py").write_text("def f():\n" + "    x = 1\n" * 40)
    (tree / "bot" / "told.py").write_text('def f():\n    """Tell\n' + "    more\n" * 40 + '    """\n    return 1\n')
    faults = find_faults(tree)
    assert "bot/long.py:1: a function has at most 40 lines. Received: 41" in faults
    assert "told.py" not in faults


def test_an_address_in_the_lock_is_seen(tree: Path) -> None:
    (tree / "requirements.lock").write_text("--index-url https://packages.example/simple\nnumpy==2.0\n")
    assert "requirements.lock:1" in find_faults(tree)
