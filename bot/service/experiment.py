"""Two bundles compared by what people went on to like: each person counts for one of them, as a keyed hash says.

The bundles served in turn, not side by side: what changed besides - films, people, the season - stands in the
difference, too. The verdict waits until it could show a difference that matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance
from typing import Final, Literal

from bot.pseudonyms import Pseudonyms
from bot.storage import Showings, ShownTo
from recommender.domain import UserId

Verdict = Literal["alone", "wait", "better", "worse", "even"]

# A difference of a tenth of a like a list, at the usual deviation of 0.35 between people, is found four times in five:
# 2 x (1.96 + 0.84)^2 x 0.35^2 / 0.1^2 = 192 people on each side (Cohen 1988, section 2.4).
ENOUGH: Final = 200
# Of the normal distribution: 95 % lie within.
WITHIN_95: Final = 1.96


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
    """The bundle that showed films last, beside the one before.

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


def compare_newest(showings: Showings, pseudonyms: Pseudonyms, *, enough: int = ENOUGH) -> Experiment:
    """Compare the two bundles that showed films last."""
    newest = sorted(showings.last_shown_at, key=lambda bundle: showings.last_shown_at[bundle], reverse=True)[:2]
    if len(newest) < 2:
        return Experiment("alone", enough=enough)
    newer, older = _divide(showings.people, (newest[0], newest[1]), pseudonyms)
    sides = (_side(newest[0], newer), _side(newest[1], older))
    if min(len(newer), len(older)) < max(2, enough):
        return Experiment("wait", *sides, enough=enough)
    difference = fmean(newer) - fmean(older)
    # Welch 1947: neither the numbers of people nor their deviations need be alike.
    error = sqrt(variance(newer) / len(newer) + variance(older) / len(older))
    low, high = difference - WITHIN_95 * error, difference + WITHIN_95 * error
    return Experiment("better" if low > 0 else "worse" if high < 0 else "even", *sides, low, high, enough)


def counts_for_first(person: UserId, bundles: tuple[str, str], pseudonyms: Pseudonyms) -> bool:
    """Tell for which of two bundles a person counts; each comparison divides people anew."""
    name = f"{pseudonyms.of(person)}:{bundles[0]}:{bundles[1]}".encode()
    return hashlib.blake2b(name, digest_size=1).digest()[0] % 2 == 0


def _divide(
    people: Mapping[str, Sequence[ShownTo]], bundles: tuple[str, str], pseudonyms: Pseudonyms
) -> tuple[list[float], list[float]]:
    """Return the likes per list of those who count for the first bundle, and of those who count for the second."""
    first = [one for one in people.get(bundles[0], ()) if counts_for_first(one.person, bundles, pseudonyms)]
    second = [one for one in people.get(bundles[1], ()) if not counts_for_first(one.person, bundles, pseudonyms)]
    return [one.liked / one.lists for one in first], [one.liked / one.lists for one in second]


def _side(bundle: str, likes: Sequence[float]) -> Side:
    return Side(bundle, len(likes), fmean(likes) if likes else None)
