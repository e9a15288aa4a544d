"""Two bundles compared: people are divided by a keyed hash, and the verdict waits for enough of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.pseudonyms import NO_KEY, Pseudonyms
from bot.service.assignment import draw, meets_challenger
from bot.service.experiment import ENOUGH, HALF, compare_challenge, compare_newest
from bot.storage import Showings, ShownTo
from recommender.domain import UserId
from recommender.ranking.challenge import Challenge

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHOWN_AT = {"oldest": NOW - timedelta(days=9), "new": NOW, "old": NOW - timedelta(days=1)}
BUNDLES = ("new", "old")


def shown(people: int, **likes: int) -> Showings:
    """Everybody saw two lists of each bundle and liked about so many films of it."""
    told = {bundle: [ShownTo(UserId(at), 2, likes[bundle] + at % 3) for at in range(people)] for bundle in likes}
    return Showings(people=told, last_shown_at={bundle: SHOWN_AT[bundle] for bundle in likes})


@pytest.mark.parametrize(("new", "old", "verdict"), [(4, 2, "better"), (2, 4, "worse"), (3, 3, "even")])
def test_the_newest_two_are_compared_when_there_are_enough_people(new: int, old: int, verdict: str) -> None:
    found = compare_newest(shown(5 * ENOUGH, new=new, old=old, oldest=9), NO_KEY)
    assert found.verdict == verdict
    assert found.newer is not None
    assert found.older is not None
    assert (found.newer.bundle, found.older.bundle) == BUNDLES
    assert found.newer.likes_per_list == pytest.approx((new + 1) / 2, abs=0.1)
    assert found.low is not None
    assert found.high is not None
    assert found.low < (new - old) / 2 < found.high


def test_it_waits_for_enough_people_and_says_how_many_there_are() -> None:
    found = compare_newest(shown(ENOUGH, new=5, old=0), NO_KEY)
    assert (found.verdict, found.low, found.high) == ("wait", None, None)
    assert found.newer is not None
    assert found.older is not None
    assert found.newer.people + found.older.people == ENOUGH, "nobody counts for both, and nobody for none"


def test_one_bundle_is_alone() -> None:
    assert compare_newest(shown(ENOUGH, new=5), NO_KEY).verdict == "alone"
    assert compare_newest(Showings(), NO_KEY).verdict == "alone"


def test_people_are_divided_in_halves_by_the_installations_key_and_anew_for_each_comparison() -> None:
    def division(key: bytes, bundles: tuple[str, str] = BUNDLES) -> list[bool]:
        return [draw(UserId(at), bundles, Pseudonyms(key)) < HALF for at in range(1_000)]

    mine = division(b"a" * 32)
    assert 430 < sum(mine) < 570
    assert mine == division(b"a" * 32)
    for other in (division(b"b" * 32), division(b"a" * 32, ("newer", "new"))):
        assert 400 < sum(one != two for one, two in zip(mine, other, strict=True)) < 600


def test_a_challenge_is_judged_by_each_ones_own_people_and_waits_for_the_smaller_side() -> None:
    challenge = Challenge("old", "new", 0.2, NOW)
    people = shown(5 * ENOUGH, new=5, old=2).people
    found = compare_challenge(challenge, people, NO_KEY)
    assert found.challenge == challenge
    assert found.newer is not None
    assert found.older is not None
    assert (found.newer.bundle, found.older.bundle) == ("new", "old")
    theirs = [one for one in people["new"] if meets_challenger(one.person, challenge, NO_KEY)]
    assert (found.newer.people, found.older.people) == (len(theirs), 5 * ENOUGH - len(theirs))
    assert found.verdict == ("better" if len(theirs) >= ENOUGH else "wait")
    assert compare_challenge(challenge, people, NO_KEY, enough=len(theirs)).verdict == "better"
    assert compare_challenge(challenge, people, NO_KEY, enough=len(theirs) + 1).verdict == "wait"
    assert compare_challenge(challenge, {}, NO_KEY).verdict == "wait"
