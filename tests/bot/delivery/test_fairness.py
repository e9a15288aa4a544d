"""Fairness: a flood pauses while others come, and nobody else does."""

from __future__ import annotations

from bot.delivery.fairness import FEW, LONGEST_S, OTHERS_S, TIMES, Fairness

MANY = FEW + 1


def test_a_flood_pauses_while_others_come_and_goes_on_when_they_have_gone() -> None:
    now = [100.0]
    fairness = Fairness(lambda: now[0])
    fairness.came(MANY)
    assert fairness.pause_s(MANY, 0.01) == 0, "nobody else is there"
    fairness.came(1)
    fairness.came(MANY)
    assert fairness.pause_s(MANY, 0.01) == TIMES * 0.01
    assert fairness.pause_s(MANY, 60) == LONGEST_S
    now[0] += OTHERS_S
    assert fairness.pause_s(MANY, 0.01) == 0


def test_floods_do_not_wait_for_each_other() -> None:
    fairness = Fairness(lambda: 100.0)
    fairness.came(MANY)
    fairness.came(10 * MANY)
    assert fairness.pause_s(MANY, 0.01) == 0


def test_who_taps_a_few_times_in_a_row_never_pauses() -> None:
    fairness = Fairness(lambda: 100.0)
    fairness.came(1)
    assert fairness.pause_s(FEW, 0.01) == 0
