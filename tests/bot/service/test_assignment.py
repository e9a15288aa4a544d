"""Who meets which of two bundles: the same at every visit, by the installation's key, as the share says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.pseudonyms import Pseudonyms
from bot.service.assignment import draw, meets_challenger, recommender_of
from bot.service.timed import TimedRecommender
from bot.tally import Timings
from recommender.domain import Recommender, UserId
from recommender.ranking.challenge import Challenge
from tests.bot.pupil import Pupil

KEY = Pseudonyms(b"k" * 32)
PEOPLE = [UserId(at) for at in range(1, 2_001)]


class Named(Pupil):
    def __init__(self, version: str) -> None:
        self.version = version


@dataclass
class Two(Named):
    """A recommender that holds two, as long as a challenge is on."""

    challenge: Challenge | None
    challenger: Recommender
    version: str = "champion"


def begun(share: float = 0.5) -> Challenge:
    return Challenge("champion", "challenger", share, datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_so_many_meet_the_challenger_as_the_share_says(share: float) -> None:
    met = sum(meets_challenger(person, begun(share), KEY) for person in PEOPLE)
    assert met / len(PEOPLE) == pytest.approx(share, abs=0.04)


def test_a_greater_share_takes_nobody_away_and_another_key_divides_otherwise() -> None:
    few = {person for person in PEOPLE if meets_challenger(person, begun(0.2), KEY)}
    assert few < {person for person in PEOPLE if meets_challenger(person, begun(0.6), KEY)}
    bundles = begun().bundles
    other = Pseudonyms(b"o" * 32)
    assert sum((draw(one, bundles, KEY) < 0.5) != (draw(one, bundles, other) < 0.5) for one in PEOPLE) > 800


def test_each_is_served_by_their_own_bundle_and_all_by_one_without_a_challenge() -> None:
    held = Two(begun(), Named("challenger"))
    timed = TimedRecommender(held, Timings())
    for recommender in (held, timed):
        served = {person: recommender_of(person, recommender, KEY).version for person in PEOPLE}
        wanted = {one: "challenger" if meets_challenger(one, begun(), KEY) else "champion" for one in PEOPLE}
        assert served == wanted
    held.challenge = None
    assert {recommender_of(person, timed, KEY).version for person in PEOPLE} == {"champion"}
    assert recommender_of(PEOPLE[0], Named("alone"), KEY).version == "alone"
