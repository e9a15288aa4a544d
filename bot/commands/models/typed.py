"""The part of the command line that compares two published models. Bodies load when they run."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.data.typed import Json

ab = typer.Typer(no_args_is_help=True, help="Compare two published models, side by side.")


@ab.command("start")
def start(
    context: typer.Context,
    challenger: Annotated[str, typer.Argument(help="A published version, other than the one that serves.")],
    share: Annotated[float, typer.Option(min=0.01, max=0.99, help="The share of people whom it serves.")] = 0.5,
    as_json: Json = False,
) -> None:
    """Let a published model serve a share of people beside the one that serves."""
    from bot.commands.models.ab import start_challenge

    start_challenge(context.obj, challenger, share=share, as_json=as_json)


@ab.command("status")
def status(context: typer.Context, as_json: Json = False) -> None:
    """Say which two serve side by side, and what is known of them so far."""
    from bot.commands.models.ab import show_challenge

    show_challenge(context.obj, as_json=as_json)


@ab.command("stop")
def stop(context: typer.Context, as_json: Json = False) -> None:
    """Let the model that was published last serve everybody again."""
    from bot.commands.models.ab import stop_challenge

    stop_challenge(context.obj, as_json=as_json)
