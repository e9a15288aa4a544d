"""`reelmate bundles`: the published models, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from recommender.ranking.bundle import BundleEntry, BundleStore


def list_versions(invocation: Invocation, *, as_json: bool) -> None:
    """Print every published version, newest first.

    Raises:
        BundleError: a manifest cannot be read.
    """
    entries = BundleStore(invocation.settings().bundles_dir).entries()[::-1]
    if as_json:
        print_json({"bundles": [_as_object(entry) for entry in entries]})
    elif entries:
        rows = [["*" if entry.is_current else "", entry.version, _reason(entry.manifest)] for entry in entries]
        print_table(("", "version", "why it was published"), rows)
        say("* serves now")
    else:
        say("Nothing is published yet: `reelmate retrain` trains a first model.")


def roll_back(invocation: Invocation, *, as_json: bool) -> None:
    """Point at the version before the current one; a running bot swaps it in by itself.

    Raises:
        BundleError: there is none.
    """
    bundles = BundleStore(invocation.settings().bundles_dir)
    before, now = bundles.current(), bundles.rollback()
    if as_json:
        print_json({"before": before, "current": now})
    else:
        say(f"{now} serves now instead of {before}; a running bot takes it within seconds.")


def _as_object(entry: BundleEntry) -> dict[str, Any]:
    return {"version": entry.version, "current": entry.is_current, "manifest": dict(entry.manifest)}


def _reason(manifest: Mapping[str, Any]) -> str:
    return str(manifest.get("verdict", {}).get("reason", ""))
