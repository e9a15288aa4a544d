"""A soak, drawn: delays of taps, memory and descriptors over time, and what was done to the bot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.acts import Toast
from benchmarks.figures import percentile
from benchmarks.mischief import ENDS, RETRAIN, SWAP
from benchmarks.samples import Sample

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Done = Sequence[tuple[float, str, str]]

FORMATS: Final = ("svg", "png")
COLOURS: Final = {"kill -9": "tab:red", "SIGTERM": "tab:orange", RETRAIN: "tab:purple", SWAP: "tab:green"}
OTHER: Final = "tab:gray"


def draw_soak(samples: Sequence[Sample], toasts: Sequence[Toast], done: Done, folder: Path) -> None:
    """Draw three panels over minutes as SVG and PNG."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(11, 7), layout="constrained")
        panels = figure.subplots(3, 1, sharex=True)
        _draw_delays(panels[0], toasts)
        _draw_samples(panels[1], samples, "resident_mb", "MB", "Memory of the bot, one line a life")
        _draw_samples(panels[2], samples, "descriptors", "open", "Descriptors of the bot")
        for axes in panels:
            _draw_mischief(axes, done)
            axes.grid(alpha=0.3)
        panels[2].set(xlabel="minutes")
        panels[0].legend(frameon=False, ncols=8, loc="upper left", fontsize=8)
        for name in FORMATS:
            metadata = {"Date": None, "Creator": "reelmate"} if name == "svg" else {"Software": "reelmate"}
            figure.savefig(folder / f"soak.{name}", format=name, dpi=110, metadata=metadata)


def _draw_delays(axes: Axes, toasts: Sequence[Toast]) -> None:
    ordered = sorted(toasts, key=lambda toast: toast.at)
    began = ordered[0].at
    minutes = {
        minute: [toast.seconds for toast in group] for minute, group in groupby(ordered, lambda t: _minute(t, began))
    }
    for share, label in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        axes.plot(
            [minute + 0.5 for minute in minutes], [percentile(each, share) for each in minutes.values()], label=label
        )
    axes.set(ylabel="seconds", yscale="log", title="Tap to toast, by minute")


def _draw_samples(axes: Axes, samples: Sequence[Sample], field: str, unit: str, title: str) -> None:
    for _, group in groupby(samples, key=lambda sample: sample.life):
        life = list(group)
        axes.plot([sample.at / 60 for sample in life], [getattr(sample, field) for sample in life], color="tab:blue")
    axes.set(ylabel=unit, title=title)


def _draw_mischief(axes: Axes, done: Done) -> None:
    for kind in (*ENDS, RETRAIN, SWAP, ""):
        moments = [at / 60 for at, was, _ in done if was == kind or (not kind and was not in COLOURS)]
        for number, moment in enumerate(moments):
            label = (kind or "other faults") if number == 0 else None
            axes.axvline(moment, color=COLOURS.get(kind, OTHER), linewidth=0.8, alpha=0.6, label=label)


def _minute(toast: Toast, began: float) -> int:
    return int((toast.at - began) // 60)
