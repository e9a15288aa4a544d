"""What papers report of models we have, beside what these come to here, and why the figures differ.

`python -m benchmarks published`. With MovieLens 1M as `--corpus` the stars are judged on the papers' own data.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.markdown import as_table
from bot.catalogue.movielens import read_movielens
from bot.commands.evaluate.rankers import fit_with_defaults
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import RUNGS, split_people
from recommender.evaluation.likes import (
    FilmAndPersonMeans,
    LikeAnswers,
    LikeScorer,
    fit_and_judge,
    join_answers,
    measure_likes,
    person_aucs,
)
from recommender.evaluation.registry import load_entry, model_rankers

PARTS: Final = ("stars", "likes")
MEANS: Final = "means of film and person"
# Those of ours that a paper reports on MovieLens, and the floor.
MODELS: Final = ("embedding_mlp", "wide_deep", "deepfm", "din")


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure of somebody else's.

    Attributes:
        ours: which of our rows is the same model.
        why: in one sentence, why the figures may differ.
    """

    ours: str
    model: str
    figure: float
    on: str
    source: str
    why: str


KNOWN_SHARE: Final = "Four fifths of the ratings are known there and nine tenths here, and the data differ."
DENSER: Final = "ML-1M has nobody with fewer than 20 ratings and 270 ratings a film, ml-latest-small has 11."
NO_AUTOREC: Final = "An autoencoder over a film's ratings, which none of ours is: it stands for what is to be had."
UNSEEN: Final = (
    "There 100,000 people of ML-20M train, all of a history is known, and areas are weighted by people's ratings."
)
STARS: Final = (
    Reported("biases", "Baseline", 0.944, "ML-100K", "Surprise 1.1.5, README", KNOWN_SHARE),
    Reported("biased MF, usual", "SVD", 0.934, "ML-100K", "Surprise 1.1.5, README", KNOWN_SHARE),
    Reported("biased MF, usual", "SVD", 0.873, "ML-1M", "Surprise 1.1.5, README", DENSER),
    Reported("biased MF, tuned", "BiasedMF", 0.845, "ML-1M", "Sedhain et al. 2015, table 1", DENSER),
    Reported("biased MF, tuned", "I-AutoRec", 0.831, "ML-1M", "Sedhain et al. 2015, table 1", NO_AUTOREC),
)
LIKES: Final = (
    Reported("embedding_mlp", "BaseModel", 0.7300, "ML-20M", "Zhou et al. 2018, table 3", UNSEEN),
    Reported("wide_deep", "Wide&Deep", 0.7304, "ML-20M", "Zhou et al. 2018, table 3", UNSEEN),
    Reported("deepfm", "DeepFM", 0.7324, "ML-20M", "Zhou et al. 2018, table 3", UNSEEN),
    Reported("din", "DIN", 0.7337, "ML-20M", "Zhou et al. 2018, table 3", UNSEEN),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run each part and print it beside what was published."""
    options = _parse(arguments)
    corpus, name = read_movielens(options.corpus), Path(options.corpus).name
    for part in options.parts:
        print(stars_page(corpus, name, options.splits) if part == "stars" else likes_page(corpus, name, options))


def stars_page(corpus: Corpus, name: str, splits: int) -> str:
    """Return the error of predicted stars, ours and theirs."""
    from benchmarks.stars import errors_by_split

    errors = errors_by_split(corpus, splits)
    rows = [[way, f"{np.mean(found):.4f}", f"{np.std(found):.4f}"] for way, found in errors.items()]
    ours = as_table([f"RMSE on {name}, 90/10, {splits} splits", "mean", "deviation"], rows)
    return f"{ours}\n\n{beside(STARS, {way: float(np.mean(found)) for way, found in errors.items()}, 'RMSE')}\n"


def likes_page(corpus: Corpus, name: str, options: argparse.Namespace) -> str:
    """Return how likes of people never seen are predicted from all that a profile holds, ours and theirs."""
    found = {MEANS: _judge(MEANS, corpus, options.folds)}
    found |= {model: _judge(model, corpus, options.folds) for model in options.models}
    rows, areas = list[list[str]](), dict[str, float]()
    for model, answers in found.items():
        metrics = measure_likes(answers)
        areas[model] = weighted_area(answers)
        figures = (metrics.log_loss, metrics.auc, metrics.person_auc, areas[model])
        rows.append([model, *(f"{figure:.4f}" for figure in figures)])
    columns = [f"likes on {name}, {max(RUNGS)} ratings known", "log loss", "AUC", "mean of people's", "weighted"]
    return f"{as_table(columns, rows)}\n\n{beside(LIKES, areas, 'weighted AUC')}\n"


def weighted_area(answers: LikeAnswers) -> float:
    """Return the mean of people's areas weighted by their ratings (Zhou et al. 2018, section 6.2)."""
    areas = person_aucs(answers)
    counts = np.diff(np.flatnonzero(np.diff(answers.people, prepend=-1, append=-1)))  # (people,)
    known = ~np.isnan(areas)
    return float(np.average(areas[known], weights=counts[known])) if known.any() else float("nan")


def beside(reported: Sequence[Reported], ours: Mapping[str, float], metric: str) -> str:
    """Return what was published beside ours, and the reason for the difference."""
    rows = [
        [f"{each.model} on {each.on} ({each.source})", f"{each.figure:.4g}", f"{ours[each.ours]:.4f}", each.why]
        for each in reported
        if each.ours in ours
    ]
    return as_table([f"published, {metric}", "theirs", "ours", "why they differ"], rows)


def _judge(model: str, corpus: Corpus, folds: Sequence[int]) -> LikeAnswers:
    """Return the chances that a model gives to what held-out people rated after their first ratings."""
    k, parts = max(RUNGS), list[LikeAnswers]()
    fit: Callable[[Corpus], LikeScorer] = FilmAndPersonMeans
    if model != MEANS:
        fit = fit_with_defaults(load_entry(model_rankers()[model]))
    for fold in folds:
        people = split_people(corpus.user_count, fold)
        parts.append(fit_and_judge(fit, corpus, people.train, people.test, (k,))[k])
    return join_answers(parts)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks published", description="Papers' figures beside ours.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--splits", type=int, default=5, help="of ratings, for the stars")
    parser.add_argument("--folds", type=int, nargs="+", default=[0], choices=range(5), help="of people, for the likes")
    parser.add_argument("--models", nargs="+", default=MODELS, choices=MODELS)
    return parser.parse_args(arguments)
