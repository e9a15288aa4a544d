"""The flood is judged by what others wait inside the bot, whatever the local Telegram takes for it."""

from __future__ import annotations

from benchmarks.acts import Toast
from benchmarks.stress import Flooded, figures


def test_only_the_time_inside_the_bot_has_a_target() -> None:
    before = tuple(Toast(at, 0.05, 0.02) for at in range(100))
    during = tuple(Toast(at, 0.50, 0.03) for at in range(100))
    found = {figure.name: figure for figure in figures([(0, 10.0)], [Flooded(0, before, during)])}
    judged = found["others' p95 in the bot while one floods / before"]
    assert (round(judged.value, 6), judged.is_reached) == (1.5, True)
    assert round(found["others' tap to toast, p95, during"].value) == 500
    assert found["others' tap to toast, p95, during"].is_reached is None
