"""Pages of figures: tables, differences and origins as Markdown, kept between marks that name their command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any, Final

from recommender.evaluation.bootstrap import Difference

WIDTH: Final = 100  # of prose on every page (docs/style.md)
DOCS: Final = Path(__file__).parent.parent / "docs"
FIGURES: Final = DOCS / "figures.md"  # what was measured of the lists' quality


def as_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, all but its first column aligned to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def say_difference(difference: Difference, digits: int = 4) -> str:
    """Return mean and interval, bold where the interval is above zero."""
    text = f"{difference.mean:+.{digits}f} [{difference.low:+.{digits}f}, {difference.high:+.{digits}f}]"
    return f"**{text}**" if difference.is_ahead else text


def say_origin(figures: Mapping[str, Any], command: str) -> str:
    """Return out of which data, seeds and versions these figures came, and how to get them again."""
    versions = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    seeds = ", ".join(f"{name} {seed}" for name, seed in figures["seeds"].items())
    return (
        f"Corpus sha256 `{figures['data']['sha256'][:16]}`; seeds: {seeds}; {versions}; "
        f"{figures['minutes']} minutes. Regenerate with `{command}`."
    )


def marks(command: str) -> tuple[str, str]:
    """Return what a command's figures stand between."""
    return f"<!-- figures of {command}: begin -->", f"<!-- figures of {command}: end -->"


def write_between_marks(file: Path, text: str, command: str) -> None:
    """Replace what stands between the command's marks on a page, or append both."""
    page, (begin, end) = file.read_text(encoding="utf-8") if file.exists() else "", marks(command)
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2] or "\n"
    body = f"{before.rstrip()}\n\n{begin}\n\n{wrap(text.strip())}\n\n{end}"
    file.write_text(f"{body}{after}", encoding="utf-8")


def wrap(page: str) -> str:
    """Return a page with its prose and lists wrapped; headings, tables, pictures and code keep their lines."""
    return "\n\n".join(_wrap_block(block) for block in page.split("\n\n"))


def _wrap_block(block: str) -> str:
    if block.startswith(("|", "#", "![")):
        return block
    if block.startswith("- "):
        return "\n".join(_fill(item, indent="  ") for item in block.splitlines())
    return _fill(block)


def _fill(text: str, *, indent: str = "") -> str:
    whole = re.sub("`[^`]+`", lambda code: code[0].replace(" ", "\0"), text)
    lines = fill(whole, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\0", " ")
