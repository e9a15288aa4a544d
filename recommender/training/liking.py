"""The liking head of our ranker: a logistic regression over the pair features, fitted to the end by Newton's method.

Choosing overfits within one pass over the onboardings, long before a gradient has settled how liking depends on its
few features; so liking is not left to the gradient.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from recommender.data.odds import logit
from recommender.training.examples import Examples
from recommender.training.logistic import fit_logistic
from recommender.training.models.config import LIKING_SEED, REGRESSION

# Ridge on standardised features. A person's ratings go together, so weights settle by people, not by ratings.
RIDGE: Final = 100.0
# Nobody speaks for more than this share of all, were each to rate as much as the usual one, by the root of one plus the
# ratings known: else the few who rate most decide, and the better a person is known, the less should that count.
MOST_SHARE: Final = 0.05
LEAST_SHARE: Final = 0.01
# More ratings than this settle a few dozen weights no further.
MOST_RATINGS: Final = 500_000


def fit_liking(network: keras.Model, parts: Sequence[Examples]) -> None:
    """Fit the network's liking regression, if it has one, to what was rated after all these onboardings."""
    if has_regression(network) and any((examples.liked >= 0).any() for examples in parts):
        rated = [_rated(_some_of(examples), _most_speak_for(parts)) for examples in parts]
        features, liked, sample_weights = (np.concatenate(column) for column in zip(*rated, strict=True))
        mean, scale = (np.asarray(weights) for weights in network.get_layer("standardise").get_weights())
        design = np.column_stack([(features - mean) / scale, np.ones(len(features), np.float32)])  # (ratings, F + 1)
        prior = np.append(np.zeros(features.shape[1]), _usual_logit(liked, sample_weights))
        kernel = fit_logistic(design, liked, ridge=RIDGE, weights=sample_weights / sample_weights.mean(), prior=prior)
        network.get_layer(REGRESSION).set_weights(
            [kernel[:-1, None].astype(np.float32), kernel[-1:].astype(np.float32)]
        )


def has_regression(network: keras.Model) -> bool:
    """Return whether liking is such a regression; being fitted to the end, it needs no calibration on top."""
    return any(layer.name == REGRESSION for layer in network.layers)


def _some_of(examples: Examples) -> Examples:
    """Return the examples, or a seeded sample of them that holds about MOST_RATINGS ratings."""
    share = MOST_RATINGS / max(1, int((examples.liked >= 0).sum()))
    if share >= 1:
        return examples
    return examples.at(np.random.default_rng(LIKING_SEED).random(len(examples)) < share)


def _usual_logit(liked: NDArray[np.bool_], sample_weights: NDArray[np.float32]) -> float:
    """Return the logit of the overall share of likes, which never is all or none."""
    share = np.clip(np.average(liked, weights=sample_weights), LEAST_SHARE, 1 - LEAST_SHARE)
    return float(logit(np.asarray(share)))


def _most_speak_for(parts: Sequence[Examples]) -> float:
    """Return how many later ratings one person may speak for, before any rating of theirs is known."""
    everybody = np.concatenate([examples.later[examples.person[:, 0] == 0] for examples in parts])  # (people,)
    return float(MOST_SHARE * len(everybody) * np.median(everybody)) if len(everybody) else np.inf


def _rated(examples: Examples, most: float) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32]]:
    """Return PAIR_FEATURES of the ratings to learn from, which are likes, and how many each one counts for.

    (ratings, F), (ratings,), (ratings,)
    """
    rated = examples.liked >= 0  # (examples, films)
    counts = rated.sum(axis=1)  # (examples,)
    bounds = np.maximum(1, most * np.exp(-examples.person[:, 0] / 2))  # (examples,); the feature is log(1 + ratings)
    sample_weights = np.minimum(examples.later, bounds) / np.maximum(1, counts)  # (examples,)
    return (
        examples.pairs[rated].astype(np.float32),
        examples.liked[rated] == 1,
        np.repeat(sample_weights, counts).astype(np.float32),
    )
