"""Charts as SVG, drawn here: bars by day, bars beside names, and an interval. Colours come from the page's style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

WIDTH, HEIGHT = 540, 110
# Between the bars of days, of a bar's whole width.
GAP: Final = 0.2
ROW, NAME_WIDTH, VALUE_WIDTH = 26, 160, 140


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar beside its name; `share` is its length, 0 to 1, and `said` what stands behind it."""

    name: str
    share: float
    said: str


def columns(values: Sequence[int], names: Sequence[str]) -> str:
    """Return upright bars, each telling its name and value where the pointer rests; the highest is labelled."""
    most, step = max(values, default=0), WIDTH / max(1, len(values))
    bars = [
        f'<rect class="bar" x="{at * step:.1f}" y="{HEIGHT - height:.1f}" width="{step * (1 - GAP):.1f}" '
        f'height="{height:.1f}"><title>{escape(name)}: {value:,}</title></rect>'
        for at, (value, name) in enumerate(zip(values, names, strict=True))
        for height in [HEIGHT * value / most if most else 0.0]
    ]
    first, last = (escape(names[0]), escape(names[-1])) if names else ("", "")
    axis = (
        f'<line class="axis" x1="0" y1="{HEIGHT}" x2="{WIDTH}" y2="{HEIGHT}"/>'
        f'<text x="0" y="{HEIGHT + 16}">{first}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 16}" text-anchor="end">{last}</text>'
        f'<text x="{WIDTH}" y="-6" text-anchor="end">most: {most:,}</text>'
    )
    return _svg("".join(bars) + axis, WIDTH, HEIGHT + 20, top=-20)


def rows(bars: Sequence[Bar]) -> str:
    """Return lying bars, one below the other."""
    room = WIDTH - NAME_WIDTH - VALUE_WIDTH
    lines = [
        f'<text x="0" y="{at * ROW + 17}">{escape(bar.name)}</text>'
        f'<rect class="track" x="{NAME_WIDTH}" y="{at * ROW + 5}" width="{room}" height="14" rx="3"/>'
        f'<rect class="bar" x="{NAME_WIDTH}" y="{at * ROW + 5}" width="{room * min(1.0, bar.share):.1f}" '
        f'height="14" rx="3"/>'
        f'<text x="{WIDTH}" y="{at * ROW + 17}" text-anchor="end">{escape(bar.said)}</text>'
        for at, bar in enumerate(bars)
    ]
    return _svg("".join(lines), WIDTH, max(1, len(bars)) * ROW)


def interval(low: float, high: float) -> str:
    """Return where a difference lies, beside none."""
    reach = max(abs(low), abs(high), 1e-9) * 1.2

    def x(value: float) -> float:
        return WIDTH / 2 * (1 + value / reach)

    drawn = (
        f'<line class="axis" x1="{WIDTH / 2}" y1="0" x2="{WIDTH / 2}" y2="34"/>'
        f'<rect class="bar" x="{x(low):.1f}" y="10" width="{x(high) - x(low):.1f}" height="14" rx="7"/>'
        f'<text x="{x(low) - 6:.1f}" y="22" text-anchor="end">{low:+.2f}</text>'
        f'<text x="{x(high) + 6:.1f}" y="22">{high:+.2f}</text>'
        f'<text x="{WIDTH / 2}" y="50" text-anchor="middle">no difference</text>'
    )
    return _svg(drawn, WIDTH, 54)


def _svg(inside: str, width: float, height: float, *, top: float = 0) -> str:
    return f'<svg viewBox="0 {top} {width} {height - top}" role="img">{inside}</svg>'
