"""Any model fitted for moments on a corpus one can see through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from recommender.data.corpus import Corpus
from recommender.ranking.calibration import Calibration
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import PERSON_FEATURES, Retrieval
from recommender.training.examples import Examples, simulate_onboardings
from recommender.training.models import ModelConfig
from recommender.training.tables import learn_tables
from recommender.training.training import export

# Far above what real corpora bear: a checkerboard has one lesson, and tests have little time.
RATE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """A fitted network as it is published, and what it was fitted on."""

    model: str
    retrieval: Retrieval
    network: bytes
    archive: bytes
    examples: Examples

    @property
    def ranker(self) -> Ranker:
        """Return what would serve."""
        return Ranker(self.retrieval, self.network, Calibration(), self.model)


def fit_small(model: str, corpus: Corpus, steps: int) -> Small:
    """Fit a model, and publish it."""
    from recommender.training.fitting import FitConfig, fit

    examples, retrieval = _lesson(corpus)
    config = FitConfig(
        model=model,
        seed=0,
        steps=steps,
        batch=32,
        learning_rate=RATE,
        weight_decay=1e-4,
        liking_weight=0.3,
        evenness=0.5,
        look_every=steps,
    )
    fitted = fit(examples, None, config, _model_config(examples, retrieval), lambda step, loss, ndcg: None)
    network, archive = export(fitted.network)
    return Small(model, retrieval, network, archive, examples)


@cache
def _lesson(corpus: Corpus) -> tuple[Examples, Retrieval]:
    """Return onboardings without the films that pad them, which small corpora are mostly made of, and tables."""
    examples = simulate_onboardings(corpus, seed=0, most_people=corpus.user_count)
    return without_padding(examples), learn_tables(corpus)


def without_padding(examples: Examples) -> Examples:
    """Return onboardings without the places at which none has a film."""
    there = np.flatnonzero((examples.films >= 0).any(axis=0))
    cut = {name: getattr(examples, name)[:, there] for name in ("films", "pairs", "chosen", "liked")}
    return replace(examples, **cut)


def _model_config(examples: Examples, retrieval: Retrieval) -> ModelConfig:
    seen = examples.pairs[examples.films >= 0].astype(np.float32)
    return ModelConfig(
        film_genres=retrieval.catalogue.genres.astype(np.float32),
        pair_mean=seen.mean(axis=0),
        pair_scale=np.maximum(0.01, seen.std(axis=0)),
        history=LONGEST_HISTORY,
        person=len(PERSON_FEATURES),
    )
