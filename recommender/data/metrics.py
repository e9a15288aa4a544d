"""What a list is worth to somebody whose later likes are known."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

LIST_LENGTH: Final = 10
# Scores of a run, of which the highest is looked at first. Longer ones are quicker still for a list of ten, and help a
# longer list less.
RUN: Final = 64
# 1 / log2(rank + 1), Järvelin and Kekäläinen 2002, section 2.
DISCOUNTS: Final = 1 / np.log2(np.arange(2, LIST_LENGTH + 2))


def top_rows(scores: NDArray[np.floating], k: int) -> NDArray[np.int64]:
    """Return the rows of the k highest scores, best first; among equals the smaller row goes first.  (k,)

    Most of a long row is passed over first: whatever is below the k-th highest of the peaks of its runs.
    """
    k, runs = min(k, len(scores)), len(scores) // RUN
    rows = np.arange(len(scores))
    if runs > k:
        peaks = scores[: runs * RUN].reshape(runs, RUN).max(axis=1)  # (runs,)
        rows = np.flatnonzero(scores >= _kth_highest(peaks, k))
    held = scores[rows]
    best = np.flatnonzero(held >= _kth_highest(held, k))
    return np.asarray(rows[best[np.argsort(-held[best], kind="stable")[:k]]])


def _kth_highest(scores: NDArray[np.floating], k: int) -> np.floating:
    """Return the k-th highest score.

    The lowest of the negatives is looked for: NumPy takes ten times as long over the highest where most are equal.
    """
    found: np.floating = -np.partition(-scores, k - 1)[k - 1]
    return found


def are_targets(listed: NDArray[np.integer], targets: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return which places of a list hold a target.  (places,)

    Each is compared with each: np.isin takes longer to begin.
    """
    return np.asarray((listed[:, None] == targets).any(axis=1))


def ndcg(hits: NDArray[np.bool_], targets: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return NDCG@10 of each list, the ideal list holding as many targets as it can.  (lists,)

    Args:
        hits: which places of each list hold a target.  (lists, at most 10)
        targets: how many targets each list's person has, at least one.  (lists,)
    """
    ideal = np.cumsum(DISCOUNTS)[np.minimum(LIST_LENGTH, targets) - 1]  # (lists,)
    return np.asarray(hits @ DISCOUNTS[: hits.shape[1]] / ideal)


def first_rank(scores: NDArray[np.floating], target_rows: NDArray[np.integer]) -> int:
    """Return the rank, from 1, of the first target in the full ranking; equals share the better rank."""
    return 1 + int((scores > scores[target_rows].max()).sum())
