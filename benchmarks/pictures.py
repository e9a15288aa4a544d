"""Title cards: what drawing one takes, and its size."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from benchmarks.figures import Figure, parser, publish
from bot.outgoing import TitleCard
from bot.pictures.title_card import draw_title_card

MOST_MS: Final = 60
DRAWN: Final = 30
CARDS: Final = {
    "English": TitleCard(
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
        "1964",
        "Stanley Kubrick · 95 min",
        ("Comedy", "War"),
        ("Comedy", "War"),
        "87 %",
    ),
    "Chinese": TitleCard("千与千寻", "2001", "宫崎骏 · 125 分钟", ("Animation", "Fantasy"), ("动画", "奇幻")),
}


def main(arguments: Sequence[str] = ()) -> None:
    """Draw each card many times and publish the medians."""
    options = parser("pictures", __doc__ or "").parse_args(arguments)
    figures = []
    for name, card in CARDS.items():
        draw_title_card(card)  # fonts are read once
        runs = [_drawn(card) for _ in range(options.repeats)]
        figures += [
            Figure(f"a card in {name}, median", tuple(ms for ms, _ in runs), "ms", MOST_MS),
            Figure(f"a card in {name}, size", tuple(size / 1000 for _, size in runs), "KB"),
        ]
    publish("pictures", arguments, figures, as_json=options.as_json)


def _drawn(card: TitleCard) -> tuple[float, int]:
    """Return the median time of drawing a card in milliseconds, and its bytes."""
    times = list[float]()
    for _ in range(DRAWN):
        began = time.perf_counter()
        drawn = draw_title_card(card)
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[DRAWN // 2], len(drawn)
