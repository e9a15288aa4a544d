from __future__ import annotations

from bot.commands.progress import LINE_EVERY_S, LineMeter


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_every_new_step_and_every_end_is_a_line() -> None:
    lines: list[str] = []
    meter = LineMeter(lines.append, Clock())
    meter("Reading", 0, 2)
    meter("Reading", 1, 2)
    meter("Reading", 2, 2)
    meter("Storing", 0, None)
    assert lines == ["Reading: 0 %", "Reading: 100 %", "Storing"]


def test_a_long_step_shows_life_every_few_seconds() -> None:
    lines: list[str] = []
    clock = Clock()
    meter = LineMeter(lines.append, clock)
    for second in range(21):
        clock.now = float(second)
        meter("Training", second, 100)
    assert len(lines) == 1 + 20 // int(LINE_EVERY_S)


def test_figures_that_change_are_no_new_step() -> None:
    lines: list[str] = []
    meter = LineMeter(lines.append, Clock())
    for done in range(3):
        meter("Training", done, 100, f"loss {9 - done}")
    assert lines == ["Training: 0 % (loss 9)"]
