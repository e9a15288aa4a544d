"""What is known of a film says of how it is rated, learned from ratings: all there is on a new film."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content

# Years are straight lines between these knots, flat beyond them: hats, a linear spline (de Boor 1978, chapter 9).
KNOTS: Final = np.arange(1920, 2021, 10, dtype=np.float64)
# Two genres together say something of their own once this many films have both.
FEWEST_OF_PAIR: Final = 20
# Ratings at the overall mean that hold each weight back; 10 to 200 did alike on films kept from training.
RIDGE: Final = 40.0
# Tags, people and the like are many, and each is borne by few films: beside genres they are held back so many times as
# strongly, all alike.
CONTENT_RIDGE: Final = 8.0
# Who or what is in fewer films says nothing of others.
FEWEST_OF_FEATURE: Final = 3
ROUNDS: Final = 30
# Beyond, the spread changes no table; ten to twenty-five rounds get there.
SETTLED: Final = 1e-10
# How near conjugate gradients come to the regression's weights at first, relative to its right side; later as many
# times nearer as the spread changes less, down to the end. Solved to the end at once they take eight times as long.
NEAR: Final = 1e-2
SOLVED: Final = 1e-10
# A title's series ends where a subtitle, a number or a remark begins, never at its own first word: "Matrix, The" is the
# Matrix, and "X-Men" the X-Men.
SERIES_END: Final = re.compile(r" \(|, (?:the|an?)$|:| and the |(?!^)\b(?:part|\d+|i[iv]+|vi*|i?x)\b")
# Titles that more films share are no series but a word.
LONGEST_SERIES: Final = 15
# Films just as promised that a series starts from; 1 to 4 did alike on films kept from training.
SERIES_PRIOR: Final = 3.0
# Variances never vanish, not even where all films are rated alike.
LEAST_VARIANCE: Final = 1e-4
SMALLEST: Final = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class ContentPrior:
    """What films are expected to get before anybody rates them.

    Attributes:
        means: by content alone.  (movies,)
        ratings: how many ratings of its own that expectation weighs as much as.
    """

    means: NDArray[np.float64]
    ratings: float

    def drawn(self, sums: NDArray[np.floating], counts: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return each film's mean, drawn to what its content promises; that promise where nobody rated it.  (movies,)

        Args:
            sums, counts: of a film's own ratings.  (movies,) each
        """
        return np.asarray((sums + self.ratings * self.means) / (counts + self.ratings))


def content_features(genres: NDArray[np.bool_], years: NDArray[np.floating], content: Content | None = None) -> Any:
    """Return genres, usual pairs of them, no genre at all, smooth years, and what else is known: scipy CSR.

    (movies, features)

    Args:
        genres: (movies, genres)
        years: AD, none missing.  (movies,)
    """
    from scipy.sparse import csr_matrix, hstack

    table = genres.astype(np.float64)
    one, other = np.triu_indices(table.shape[1], 1)
    usual = (table.T @ table)[one, other] >= FEWEST_OF_PAIR
    pairs = csr_matrix(genres[:, one[usual]] & genres[:, other[usual]], dtype=np.float64)
    step = KNOTS[1] - KNOTS[0]
    hats = np.maximum(0, 1 - np.abs(np.clip(years, KNOTS[0], KNOTS[-1])[:, None] - KNOTS) / step)  # (movies, knots)
    parts = [csr_matrix(part) for part in (table, pairs, ~genres.any(axis=1, keepdims=True), hats)]
    if content is not None:
        parts.append(csr_matrix(content.is_known[:, None], dtype=np.float64))
        parts.append(content.shared(FEWEST_OF_FEATURE).matrix() / np.sqrt(CONTENT_RIDGE))
    return hstack(parts, format="csr")


def series_of(titles: Iterable[str]) -> NDArray[np.int64]:
    """Return the number of the series each film is of, by how its title begins; -1 for films that stand alone."""
    stems = [SERIES_END.split(title.casefold(), maxsplit=1)[0].strip(" ,.'!?") for title in titles]
    counts = Counter(stems)
    shared = [stem for stem, count in counts.items() if 1 < count <= LONGEST_SERIES and len(stem) > 2]
    numbers = {stem: number for number, stem in enumerate(shared)}
    return np.array([numbers.get(stem, -1) for stem in stems], dtype=np.int64)


def fit_content_prior(
    features: Any,
    series: NDArray[np.integer],
    counts: NDArray[np.float64],
    sums: NDArray[np.float64],
    squares: NDArray[np.float64],
) -> ContentPrior:
    """Learn how content tells a film's mean: the small-area model of Fay and Herriot 1979, a ridge on its weights.

    A film's observed mean is its true one plus noise that falls with its ratings; true means spread around what content
    promises. That spread, and so how far to trust content, is estimated with the weights (their equation 3.4). Time
    is linear in films.

    Args:
        features: as content_features returns them.  (movies, content)
        series: as series_of returns them.  (movies,)
        counts, sums, squares: of each film's ratings, their values and squared values.  (movies,) each
    """
    rated = counts > 0
    n, means = counts[rated], sums[rated] / counts[rated]
    within = _within(n, means, squares[rated])
    design, between = features[rated], LEAST_VARIANCE  # from below, Newton's steps on this convex sum never overshoot
    weights, near = np.zeros(features.shape[1]), NEAR
    for _ in range(ROUNDS):
        noise = between + within / n  # (rated,)
        weights, offset = _regress(design, means, within / noise, weights, near)
        left = means - offset - design @ weights
        excess = (left**2 / noise).sum() / max(1, len(n) - 1) - 1  # none when the spread is right
        slope = max(SMALLEST, (left**2 / noise**2).mean())
        before, between = between, max(LEAST_VARIANCE, between + excess / slope)
        change = abs(between - before) / between
        if near == SOLVED and change <= SETTLED:
            break
        near = float(np.clip(NEAR * change, SOLVED, NEAR))
    promised = offset + features @ weights  # (movies,)
    trust, left = np.zeros(len(counts)), np.zeros(len(counts))
    trust[rated], left[rated] = between / (between + within / n), means - promised[rated]
    return ContentPrior(_bounded(promised + _of_the_others(series, trust, left), means), within / between)


def _of_the_others(
    series: NDArray[np.integer], trust: NDArray[np.float64], left: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return by how much the others of a film's series are better than promised, drawn to nothing.  (movies,)

    Args:
        trust: how far a film's own ratings are to be believed, 0 to 1.  (movies,)
        left: what they leave of the promise.  (movies,)
    """
    place = series + 1  # no series is the first place
    sums, weights = (np.bincount(place, values)[place] - values for values in (trust * left, trust))
    return np.asarray(np.where(series < 0, 0.0, sums / (weights + SERIES_PRIOR)))


def _within(counts: NDArray[np.float64], means: NDArray[np.float64], squares: NDArray[np.float64]) -> float:
    """Return the variance of ratings of one film; of all where no film has two."""
    spare = float((counts - 1).sum())
    if spare:
        return max(LEAST_VARIANCE, float((squares - counts * means**2).sum()) / spare)
    return max(LEAST_VARIANCE, float(means.var()))


def _regress(
    design: Any, means: NDArray[np.float64], trust: NDArray[np.float64], first: NDArray[np.float64], near: float
) -> tuple[NDArray[np.float64], float]:
    """Return weights and offset of a ridge regression, each film weighing as many ratings as it is trusted for.

    (content,), ()

    Args:
        first: the weights to start from.  (content,)
        near: how much of the right side may be left unexplained.
    """
    from scipy.sparse.linalg import LinearOperator, cg

    centre, middle = np.asarray(trust @ design) / trust.sum(), float(trust @ means / trust.sum())

    def curved(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        left = trust * (design @ weights - centre @ weights)  # (movies,)
        return np.asarray(design.T @ left - centre * left.sum() + RIDGE * weights)

    operator = LinearOperator((design.shape[1], design.shape[1]), matvec=curved, dtype=np.float64)
    weights, _ = cg(operator, design.T @ (trust * (means - middle)), x0=first, rtol=near)
    return weights, middle - float(centre @ weights)


def _bounded(expected: NDArray[np.float64], means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep a line from promising what no film ever got.  (movies,)"""
    return np.clip(expected, means.min(), means.max())
