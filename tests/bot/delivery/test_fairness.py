"""Fairness: a flood pauses while others come, and nobody else does."""

from __future__ import annotations

from bot.delivery.fairness import FEW, LONGEST_S, OTHERS_S, TIMES, Fairness

ADA, BOB = 7, 8
MANY = FEW + 1


def test_a_flood_pauses_while_others_come_and_goes_on_when_they_have_gone() -> None:
    now = [100.0]
    fairness = Fairness(lambda: now[0])
    fairness.came(ADA)
    assert fairness.pause_s(ADA, MANY, 0.01) == 0, "nobody else is there"
    fairness.came(BOB)
    fairness.came(ADA)
    fairness.came(ADA)
    assert fairness.pause_s(ADA, MANY, 0.01) == TIMES * 0.01
    assert fairness.pause_s(ADA, MANY, 60) == LONGEST_S
    now[0] += OTHERS_S
    assert fairness.pause_s(ADA, MANY, 0.01) == 0


def test_who_taps_a_few_times_in_a_row_never_pauses() -> None:
    fairness = Fairness(lambda: 100.0)
    fairness.came(BOB)
    fairness.came(ADA)
    assert fairness.pause_s(ADA, FEW, 0.01) == 0
