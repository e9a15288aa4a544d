"""`reelmate twins`: films that stood in the catalogue twice, listed, parted and joined."""

from __future__ import annotations

from typing import Any

from bot.commands.data.database import open_store
from bot.commands.data.joining import describe_reason
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.storage import Store, Twin, UnknownRecordError
from recommender.domain import Movie, MovieId


def list_twins(invocation: Invocation, *, as_json: bool) -> None:
    """Print every pair that was ever joined."""
    with open_store(invocation.settings()) as store:
        twins, movies = store.read(lambda tx: tx.twins.all()), _movies(store)
    if as_json:
        print_json({"twins": [_describe(twin, movies) for twin in twins]})
    elif twins:
        rows = [
            [str(twin.gone_id), movies[twin.gone_id].label, movies[twin.kept_id].label, str(twin.kept_id), _state(twin)]
            for twin in twins
        ]
        print_table(("id", "film", "is", "id", ""), rows)
    else:
        say("No film stands for another.")


def part_twin(invocation: Invocation, gone_id: int) -> None:
    """Undo a join, for good.

    Raises:
        CommandError: the film stands for no other.
    """
    with open_store(invocation.settings()) as store:
        try:
            twin = store.write(lambda tx: tx.twins.part(MovieId(gone_id))).result()
        except UnknownRecordError as error:
            raise CommandError(f"{error}: `reelmate twins list` shows which there are") from None
        movies = _movies(store)
    gone, kept = movies[twin.gone_id], movies[twin.kept_id]
    say(f"Two films again: {gone.label} and {kept.label}; no update joins them any more.")


def join_films(invocation: Invocation, gone_id: int, kept_id: int) -> None:
    """Let one film stand for another.

    Raises:
        CommandError: one is not there, or stands for another already.
    """
    with open_store(invocation.settings()) as store:
        try:
            store.write(lambda tx: tx.twins.join(MovieId(gone_id), MovieId(kept_id), "operator")).result()
        except UnknownRecordError as error:
            raise CommandError(str(error)) from None
        movies = _movies(store)
    gone, kept = movies[MovieId(gone_id)], movies[MovieId(kept_id)]
    say(f"One film from now on: {gone.label} is {kept.label}; `reelmate twins part {gone_id}` undoes it.")


def _movies(store: Store) -> dict[MovieId, Movie]:
    entries = store.read(lambda tx: tx.movies.catalogue(with_gone=True))
    return {entry.movie.id: entry.movie for entry in entries}


def _describe(twin: Twin, movies: dict[MovieId, Movie]) -> dict[str, Any]:
    ids = {"gone_id": twin.gone_id, "gone": movies[twin.gone_id].label, "kept_id": twin.kept_id}
    times = {"joined_at": twin.joined_at.isoformat(), "parted_at": twin.parted_at and twin.parted_at.isoformat()}
    return {**ids, "kept": movies[twin.kept_id].label, "reason": twin.reason, **times}


def _state(twin: Twin) -> str:
    return describe_reason(twin) if twin.parted_at is None else f"parted on {twin.parted_at.date()}"
