"""Title cards and the picture of a taste: what drawing one takes, and its size."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from benchmarks.figures import Figure, parser, publish
from bot.drawings import Bar, Line, Scale, TasteCard, TitleCard
from bot.pictures.taste import draw_taste
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


TASTE: Final = TasteCard(
    "Your taste",
    "from 128 ratings",
    "Genres you rate best",
    tuple(Bar(f"Genre {number}", 1 - number / 8, "4.5★ · 31") for number in range(6)),
    "When they were made",
    tuple(Bar(f"{number}0s", number / 9, "12") for number in range(10)),
    "How well known they are",
    Scale(0.6, "Hidden gems", "Popular"),
    "What they are about",
    ("heist", "slow-burn", "bittersweet", "neo-noir", "one night", "con artists"),
    "People you return to",
    ("Akira Kurosawa · 5", "Michael Mann · 4", "Robert De Niro · 6", "Setsuko Hara · 3", "Agnès Varda · 3"),
    "Films that say it",
    tuple(Line(f"A film of some fame, part {number} (1995)", "★★★★★") for number in range(5)),
)


def main(arguments: Sequence[str] = ()) -> None:
    """Draw each card many times and publish the medians."""
    options = parser("pictures", __doc__ or "").parse_args(arguments)
    figures = list[Figure]()
    for name, card in CARDS.items():
        figures += _figures(f"a card in {name}", partial(draw_title_card, card), options.repeats, MOST_MS)
    figures += _figures("a taste", partial(draw_taste, TASTE), options.repeats)
    publish("pictures", arguments, figures, as_json=options.as_json)


def _figures(name: str, draw: Callable[[], bytes], repeats: int, most_ms: float | None = None) -> list[Figure]:
    draw()  # fonts are read once
    runs = [_drawn(draw) for _ in range(repeats)]
    return [
        Figure(f"{name}, median", tuple(ms for ms, _ in runs), "ms", most_ms),
        Figure(f"{name}, size", tuple(size / 1000 for _, size in runs), "KB"),
    ]


def _drawn(draw: Callable[[], bytes]) -> tuple[float, int]:
    """Return the median time of drawing a picture in milliseconds, and its bytes."""
    times = list[float]()
    for _ in range(DRAWN):
        began = time.perf_counter()
        drawn = draw()
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[DRAWN // 2], len(drawn)
