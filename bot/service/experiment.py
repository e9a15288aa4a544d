"""Two bundles compared by what people went on to like: each person counts for one of them, as a keyed hash says.

While a challenge is on, its two are compared, over what each showed to its own people since it began. Else the two that
showed films last are, which served in turn: what changed besides - films, people, the season - stands in the
difference, too. The verdict waits until it could show a difference that matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, variance
from typing import Final, Literal

from bot.pseudonyms import Pseudonyms
from bot.service.assignment import draw
from bot.storage import Showings, ShownTo
from recommender.ranking.challenge import Challenge

Verdict = Literal["alone", "wait", "better", "worse", "even"]

# A difference of a tenth of a like a list, at the usual deviation of 0.35 between people, is found four times in five:
# 2 x (1.96 + 0.84)^2 x 0.35^2 / 0.1^2 = 192 people on each side (Cohen 1988, section 2.4).
ENOUGH: Final = 200
# Of the normal distribution: 95 % lie within.
WITHIN_95: Final = 1.96
# Of those who count for the newer of two bundles that served in turn.
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """What one bundle's people liked.

    Attributes:
        people: how many count for it.
        likes_per_list: the mean over people; None where there are none.
    """

    bundle: str
    people: int
    likes_per_list: float | None


@dataclass(frozen=True, slots=True)
class Experiment:
    """The challenger beside its champion; without a challenge, the bundle that showed films last beside the one before.

    Attributes:
        verdict: of the newer one. alone: there is no other; wait: too few people yet.
        low, high: between which the difference in likes per list lies, 95 %; None while the verdict waits.
    """

    verdict: Verdict
    newer: Side | None = None
    older: Side | None = None
    low: float | None = None
    high: float | None = None
    enough: int = ENOUGH
    challenge: Challenge | None = None


def compare_newest(showings: Showings, pseudonyms: Pseudonyms, *, enough: int = ENOUGH) -> Experiment:
    """Compare the two bundles that showed films last."""
    newest = sorted(showings.last_shown_at, key=lambda bundle: showings.last_shown_at[bundle], reverse=True)[:2]
    if len(newest) < 2:
        return Experiment("alone", enough=enough)
    bundles = (newest[0], newest[1])
    return _judge(bundles, _divide(showings.people, bundles, HALF, pseudonyms), Experiment("wait", enough=enough))


def compare_challenge(
    challenge: Challenge, shown: Mapping[str, Sequence[ShownTo]], pseudonyms: Pseudonyms, *, enough: int = ENOUGH
) -> Experiment:
    """Compare the two bundles that serve side by side.

    Args:
        shown: what each bundle showed since the challenge began.
    """
    divided = _divide(shown, challenge.bundles, challenge.share, pseudonyms)
    return _judge(challenge.bundles, divided, Experiment("wait", enough=enough, challenge=challenge))


def _judge(bundles: tuple[str, str], likes: tuple[list[float], list[float]], begun: Experiment) -> Experiment:
    """Return the verdict on two bundles from the likes a list of each one's people."""
    newer, older = likes
    told = replace(begun, newer=_side(bundles[0], newer), older=_side(bundles[1], older))
    if min(len(newer), len(older)) < max(2, begun.enough):
        return told
    difference = fmean(newer) - fmean(older)
    # Welch 1947: neither the numbers of people nor their deviations need be alike.
    error = sqrt(variance(newer) / len(newer) + variance(older) / len(older))
    low, high = difference - WITHIN_95 * error, difference + WITHIN_95 * error
    return replace(told, verdict="better" if low > 0 else "worse" if high < 0 else "even", low=low, high=high)


def _divide(
    people: Mapping[str, Sequence[ShownTo]], bundles: tuple[str, str], share: float, pseudonyms: Pseudonyms
) -> tuple[list[float], list[float]]:
    """Return the likes per list of those who count for the first bundle, and of those who count for the second."""
    first = [one for one in people.get(bundles[0], ()) if draw(one.person, bundles, pseudonyms) < share]
    second = [one for one in people.get(bundles[1], ()) if draw(one.person, bundles, pseudonyms) >= share]
    return [one.liked / one.lists for one in first], [one.liked / one.lists for one in second]


def _side(bundle: str, likes: Sequence[float]) -> Side:
    return Side(bundle, len(likes), fmean(likes) if likes else None)
