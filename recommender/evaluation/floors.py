"""The floors that every ranker must beat, as entries of the registry."""

from __future__ import annotations

from recommender.data.corpus import Corpus
from recommender.data.statistics import count_statistics
from recommender.evaluation.registry import RankerEntry
from recommender.ranking.popularity import BayesianMeanInGenres, MostPopular, PopularInGenres


def fit_most_popular(corpus: Corpus) -> MostPopular:
    """Count likes."""
    return MostPopular(corpus.movies, count_statistics(corpus))


def fit_popular_in_genres(corpus: Corpus) -> PopularInGenres:
    """Count likes, for the floor."""
    return PopularInGenres(corpus.movies, count_statistics(corpus))


MOST_POPULAR = RankerEntry(lambda corpus, _: fit_most_popular(corpus))
POPULAR_IN_GENRES = RankerEntry(
    lambda corpus, settings: PopularInGenres(corpus.movies, count_statistics(corpus), **settings),
    [
        {"mean_weight": mean_weight, "genre_weight": genre_weight}
        for mean_weight in (0.0, 0.5, 1.0)
        for genre_weight in (0.5, 0.25, 1.0, 2.0)
    ],
)
BAYESIAN_MEAN_IN_GENRES = RankerEntry(
    lambda corpus, settings: BayesianMeanInGenres(corpus.movies, count_statistics(corpus), **settings),
    [
        {"prior": prior, "genre_weight": genre_weight}
        for prior in (5, 20, 80, 320, 1280)
        for genre_weight in (0.25, 0.05, 0.1, 0.5)
    ],
)
