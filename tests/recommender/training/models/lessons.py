"""Lessons with known answers: people, films and what decides, made so that one idea is needed to learn them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.metrics import LIST_LENGTH
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.examples import MASKED, Examples
from recommender.training.models import ModelConfig

GENRES = 18


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What to learn, by whom it is judged, and the config of a network that may."""

    taught: Examples
    judged: Examples
    config: ModelConfig


def crosses(order: int, *, sizes: bool = False, seed: int = 0) -> Lesson:
    """Return people who like a film whose product of `order` features, of film and person, is positive.

    Nothing of a lower order tells anything: any features fewer than these are as often of one sign as of the other.

    Args:
        sizes: features have sizes, too, which an MLP must learn to look through.
    """
    generator = np.random.default_rng(seed)

    def draw(shape: tuple[int, ...]) -> NDArray[np.float64]:
        return generator.standard_normal(shape) if sizes else generator.choice([-1.0, 1.0], shape)

    def people(count: int) -> Examples:
        known = _nobody(count, films=16, history=2)
        known.pairs[:] = draw(known.pairs.shape)
        known.person[:] = draw(known.person.shape)
        known.genres[:] = draw(known.genres.shape)
        product = known.pairs[..., 0] * known.person[:, -1:]
        product = product if order == 2 else product * known.genres[:, :1]  # (people, films)
        known.liked[:] = product > 0
        known.chosen[:] = product > 0
        return known

    return Lesson(people(640), people(200), _config(movies=16, history=2))


def successors(movies: int = 12, history: int = 5, seed: int = 0) -> Lesson:
    """Return people who choose the film after the one that they met last; what else they met tells nothing."""
    generator = np.random.default_rng(seed)

    def people(count: int) -> Examples:
        known = _nobody(count, films=movies, history=history)
        known.history[:] = generator.permuted(np.tile(np.arange(movies), (count, 1)), axis=1)[:, :history]
        known.stars[:] = 1
        wanted = (known.history[:, -1] + 1) % movies
        known.chosen[:] = np.arange(movies) == wanted[:, None]
        known.liked[:] = known.chosen
        return known

    return Lesson(people(640), people(200), _config(movies=movies, history=history))


def newest_of_a_kind(kinds: int = 4, history: int = 6, seed: int = 0) -> Lesson:
    """Return people who like a film if they liked the one of its kind that they met last."""
    generator, movies = np.random.default_rng(seed), 6 * kinds
    kind_of = np.arange(movies) % kinds

    def people(count: int) -> Examples:
        known = _nobody(count, films=movies, history=history)
        known.history[:] = generator.permuted(np.tile(np.arange(movies), (count, 1)), axis=1)[:, :history]
        known.stars[:] = generator.choice([-1.5, 1.5], known.stars.shape)
        known.liked[:] = MASKED
        for place in range(history):
            of_kind = kind_of[known.history[:, place]][:, None] == kind_of  # (people, movies)
            known.liked[:] = np.where(of_kind, known.stars[:, place][:, None] > 0, known.liked)
        known.chosen[:] = known.liked
        return known

    genres = np.eye(GENRES, dtype=np.float32)[kind_of]
    return Lesson(people(640), people(200), _config(movies=movies, history=history, genres=genres))


def share_learned(model: str, lesson: Lesson, steps: int, rate: float = 0.01) -> float:
    """Return how many likes and dislikes of people it has not met a model tells apart, after so many steps."""
    liking = scores(model, lesson, steps, rate)[1]
    asked = lesson.judged.liked != MASKED
    return float(((liking > 0) == (lesson.judged.liked > 0))[asked].mean())


def share_first(model: str, lesson: Lesson, steps: int, rate: float = 0.01) -> float:
    """Return for how many people whom it has not met a model puts the film they choose first."""
    choice = scores(model, lesson, steps, rate)[0]
    return float((choice.argmax(axis=1) == lesson.judged.chosen.argmax(axis=1)).mean())


def scores(model: str, lesson: Lesson, steps: int, rate: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return choice and liking of those who judge.  (people, films) each"""
    from recommender.training.fitting import FitConfig, fit, logits

    config = FitConfig(
        model=model,
        seed=0,
        steps=steps,
        batch=64,
        learning_rate=rate,
        weight_decay=1e-4,
        liking_weight=1.0,
        evenness=0.5,
        look_every=steps,
    )
    return logits(fit(lesson.taught, None, config, lesson.config, lambda step, loss, ndcg: None).network, lesson.judged)


def _nobody(count: int, *, films: int, history: int) -> Examples:
    return Examples(
        people=np.arange(count, dtype=np.int32),
        genres=np.zeros((count, GENRES), np.float32),
        history=np.full((count, history), -1, np.int32),
        stars=np.zeros((count, history), np.float32),
        person=np.zeros((count, len(PERSON_FEATURES)), np.float32),
        films=np.tile(np.arange(films, dtype=np.int32), (count, 1)),
        pairs=np.zeros((count, films, len(PAIR_FEATURES)), np.float16),
        chosen=np.zeros((count, films), np.int8),
        liked=np.zeros((count, films), np.int8),
        targets=np.full(count, LIST_LENGTH, np.int32),
        later=np.full(count, films, np.int32),
    )


def _config(*, movies: int, history: int, genres: NDArray[np.float32] | None = None) -> ModelConfig:
    return ModelConfig(
        film_genres=np.zeros((movies, GENRES), np.float32) if genres is None else genres,
        pair_mean=np.zeros(len(PAIR_FEATURES), np.float32),
        pair_scale=np.ones(len(PAIR_FEATURES), np.float32),
        history=history,
        person=len(PERSON_FEATURES),
        dropout=0.0,
        film_dropout=0.0,
        film_decay=0.0,
    )
