"""`reelmate stats`: how much is stored, and what became of the films that were shown."""

from __future__ import annotations

from dataclasses import asdict

from bot.commands.data.database import open_store
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.storage import Counts, ShownBand


def print_stats(invocation: Invocation, *, lists: bool, as_json: bool) -> None:
    """Print counts of what is stored, or of films shown by the chance they were shown with.

    Raises:
        StorageError: the database cannot be read.
    """
    with open_store(invocation.settings()) as store:
        counts, bands = store.read(lambda tx: (tx.counts(), tx.outcomes()))
    if as_json:
        print_json({"counts": asdict(counts), "lists": [asdict(band) for band in bands]})
    elif lists:
        _print_lists(bands)
    else:
        _print_counts(counts)


def _print_counts(counts: Counts) -> None:
    print_table(("stored", ""), [[name.replace("_", " "), str(count)] for name, count in asdict(counts).items()])


def _print_lists(bands: list[ShownBand]) -> None:
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
