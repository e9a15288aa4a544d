"""What commands print on stdout: one JSON object, or tables and sentences for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

# Raised whenever a key of any --json object changes its name or meaning.
SCHEMA_VERSION: Final = 2
# A file has no width to keep to; the widest table is that of a ladder's differences.
FILE_WIDTH: Final = 250


def print_json(content: Mapping[str, Any]) -> None:
    """Print one object, its schema_version first."""
    print(json.dumps({"schema_version": SCHEMA_VERSION, **content}, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str | Text]]) -> None:
    """Print rows under their columns' names; plain text is taken literally, brackets and all."""
    # Imported here: a bot that runs draws no tables.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    table.show_header = any(columns)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    console = Console()
    if console.is_terminal:
        console.print(table)
    else:
        print(_as_lines(table))


def _as_lines(table: Table) -> str:
    """Return a table for a file."""
    from rich.console import Console

    console = Console(width=FILE_WIDTH)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def say_aside(sentence: str) -> None:
    """Print one line for a person beside what a program reads."""
    print(sentence, file=sys.stderr, flush=True)


def say(sentence: str) -> None:
    """Print one line for a person."""
    print(sentence, flush=True)
