"""The part of the command line that is about films and ratings. Bodies load when they run."""

from __future__ import annotations

from typing import Annotated

import typer

imports = typer.Typer(no_args_is_help=True, help="Bring in films and ratings.")
corpora = typer.Typer(no_args_is_help=True, help="List, show or remove the imported corpora.")
twins = typer.Typer(no_args_is_help=True, help="List films that stood there twice, part or join them.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


@imports.command("starter")
def import_starter(context: typer.Context) -> None:
    """Store the starter catalogue and its simulated ratings."""
    from bot.commands.data.imports import store_starter

    store_starter(context.obj)


@imports.command("movielens")
def import_movielens(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A folder, a zip, or a release to download, such as ml-latest-small.")],
    replace: Annotated[str | None, typer.Option(help="A stored corpus that goes once this one is there.")] = None,
) -> None:
    """Store a MovieLens release: films in the catalogue, ratings as a corpus to learn from."""
    from bot.commands.data.imports import store_movielens

    store_movielens(context.obj, source, instead_of=replace)


@imports.command("movietweetings")
def import_movietweetings(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A folder or a zip with movies.dat and ratings.dat.")],
    replace: Annotated[str | None, typer.Option(help="A stored corpus that goes once this one is there.")] = None,
) -> None:
    """Store MovieTweetings, for who may not use MovieLens: the same, under the MIT licence."""
    from bot.commands.data.imports import store_movietweetings

    store_movietweetings(context.obj, source, instead_of=replace)


def update(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and store nothing.")] = False,
    ask_all: Annotated[bool, typer.Option("--all", help="Ask for films of the last 30 days' updates, too.")] = False,
    since: Annotated[int | None, typer.Option(help="Add films from this year on; else from last year on.")] = None,
    sitelinks: Annotated[int | None, typer.Option(min=1, help="How many wikis must write about a new film.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="Where to ask; else REELMATE_WIKIDATA_URL.")] = None,
    as_json: Json = False,
) -> None:
    """Bring films and facts up to date from Wikidata, and add films that came out since."""
    from bot.commands.data.update import Wishes, update_films

    update_films(context.obj, Wishes(endpoint, since, sitelinks, asks_all=ask_all, is_dry=dry_run), as_json=as_json)


@twins.command("list")
def list_twins(context: typer.Context, as_json: Json = False) -> None:
    """List the films that stand for another one."""
    from bot.commands.data.twins import list_twins

    list_twins(context.obj, as_json=as_json)


@twins.command("part")
def part_twin(
    context: typer.Context, film: Annotated[int, typer.Argument(help="The id of the film that went.")]
) -> None:
    """Make two films of one again, with what people had said of each."""
    from bot.commands.data.twins import part_twin

    part_twin(context.obj, film)


@twins.command("join")
def join_films(
    context: typer.Context,
    film: Annotated[int, typer.Argument(help="The id of the film that goes.")],
    into: Annotated[int, typer.Argument(help="The id of the film that stays.")],
) -> None:
    """Let one film stand for another, with what people said of it."""
    from bot.commands.data.twins import join_films

    join_films(context.obj, film, into)


@corpora.command("list")
def list_corpora(context: typer.Context, as_json: Json = False) -> None:
    """List the stored corpora."""
    from bot.commands.data.corpora import list_stored

    list_stored(context.obj, as_json=as_json)


@corpora.command("show")
def show_corpus(context: typer.Context, name: str, as_json: Json = False) -> None:
    """Show what a stored corpus holds, and what it may be used for."""
    from bot.commands.data.corpora import show_stored

    show_stored(context.obj, name, as_json=as_json)


@corpora.command("remove")
def remove_corpus(context: typer.Context, name: str) -> None:
    """Remove a stored corpus; films stay, and the next training goes without its ratings."""
    from bot.commands.data.corpora import remove_stored

    remove_stored(context.obj, name)
