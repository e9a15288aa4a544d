"""`reelmate ab`: two published models side by side, each for its share of people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from bot.commands.data.database import open_store
from bot.commands.data.stats_page import SIDE_BY_SIDE, VERDICTS_OF_CHALLENGE
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, say
from bot.pseudonyms import load_pseudonyms
from bot.service.experiment import Experiment, Side, compare_challenge
from bot.settings import Settings
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleStore
from recommender.ranking.challenge import Challenge, end_challenge, read_challenge, write_challenge

NONE_ON: Final = "One model serves everybody: `reelmate ab start VERSION` lets another one serve a share of people."


def start_challenge(invocation: Invocation, challenger: str, *, share: float, as_json: bool) -> None:
    """Begin; a running bot divides people within seconds.

    Raises:
        BundleError: nothing is published, the challenger would not serve or serves already, or a challenge is on.
    """
    bundles = BundleStore(invocation.settings().bundles_dir)
    going_on, champion = bundles.challenge(), bundles.current()
    if going_on is not None:
        raise BundleError(f"`reelmate ab stop` must end the challenge that is on. Received: {going_on.challenger}")
    if champion is None or champion == challenger:
        raise BundleError(
            f"a challenger must stand beside another model that serves. Received: {challenger}, {champion or 'none'}"
        )
    bundles.load(challenger)
    challenge = Challenge(champion, challenger, share, datetime.now(UTC))
    write_challenge(bundles.folder, challenge)
    if as_json:
        print_json({"challenge": _as_object(challenge)})
    else:
        say(f"{challenger} serves {share:.0%} of people, {champion} the others; a running bot takes it within seconds.")


def show_challenge(invocation: Invocation, *, as_json: bool) -> None:
    """Print which two serve side by side, and the verdict.

    Raises:
        BundleError: the challenge cannot be read.
        StorageError: the database cannot be read.
    """
    settings = invocation.settings()
    challenge = read_challenge(settings.bundles_dir)
    found = None if challenge is None else _compare(settings, challenge)
    if as_json:
        print_json({"challenge": None if challenge is None else _as_object(challenge), **_as_objects(found)})
    elif challenge is None or found is None:
        say(NONE_ON)
    else:
        say(
            f"{challenge.challenger} serves {challenge.share:.0%} of people "
            f"since {challenge.began_at:%Y-%m-%d %H:%M} UTC."
        )
        for side in (found.newer, found.older):
            say(_told(side))
        say(f"{VERDICTS_OF_CHALLENGE[found.verdict]} {SIDE_BY_SIDE.format(enough=found.enough)}")


def stop_challenge(invocation: Invocation, *, as_json: bool) -> None:
    """End; also what cannot be read."""
    bundles = BundleStore(invocation.settings().bundles_dir)
    end_challenge(bundles.folder)
    current = bundles.current()
    if as_json:
        print_json({"challenge": None, "current": current})
    else:
        say(f"{current or 'No model'} serves everybody; a running bot takes it within seconds.")


def _compare(settings: Settings, challenge: Challenge) -> Experiment:
    with open_store(settings) as store:
        shown = store.read(lambda tx: tx.shown_since(challenge.began_at))
    return compare_challenge(challenge, shown, load_pseudonyms(settings.data_dir))


def _told(side: Side | None) -> str:
    if side is None or side.likes_per_list is None:
        return f"{side.bundle if side else ''}: no list yet"
    return f"{side.bundle}: {side.likes_per_list:.2f} likes a list by {side.people} people"


def _as_object(challenge: Challenge) -> dict[str, Any]:
    return {
        "champion": challenge.champion,
        "challenger": challenge.challenger,
        "share": challenge.share,
        "began_at": challenge.began_at.isoformat(),
    }


def _as_objects(found: Experiment | None) -> dict[str, Any]:
    if found is None:
        return {}
    sides = {"challenger": found.newer, "champion": found.older}
    people = {
        name: {"people": side.people, "likes_per_list": side.likes_per_list} for name, side in sides.items() if side
    }
    return {"verdict": found.verdict, "low": found.low, "high": found.high, "enough": found.enough, "sides": people}
