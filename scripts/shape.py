"""Hold the rules of shape that no linter knows: file and function length, and a lock without addresses."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("bot", "recommender", "migrations")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def find_faults(root: Path) -> Iterator[str]:
    """Yield one line per broken rule, naming the file and what was found."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            yield from _find_long_parts(path, path.relative_to(root).as_posix())
    for lock in sorted(root.glob("requirements*.lock")):
        yield from _find_addresses(lock)


def _find_long_parts(path: Path, name: str) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    if lines > LONGEST_FILE:
        yield f"{name}: a file has at most {LONGEST_FILE} lines. Received: {lines}"
    if name.startswith("migrations/versions/"):
        return  # a migration is one list of operations, written by Alembic
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_length(node)
            if length > LONGEST_FUNCTION:
                yield f"{name}:{node.lineno}: a function has at most {LONGEST_FUNCTION} lines. Received: {length}"


def _docstring_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1


def _find_addresses(lock: Path) -> Iterator[str]:
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
        if "://" in line or line.startswith("-"):
            yield f"{lock.name}:{number}: a lock names no index and no address. Received: {line.strip()}"


if __name__ == "__main__":
    faults = list(find_faults(Path(__file__).resolve().parent.parent))
    print("\n".join(faults) or "shape: clean")
    sys.exit(bool(faults))
