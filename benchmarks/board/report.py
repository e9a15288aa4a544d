"""The board as a page of tables: lists on each ladder beside the shipped model's, and what every ranker costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.board.measuring import COMPARED, Part
from benchmarks.board.work import Task
from benchmarks.markdown import as_table, say_difference
from recommender.evaluation.bootstrap import RESAMPLES, paired_intervals
from recommender.evaluation.registry import model_rankers

COMMAND: Final = "make bench-models"
# Whom the others are compared with.
SHIPPED: Final = "embedding_mlp"
LADDERS: Final[Mapping[Part, str]] = {"people": "The ordinary ladder", "rolling": "The rolling ladder"}
NOTHING: Final = "–"

Measured = Mapping[Task, Mapping[str, Any]]
Values = NDArray[np.float64]


def as_page(measured: Measured, names: Sequence[str], folds: Sequence[int], figures: Mapping[str, Any]) -> str:
    """Return the tables of whatever is measured on all folds, best first, and out of what they came."""
    ladders = [_ladder(part, measured, names, folds) for part in LADDERS]
    return "\n\n".join(
        [
            "## The board",
            f"{'Folds' if len(folds) > 1 else 'Fold'} {', '.join(map(str, folds))} of {figures['corpus']}, "
            f"{figures['judges']} people judge; the tables have whoever is measured on all of it. "
            "Of what makes lists the two pages shown are judged, of the others "
            "(marked *) the ten films that they score highest, which cost them no variety. "
            "[models.md](models.md) says what each is.",
            "![Quality by latency and by training time](models.svg)",
            *(part for part in ladders if part),
            *proven_better(measured, names, folds),
            _costs(measured, names, folds),
            _origin(measured, figures),
        ]
    )


def complete(measured: Measured, part: Part, names: Sequence[str], folds: Sequence[int]) -> list[str]:
    """Return who is measured on all these folds."""
    return [name for name in names if all(Task(name, part, fold) in measured for fold in folds)]


def shown(measured: Measured, part: Part, name: str, folds: Sequence[int], metric: str) -> Values:
    """Return a metric of the lists as shown, people of all folds one after another.  (rungs, people)"""
    return np.concatenate([measured[Task(name, part, fold)]["shown"][metric] for fold in folds], axis=1)


def mean_of(measured: Measured, part: Part, name: str, folds: Sequence[int], *keys: str) -> float | None:
    """Return the mean of a value over folds, and over rungs where it has them; None where there is none."""
    found: list[Any] = [measured[Task(name, part, fold)] for fold in folds]
    for key in keys:
        found = [None if each is None else each[key] for each in found]
    return None if any(each is None for each in found) else float(np.mean(np.array(found, dtype=np.float64)))


def proven_better(measured: Measured, names: Sequence[str], folds: Sequence[int]) -> list[str]:
    """Return which model's lists are proven worth more than the shipped one's, in a sentence; none where unmeasured.

    Worth is what `reelmate tune` seeks: the mean of NDCG and hit rate of lists as shown, on the rolling ladder.
    """
    known = [name for name in complete(measured, "rolling", names, folds) if name in model_rankers()]
    others = [name for name in known if name != SHIPPED]
    if SHIPPED not in known or not others:
        return []
    worth = {
        name: np.mean([shown(measured, "rolling", name, folds, metric) for metric in ("ndcg", "hit")], axis=(0, 1))
        for name in known
    }
    found = paired_intervals(np.stack([worth[name] - worth[SHIPPED] for name in others]))
    ahead = [name for name, difference in zip(others, found, strict=True) if difference.is_ahead]
    rule = "What ships stays until the lists of another model are proven worth more on the rolling ladder"
    return [
        f"{rule} (the mean of NDCG and hit rate, its interval above zero). Proven so: {', '.join(ahead) or 'none'}."
    ]


def _ladder(part: Part, measured: Measured, names: Sequence[str], folds: Sequence[int]) -> str:
    known = complete(measured, part, names, folds)
    if not known:
        return ""
    values = {name: {metric: shown(measured, part, name, folds, metric) for metric in COMPARED} for name in known}
    known.sort(key=lambda name: -float(values[name]["ndcg"].mean()))
    any_found = measured[Task(known[0], part, folds[0])]
    people = next(iter(values.values()))["ndcg"].shape[1]
    head = ["ranker", *(f"k={k}" for k in any_found["rungs"]), "NDCG", "recall", "hit rate"]
    rows = [_row(_marked(measured, part, name, folds), values[name]) for name in known]
    parts = [
        f"### {LADDERS[part]}",
        f"{people} people, {len(known)} of {len(names)} rankers; NDCG@10 by rung, then means over rungs.",
        as_table(head, rows),
    ]
    if SHIPPED in known and len(known) > 1:
        parts += [f"Ahead of {SHIPPED}, paired, {RESAMPLES:,} resamples of people:", _differences(known, values)]
    return "\n\n".join(parts)


def _row(name: str, values: Mapping[str, Values]) -> list[str]:
    means = [*values["ndcg"].mean(axis=1), *(values[metric].mean() for metric in COMPARED)]
    return [name, *(f"{mean:.3f}" for mean in means)]


def _differences(known: Sequence[str], values: Mapping[str, Mapping[str, Values]]) -> str:
    rows = list[list[str]]()
    for name in known:
        if name != SHIPPED:
            ahead = [(values[name][metric] - values[SHIPPED][metric]).mean(axis=0) for metric in COMPARED]
            rows.append([name, *(say_difference(each, 3) for each in paired_intervals(np.stack(ahead)))])
    return as_table(["ranker", "NDCG", "recall", "hit rate"], rows)


def _marked(measured: Measured, part: Part, name: str, folds: Sequence[int]) -> str:
    return name if measured[Task(name, part, folds[0])]["is_served"] else f"{name}*"


def _costs(measured: Measured, names: Sequence[str], folds: Sequence[int]) -> str:
    part: Part = "people" if complete(measured, "people", names, folds) else "rolling"
    with_new = set(complete(measured, "new", names, folds))
    rows = [
        [name, *_likes_and_new(measured, part, name, folds, name in with_new), *_cost(measured, part, name, folds)]
        for name in complete(measured, part, names, folds)
    ]
    head = ["ranker", "log loss", "AUC", "new films' AUC", "their share", "parameters", "training", "a list", "bundle"]
    note = (
        "Chances of likes in the mean over rungs; films that nobody rated in training, and how much of lists they "
        "are; processor time of the last training and of a list of ten after ten ratings, reasons with it where there "
        "are some; what settings cost to choose is not counted."
    )
    return "\n\n".join(["### What else there is to weigh", note, as_table(head, rows)])


def _likes_and_new(measured: Measured, part: Part, name: str, folds: Sequence[int], has_new: bool) -> list[str]:
    likes = [mean_of(measured, part, name, folds, "likes", key) for key in ("log_loss", "auc")]
    new = [mean_of(measured, "new", name, folds, key) if has_new else None for key in ("auc", "share")]
    share = NOTHING if new[1] is None else f"{100 * new[1]:.1f} %"
    return [*(NOTHING if each is None else f"{each:.3f}" for each in (*likes, new[0])), share]


def _cost(measured: Measured, part: Part, name: str, folds: Sequence[int]) -> list[str]:
    parameters, size = (mean_of(measured, part, name, folds, key) for key in ("parameters", "bundle_bytes"))
    seconds, milliseconds = (mean_of(measured, part, name, folds, key) for key in ("train_s", "list_ms"))
    return [
        NOTHING if parameters is None else f"{parameters:,.0f}",
        f"{seconds:,.1f} s",
        f"{milliseconds:.1f} ms",
        NOTHING if size is None else f"{size / 1e6:.1f} MB",
    ]


def _origin(measured: Measured, figures: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in figures["versions"].items())
    commits = sorted({str(found.get("git_commit"))[:10] for found in measured.values()})
    return (
        f"Corpus sha256 `{figures['data']['sha256'][:16]}`; measured at {', '.join(commits)}; {versions}. "
        f"Regenerate with `{COMMAND}`."
    )
