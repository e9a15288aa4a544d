"""What the docs say is there: links, headings, commands, files; and a fault of each kind is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prose import PAGES, ROOT, find_anchors, find_faults, find_tree

PAGE = ROOT / "docs" / "made_up.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_has_no_fault(page: Path) -> None:
    assert list(find_faults(page, page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("word " * 30, "a line has at most 100 characters"),
        ("[a page](gone.md)", "gone.md: no such file"),
        ('<img src="gone.webp">', "gone.webp: no such file"),
        ("# One\n\n[a part](#two)", "#two: no such heading"),
        ("[a part](design.md#gone)", "design.md#gone: no such heading"),
        ("`make gold`", "make gold: no such target"),
        ("    make gold   # as they did\n", "make gold: no such target"),
        ("`reelmate dance`", "reelmate dance: no such command"),
        ("`reelmate bundles burn`", "reelmate bundles burn: no such command"),
        ("`reelmate --debug run --fast`", "no such option --fast"),
        ("`reelmate\nretrain --modle din`", "no such option --modle"),
        ("`python -m benchmarks dance`", "python -m benchmarks dance: no such benchmark"),
        ("`python -m benchmarks scale --gold`", "no such option --gold"),
        ("`recommender/tables.py`", "recommender/tables.py: no such file"),
        ("`bot/gone/*.py`", "bot/gone/*.py: no such file"),
        ("`gone.py`", "gone.py: no file of this name"),
        ("    bot/\n      ladder.py   a module\n", "bot/ladder.py of the tree is not there"),
    ],
)
def test_a_fault_is_seen(text: str, fault: str) -> None:
    found = list(find_faults(PAGE, text))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    "text",
    [
        f"| {'wide ' * 30}|",
        f"    {'wide ' * 30}",
        f"A [link](https://example.org/{'x' * 100}) of a few words.",
        "# A part, with `code`\n\n[it](#a-part-with-code)",
        '`.venv/bin/reelmate --data-dir /srv recommend --liked "Heat (1995)" -k 3`',
        "`reelmate bundles`, `reelmate import movielens SOURCE`, `make demo PORT=8099`",
        "`python -m benchmarks NAME`, `python -m benchmarks models --folds 0`",
        "`recommender/training/models/*.py`, `tests/`, `pyproject.toml`, `ladder.py`",
    ],
)
def test_what_is_right_passes(text: str) -> None:
    assert list(find_faults(PAGE, text)) == []


def test_a_heading_that_comes_twice_is_numbered() -> None:
    assert find_anchors("# One\n## Two\n## Two\n") == {"one", "two", "two-1"}


def test_a_tree_is_read_by_its_indentation() -> None:
    tree = "    a/      some\n      b/    more\n        c.py, d.py   two\n      e.py   last\n    f/\n"
    assert list(find_tree(tree)) == ["a/", "a/b/", "a/b/c.py", "a/b/d.py", "a/e.py", "f/"]
