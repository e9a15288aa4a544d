"""Our own models as entries of the registry; fitting one loads Keras."""

from __future__ import annotations

from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry
from recommender.ranking.ranker import Ranker
from recommender.training.models import MODELS
from recommender.training.training import TrainingConfig, train


def _fit(corpus: Corpus, settings: Hyperparameters) -> Ranker:
    return train(corpus, TrainingConfig(**settings)).ranker()


EMBEDDING_MLP = RankerEntry(_fit)
OWN_MODELS = {name: RankerEntry(_fit, [{"model": name}]) for name in MODELS}
