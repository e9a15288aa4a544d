"""`reelmate bundles`: the published models, and the way back to an earlier one."""

from __future__ import annotations

from typing import Any, Final

from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleEntry, BundleStore

NONE_CURRENT: Final = (
    "The pointer names none of them, so the newest good one serves: `reelmate bundles rollback` points at it."
)
DAMAGED: Final = "* should serve and cannot: `reelmate bundles rollback` goes back, `reelmate retrain` makes a new one."


def list_versions(invocation: Invocation, *, as_json: bool) -> None:
    """Print every published version, newest first, damaged ones with what is wrong."""
    entries = BundleStore(invocation.settings().bundles_dir).entries()[::-1]
    if as_json:
        print_json({"bundles": [_as_object(entry) for entry in entries]})
    elif entries:
        rows = [["*" if entry.is_current else "", entry.version, entry.fault or _reason(entry)] for entry in entries]
        print_table(("", "version", "why it was published"), rows)
        current = next((entry for entry in entries if entry.is_current), None)
        say(NONE_CURRENT if current is None else "* serves now" if current.fault is None else DAMAGED)
    else:
        say("Nothing is published yet: `reelmate retrain` trains a first model.")


def roll_back(invocation: Invocation, *, as_json: bool) -> None:
    """Point at the version before the current one; a running bot swaps it in by itself.

    Raises:
        BundleError: there is none.
    """
    bundles = BundleStore(invocation.settings().bundles_dir)
    before = _find_current(bundles)
    now = bundles.rollback()
    if as_json:
        print_json({"before": before, "current": now})
    else:
        say(f"{now} serves now{f' instead of {before}' if before else ''}; a running bot takes it within seconds.")


def _find_current(bundles: BundleStore) -> str | None:
    """Return the version that the pointer names; None where it names none, which a rollback mends."""
    try:
        return bundles.current()
    except BundleError:
        return None


def _as_object(entry: BundleEntry) -> dict[str, Any]:
    fault = {} if entry.fault is None else {"fault": entry.fault}
    return {"version": entry.version, "current": entry.is_current, "manifest": dict(entry.manifest), **fault}


def _reason(entry: BundleEntry) -> str:
    return str(entry.manifest.get("verdict", {}).get("reason", ""))
