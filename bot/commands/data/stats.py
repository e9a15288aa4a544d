"""`reelmate stats`: how much is stored, and what became of the films that were shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from bot.commands.data.database import open_store
from bot.commands.data.stats_page import IN_TURN, SIDE_BY_SIDE, VERDICTS, VERDICTS_OF_CHALLENGE, as_page
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.pseudonyms import load_pseudonyms
from bot.service.statistics import Share, Statistics, read_statistics
from bot.storage import Counts, ShownBand
from recommender.ranking.challenge import read_challenge

# What is told of a week is its sum.
WEEK: Final = 7


def print_stats(invocation: Invocation, *, lists: bool, as_json: bool) -> None:
    """Print what is stored and what became of it, or films shown by the chance they were shown with.

    Raises:
        StorageError: the database cannot be read.
    """
    settings = invocation.settings()
    with open_store(settings) as store:
        counts, challenge = store.read(lambda tx: tx.counts()), read_challenge(settings.bundles_dir)
        found = read_statistics(store, load_pseudonyms(settings.data_dir), challenge)
    if lists and not as_json:
        _print_lists(found.by_chance)
    elif as_json:
        told = {} if lists else {"statistics": found.to_json()}
        print_json({"counts": asdict(counts), "lists": [asdict(band) for band in found.by_chance], **told})
    else:
        _print_counts(counts)
        _print_statistics(found)


def serve_stats(invocation: Invocation, *, port: int) -> None:
    """Serve the page of figures until Ctrl-C.

    Raises:
        StorageError: the database cannot be read.
        SettingsError: the port cannot be had.
    """
    settings = invocation.settings()
    with open_store(settings) as store, suppress(KeyboardInterrupt):
        pseudonyms, folder = load_pseudonyms(settings.data_dir), settings.bundles_dir
        asyncio.run(_serve(lambda: as_page(read_statistics(store, pseudonyms, read_challenge(folder))), port))


async def _serve(page: Callable[[], str], port: int) -> None:
    # Imported here: who prints figures needs no web server.
    from starlette.applications import Starlette

    from bot.vitals.page import HOST, StatusPage, stats_route

    served = StatusPage(Starlette(routes=[stats_route(page)]), port, setting="--serve")
    say(f"The figures are at http://{HOST}:{served.server.port}/stats until Ctrl-C.")
    await served.server.serve()


def _print_counts(counts: Counts) -> None:
    print_table(("stored", ""), [[name.replace("_", " "), str(count)] for name, count in asdict(counts).items()])


def _print_statistics(found: Statistics) -> None:
    week = found.activity.days[-WEEK:]
    told = {
        **{f"people, {name}": count for name, count in asdict(found.activity.people).items() if name != "total"},
        **{f"onboarding, {name.replace('_', ' ')}": n for name, n in asdict(found.activity.funnel).items()},
        f"ratings in {WEEK} days": sum(day.ratings for day in week),
        f"lists in {WEEK} days": sum(day.lists for day in week),
        "films shown": found.total.shown,
        "watched after": found.watched,
        "liked after": found.total.liked,
        "last training": "none" if found.last_retrain is None else f"{found.last_retrain:%Y-%m-%d %H:%M} UTC",
    }
    print_table(("", ""), [[name, str(value)] for name, value in told.items()])
    for by, shares in (("place", found.by_place), ("slot", found.by_slot), ("reason", found.by_reason)):
        _print_shares(by, shares)
    _print_shares("bundle", found.by_bundle)
    said, how = VERDICTS[found.experiment.verdict], IN_TURN
    if found.experiment.challenge is not None:
        said = VERDICTS_OF_CHALLENGE[found.experiment.verdict]
        how = SIDE_BY_SIDE.format(enough=found.experiment.enough)
    say(f"A/B: {said} {how}")


def _print_shares(by: str, shares: Sequence[Share]) -> None:
    rows = [[one.name, str(one.shown), str(one.rated), str(one.liked), f"{one.like_rate:.1%}"] for one in shares]
    if rows:
        print_table((by, "shown", "rated after", "liked", "of those shown"), rows)


def _print_lists(bands: Sequence[ShownBand]) -> None:
    if not bands:
        say("No film has been shown with a chance yet: lists say words until a model of real people serves.")
        return
    columns = ("shown with", "shown", "rated later", "liked", "of those rated", "as they were told")
    print_table(columns, [_row(band) for band in bands])
    say("Each person's film counts once, as it was first shown, and a rating only where it was given afterwards.")


def _row(band: ShownBand) -> list[str]:
    told = "-" if band.chance is None else f"{100 * band.chance:.0f} %"
    share = f"{100 * band.liked / band.rated:.0f} %" if band.rated else "-"
    return [
        f"{10 * band.tenths} to {10 * (band.tenths + 1)} %",
        str(band.shown),
        str(band.rated),
        str(band.liked),
        share,
        told,
    ]
