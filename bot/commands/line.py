"""One command line, run to its exit code: every failure is one line on stderr, traces only with --debug."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Final

import typer

# Imports make objects by the hundred thousand and hardly any garbage: Python's own 700 cost a fifth of a start.
OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
COLLECTIONS_BETWEEN_LARGER: Final = 20


def show_version(asked: bool) -> None:
    """Print the version and end, where it is asked for."""
    if asked:
        print(f"reelmate {version('reelmate')}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", help="Show which Reelmate this is.", is_eager=True, callback=show_version)
]


def run_line(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command line of an application and return its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, COLLECTIONS_BETWEEN_LARGER, COLLECTIONS_BETWEEN_LARGER)
    try:
        return app(list(arguments), prog_name="reelmate", standalone_mode=False) or 0
    except typer.TyperException as error:
        return _complain(f"{_usage_fault(error)} See reelmate --help.", code=2) if str(error) else 2
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        if "--debug" in arguments:
            raise
        from bot.commands.errors import explain

        return _complain(explain(error), code=1)


def _usage_fault(error: typer.TyperException) -> str:
    """Return what was wrong, with the option's name; Typer's own base class promises only the text."""
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    line = " ".join(text.split())
    return line if line.endswith("?") else f"{line.rstrip('.?')}."


def _complain(sentence: str, *, code: int) -> int:
    print(f"reelmate: {sentence}", file=sys.stderr)
    return code
