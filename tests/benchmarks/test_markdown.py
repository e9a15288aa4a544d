"""Figures on a page."""

from __future__ import annotations

from pathlib import Path

from benchmarks.markdown import WIDTH, as_table, marks, say_difference, wrap, write_between_marks
from recommender.evaluation.bootstrap import Difference


def test_text_between_the_marks_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    begin, end = marks("make one")
    page = tmp_path / "quality.md"
    page.write_text("# Quality\n\nBefore.\n", encoding="utf-8")
    write_between_marks(page, "one", "make one")
    page.write_text(page.read_text(encoding="utf-8") + "\nAfter.\n", encoding="utf-8")
    write_between_marks(page, "two", "make one")
    assert page.read_text(encoding="utf-8") == f"# Quality\n\nBefore.\n\n{begin}\n\ntwo\n\n{end}\n\nAfter.\n"


def test_figures_of_one_command_leave_those_of_another(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    for command, text in (("make one", "1"), ("make two", "2"), ("make one", "3")):
        write_between_marks(page, text, command)
    text = page.read_text(encoding="utf-8")
    assert [text.count(part) for part in ("\n1\n", "\n2\n", "\n3\n")] == [0, 1, 1]
    assert text.index("3") < text.index("2")


def test_a_lead_is_bold_only_when_its_interval_is_above_zero() -> None:
    assert say_difference(Difference(0.2, 0.1, 0.3)) == "**+0.2000 [+0.1000, +0.3000]**"
    assert say_difference(Difference(0.2, -0.1, 0.5), digits=1) == "+0.2 [-0.1, +0.5]"


def test_numbers_of_a_table_are_aligned_to_the_right() -> None:
    assert as_table(["ranker", "k=0"], [["a", "1"]]) == "| ranker | k=0 |\n| --- | --: |\n| a | 1 |"


def test_prose_and_lists_are_wrapped_and_tables_and_headings_are_not() -> None:
    table, heading = as_table(["ranker", "k=0"], [["a" * WIDTH, "1"]]), f"### {'word ' * 30}end"
    lines = wrap(f"{heading}\n\n{'word ' * 30}\n\n- {'one; ' * 30}\n- two\n\n{table}").splitlines()
    assert lines[0] == heading
    assert lines[-3:] == table.splitlines()
    assert max(len(line) for line in lines[1:-3]) <= WIDTH
    assert [line[:5] for line in lines if "one;" in line or "two" in line] == ["- one", "  one", "- two"]


def test_a_command_stays_on_one_line() -> None:
    command = "`python -m benchmarks models --corpus PATH --folds 0 1 2`"
    assert command in wrap(f"{'word ' * 15}{command} {'word ' * 15}")
