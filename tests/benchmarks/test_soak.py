"""The soak: its plan, how growth is judged, and an account that sees whatever is amiss."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.account import reckon, settle
from benchmarks.acts import Acts, Toast
from benchmarks.crowd import SimClient
from benchmarks.kills import plan as plan_kills
from benchmarks.living import LivingBot
from benchmarks.mischief import ENDS, KILL, RETRAIN, plan
from benchmarks.processes import bot_environment, telegram
from benchmarks.samples import LEAST, WARM_UP_S, Sample, overall, slopes_by_life
from benchmarks.soak_figure import draw_soak
from bot.settings import sqlite_url
from bot.storage import Store
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url

HOUR = 3600.0


def life(number: int, *, level: float, mb_per_h: float, minutes: int = 60) -> list[Sample]:
    ages = [WARM_UP_S + 5.0 * step for step in range(minutes * 12)]
    return [Sample(age, number, age, level + mb_per_h * age / HOUR, 30, age) for age in ages]


def test_the_same_seed_plans_the_same_and_ends_come_in_the_first_half_alone() -> None:
    planned = plan(10 * HOUR, 7, 3)
    assert planned == plan(10 * HOUR, 7, 3)
    assert planned != plan(10 * HOUR, 8, 3)
    assert [one.at for one in planned] == sorted(one.at for one in planned)
    assert max(one.at for one in planned if one.kind in ENDS) < 5 * HOUR
    assert sum(one.kind == RETRAIN for one in planned) == 3


def test_growth_is_that_of_each_life_whatever_level_it_starts_from() -> None:
    samples = [*life(1, level=200, mb_per_h=6), *life(2, level=100, mb_per_h=2)]
    slopes = slopes_by_life(samples)
    assert [round(slopes[number].mb_per_h, 6) for number in (1, 2)] == [6, 2]
    shared = overall(samples)
    assert shared is not None
    assert round(shared.mb_per_h, 6) == 4
    assert shared.error > 0


def test_a_short_life_says_nothing_of_growth() -> None:
    young = [Sample(1.0 * step, 1, 1.0 * step, 200 + step, 30, 0) for step in range(2 * LEAST)]
    assert slopes_by_life(young) == {}
    assert overall(young) is None


def test_a_soak_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    toasts = [Toast(1000.0 + step, 0.02, 0.01) for step in range(300)]
    draw_soak(life(1, level=200, mb_per_h=1), toasts, [(60.0, KILL, ""), (90.0, "500", "")], tmp_path)
    assert (tmp_path / "soak.svg").stat().st_size > 0
    assert (tmp_path / "soak.png").stat().st_size > 0


@pytest.mark.processes
def test_the_account_of_a_killed_bot_is_whole_and_what_is_amiss_is_seen(tmp_path: Path) -> None:
    with Store(migrated_url(tmp_path)) as store:
        store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    url = sqlite_url(tmp_path)
    with telegram() as address:
        environment = bot_environment(address, tmp_path) | {"REELMATE_RETRAIN_EVERY": "off"}
        bot, client = LivingBot(environment, tmp_path / "bot.log"), SimClient(address)
        bot.start()
        acts = Acts(client, range(1, 6), range(1, 4), random.Random(0))
        acts.open()
        for number in range(40):
            acts.act()
            if number == 20:
                bot.end(9)
        bot.start()
        settle(acts, url, within_s=60)
        bot.end()
        client.close()
    assert reckon(acts, url).is_whole
    assert acts.toasts, "answers are known by their taps"
    assert all(toast.in_bot_s is not None for toast in acts.toasts)
    person, film = next(iter(acts.ratings))
    acts.ratings[person, film] = 11
    acts.rounds[person] += 2
    acts.letters[person] += acts.received[person] + 3
    acts.count += 1
    account = reckon(acts, url)
    assert not account.is_whole
    assert (account.lost, account.ratings_wrong, account.rounds_wrong) == (1, 1, 2)
    assert account.letters_missing >= 3


def test_kills_come_at_moments_that_only_grow() -> None:
    planned = plan_kills(10, random.Random(0))
    assert [one.kind for one in planned] == [KILL] * 10
    assert planned == sorted(planned, key=lambda one: one.at)
