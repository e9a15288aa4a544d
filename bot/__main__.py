"""The command line `reelmate`; films and ratings have theirs in commands/data/typed.py. Bodies load when they run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.data import typed
from bot.commands.data.typed import Json
from bot.commands.line import Version
from bot.commands.models.typed import ab

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
bundles = typer.Typer(no_args_is_help=True, help="List the published models, or go back to an earlier one.")
app.add_typer(typed.imports, name="import")
app.add_typer(typed.corpora, name="corpora")
app.add_typer(typed.twins, name="twins")
app.add_typer(bundles, name="bundles")
app.add_typer(ab, name="ab")

Port = Annotated[int, typer.Option(min=0, max=65535, help="Where the chat page listens; 0 takes a free port.")]


@app.callback()
def reelmate(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept; else REELMATE_DATA_DIR.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show traces and chatty logs.")] = False,
    _version: Version = False,
) -> None:
    """Reelmate: a Telegram bot that learns your taste in films and recommends what to watch next."""
    from bot.commands.invocation import Invocation

    context.obj = Invocation(data_dir, debug)


@app.command()
def demo(
    context: typer.Context,
    port: Port = 8080,
    no_open: Annotated[bool, typer.Option("--no-open", help="Leave the browser closed.")] = False,
) -> None:
    """Chat with the bot in a local page: no account, no key."""
    from bot.commands.run.demo import run_demo

    run_demo(context.obj, port=port, opens_browser=not no_open)


@app.command()
def run(context: typer.Context) -> None:
    """Run the bot on Telegram."""
    from bot.commands.run.run import run_on_telegram

    run_on_telegram(context.obj)


@app.command()
def sandbox(
    context: typer.Context,
    port: Port = 8081,
    token: Annotated[str, typer.Option(help="The only token it accepts.")] = "1:sandbox",
    name: Annotated[str, typer.Option(help="What the bot is called.")] = "Reelmate",
    username: Annotated[str, typer.Option(help="The bot's @name, without the @.")] = "reelmate_bot",
) -> None:
    """Run the local Telegram alone, for any bot."""
    from bot.commands.run.sandbox import run_sandbox

    run_sandbox(context.obj, port=port, token=token, name=name, username=username)


@app.command()
def retrain(
    context: typer.Context,
    model: Annotated[str | None, typer.Option(help="Which ranker to train.")] = None,
    compare: Annotated[
        str | None, typer.Option(help="Rankers to train beside it, names with commas; the best may be published.")
    ] = None,
    incremental: Annotated[
        bool, typer.Option("--incremental", help="Go on from the serving model: quick, when little is new.")
    ] = False,
    settings: Annotated[
        Path | None, typer.Option(help="A file that tune wrote; else the data directory's, where it has one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Train a model, or several, on what there is; publish the best if it is good enough."""
    from bot.commands.models.retrain import retrain_once

    retrain_once(
        context.obj,
        model=model,
        compare=compare,
        incremental=incremental,
        settings_file=settings,
        as_json=as_json,
    )


@app.command()
def tune(
    context: typer.Context,
    model: Annotated[str | None, typer.Option(help="Whose settings to search.")] = None,
    corpus: Annotated[str | None, typer.Option(help="A corpus by name, or a MovieLens folder or zip.")] = None,
    trials: Annotated[int | None, typer.Option(min=1, help="In all, earlier runs' too; else 50, or by --time.")] = None,
    time: Annotated[str | None, typer.Option(help="Begin nothing that would end later, such as 20m.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Try so many settings at a time.")] = 1,
    people: Annotated[int, typer.Option(min=0, help="Judge by so many people a block at most; 0 for all.")] = 200,
    study: Annotated[Path | None, typer.Option(help="The file of all trials; else in the data directory.")] = None,
    settings: Annotated[Path | None, typer.Option(help="Where the best go; else where retrain looks.")] = None,
    as_json: Json = False,
) -> None:
    """Search a model's settings, with Optuna; run it again to go on. retrain takes the best."""
    from bot.commands.tune.tune import tune_model

    tune_model(
        context.obj,
        model=model,
        corpus=corpus,
        trials=trials,
        time_limit=time,
        jobs=jobs,
        people=people,
        study_file=study,
        settings_file=settings,
        as_json=as_json,
    )


@app.command()
def evaluate(
    context: typer.Context,
    corpus: Annotated[str | None, typer.Option(help="A corpus by name, or a MovieLens folder or zip.")] = None,
    rankers: Annotated[str | None, typer.Option(help="Names with commas; else all that are light.")] = None,
    folds: Annotated[int, typer.Option(min=1, max=5, help="How many of the five folds to judge on.")] = 5,
    people: Annotated[int, typer.Option(min=0, help="Judge on so many people of a fold at most; 0 for all.")] = 5_000,
    new_films: Annotated[bool, typer.Option("--new-films", help="Judge by films that nobody rated before.")] = False,
    how_sure: Annotated[bool, typer.Option("--how-sure", help="Judge by chances of a like, not by lists.")] = False,
    interview: Annotated[bool, typer.Option("--interview", help="Judge questions: lists after so many.")] = False,
    rolling: Annotated[bool, typer.Option("--rolling", help="Learn only from what was rated before.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Judge so many folds and rankers at a time.")] = 1,
    scores: Annotated[list[str] | None, typer.Option(help="FILE.py:NAME, any class with fit and score.")] = None,
    served: Annotated[bool, typer.Option("--served", help="Judge the published model's lists, with --on.")] = False,
    on: Annotated[
        str | None, typer.Option(help="The corpus whose people judge it: a name, or a MovieLens folder or zip.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge rankers on the cold-start ladder: how good are lists for new people?"""
    from bot.commands.evaluate.interviews import evaluate_interviews
    from bot.commands.evaluate.likes import evaluate_likes
    from bot.commands.evaluate.lists import evaluate_rankers
    from bot.commands.evaluate.new_films import evaluate_new_films
    from bot.commands.evaluate.strangers import evaluate_published

    if served or on:
        beside = (corpus, rankers, new_films, how_sure, interview, rolling, scores, jobs > 1)
        if not (served and on) or any(beside):
            raise typer.BadParameter("--served needs --on CORPUS, and takes --people and --json alone")
        return evaluate_published(context.obj, on=on, people=people, as_json=as_json)
    if new_films + how_sure + interview > 1:
        raise typer.BadParameter("choose one of --new-films, --how-sure and --interview, not both")
    if (new_films or how_sure or interview) and (jobs > 1 or rolling or scores):
        raise typer.BadParameter("--jobs, --rolling and --scores are for the ladder of lists alone")
    lists = partial(evaluate_rankers, jobs=jobs, split="rolling" if rolling else "people", scores=scores or ())
    others = {evaluate_new_films: new_films, evaluate_likes: how_sure, evaluate_interviews: interview}
    judge = next((each for each, is_asked in others.items() if is_asked), lists)
    judge(context.obj, corpus=corpus, rankers=rankers, folds=folds, people=people, as_json=as_json)


@app.command()
def recommend(
    context: typer.Context,
    genres: Annotated[str, typer.Option(help="Genres with commas, such as Sci-Fi,Drama.")] = "",
    liked: Annotated[list[str] | None, typer.Option(help='A film liked, such as "Heat (1995)"; repeatable.')] = None,
    disliked: Annotated[list[str] | None, typer.Option(help="A film disliked; repeatable.")] = None,
    count: Annotated[int, typer.Option("-k", min=1, max=100, help="How many films.")] = 10,
    novelty: Annotated[float, typer.Option(min=0, max=1, help="1 for new and little-known films first.")] = 0.0,
    only: Annotated[str, typer.Option(help="Films of at least one of these genres, with commas.")] = "",
    without: Annotated[str, typer.Option(help="No film of these genres, with commas.")] = "",
    year_from: Annotated[int | None, typer.Option("--from", help="The first year a film may be of.")] = None,
    year_to: Annotated[int | None, typer.Option("--to", help="The last year a film may be of.")] = None,
    as_json: Json = False,
) -> None:
    """Recommend films from the shell."""
    from bot.commands.models.recommend import make_filters, recommend_films

    recommend_films(
        context.obj,
        genres=genres,
        liked=liked or [],
        disliked=disliked or [],
        count=count,
        filters=make_filters(only=only, without=without, year_from=year_from, year_to=year_to, novelty=novelty),
        as_json=as_json,
    )


@bundles.command("list")
def list_bundles(context: typer.Context, as_json: Json = False) -> None:
    """List the published models, newest first."""
    from bot.commands.models.bundles import list_versions

    list_versions(context.obj, as_json=as_json)


@bundles.command("rollback")
def roll_back_bundle(context: typer.Context, as_json: Json = False) -> None:
    """Serve the model before the current one again."""
    from bot.commands.models.bundles import roll_back

    roll_back(context.obj, as_json=as_json)


app.command()(typed.update)


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring the database to this version's schema."""
    from bot.commands.data.migrate import migrate_database

    migrate_database(context.obj)


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[Path | None, typer.Argument(help="The file; else one in the data directory's backups.")] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="How many files of that folder stay, the newest.")] = None,
) -> None:
    """Copy the database into one verified file, while the bot goes on."""
    from bot.commands.data.backups import back_up_database

    back_up_database(context.obj, target, keep=keep)


@app.command()
def restore(
    context: typer.Context,
    backup: Annotated[Path, typer.Argument(help="A file that `reelmate backup` wrote, of either kind of database.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the database that is there.")] = False,
) -> None:
    """Make a backup the database again, while no bot runs; what it replaces is kept."""
    from bot.commands.data.backups import restore_database

    restore_database(context.obj, backup, overwrite=overwrite)


@app.command()
def stats(
    context: typer.Context,
    lists: Annotated[bool, typer.Option("--lists", help="What became of the films that were shown.")] = False,
    serve: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Show all of it as a page on this port of the loopback.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Count what is stored and what became of it; with --lists, films shown by the chance they were shown with."""
    from bot.commands.data.stats import print_stats, serve_stats

    if serve is not None:
        return serve_stats(context.obj, port=serve)
    print_stats(context.obj, lists=lists, as_json=as_json)


@app.command()
def doctor(
    context: typer.Context,
    running: Annotated[bool, typer.Option("--running", help="Only: how is the bot that runs here?")] = False,
    as_json: Json = False,
) -> None:
    """Look at everything Reelmate needs and say what to do."""
    if running:
        from bot.commands.run.heartbeat import examine_heartbeat

        return examine_heartbeat(context.obj, as_json=as_json)
    from bot.commands.run.doctor import examine

    examine(context.obj, as_json=as_json)


def invoke(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; every failure is one line on stderr, traces only with --debug."""
    from bot.commands.line import run_line

    return run_line(app, arguments)


def main() -> None:
    """Run the command line of this process."""
    sys.exit(invoke(sys.argv[1:]))


if __name__ == "__main__":
    main()
