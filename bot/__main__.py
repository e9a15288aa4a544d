"""The command line `reelmate`: every command on one screen. Bodies live in bot/commands and load when they run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Where the chat page listens; 0 takes a free port.")]


@app.callback()
def reelmate(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept; else REELMATE_DATA_DIR.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show traces and chatty logs.")] = False,
) -> None:
    """Reelmate: a Telegram bot that learns your taste in films and recommends what to watch next."""
    from bot.commands.invocation import Invocation

    context.obj = Invocation(data_dir, debug)


@app.command()
def sandbox(
    context: typer.Context,
    port: Port = 8081,
    token: Annotated[str, typer.Option(help="The only token it accepts.")] = "1:sandbox",
) -> None:
    """Run the local Telegram alone, for any bot."""
    from bot.commands.local_telegram import run_sandbox

    run_sandbox(context.obj, port=port, token=token)


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring the database to this version's schema."""
    from bot.commands.migrating import migrate_database

    migrate_database(context.obj)


@app.command()
def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Look at everything Reelmate needs and say what to do."""
    from bot.commands.doctor import examine

    examine(context.obj, as_json=as_json)


def invoke(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every failure is one line on stderr, traces only with --debug."""
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


def main() -> None:
    """Run the command line of this process."""
    sys.exit(invoke(sys.argv[1:]))


def _usage_fault(error: typer.TyperException) -> str:
    """Return what was wrong, with the option's name; Typer's own base class promises only the text."""
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    return f"{' '.join(text.split()).rstrip('.')}."


def _complain(sentence: str, *, code: int) -> int:
    print(f"reelmate: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
