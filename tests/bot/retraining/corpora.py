"""Corpora to retrain on: the contract's people as many times as needed, or people with tastes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from bot.catalogue.corpora import stage_corpus, write_corpus
from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.tag_rows import TagRows
from tests.recommender.contract import contract_corpus

SIMULATED: Final = 120
PEOPLE_WITH_TASTES: Final = 400  # FEWEST_JUDGES of whom judge, and some more


def store_corpus(
    folder: Path, *, people: int, name: str = "simulated", simulated: bool = True, tags: TagRows | None = None
) -> None:
    """Store a corpus of so many people over the contract's movies; its people are repeated until there are enough."""
    corpus = contract_corpus()
    copies = -(-people // corpus.user_count)
    users = np.concatenate([corpus.user_rows + copy * corpus.user_count for copy in range(copies)]) + 1
    ids = np.array([movie.id for movie in corpus.movies])[corpus.movie_rows]
    kept = users <= people
    rows = RatingRows(
        users[kept].astype(np.int32),
        np.tile(ids, copies)[kept].astype(np.int32),
        np.tile(corpus.stars, copies)[kept],
        np.tile(corpus.times, copies)[kept],
    )
    with stage_corpus(
        folder, name, corpus.movies, rows, licence="made for tests", simulated=simulated, tags=tags
    ) as it:
        it.publish()


def store_tastes(
    folder: Path,
    people: int = PEOPLE_WITH_TASTES,
    *,
    liked: float = 4.5,
    each: int = 36,
    since: int = 0,
    name: str = "simulated",
    simulated: bool = True,
) -> None:
    """Store a corpus of people who like every second film, odd people the odd ones, the better known the more often."""
    movies, generator = contract_corpus().movies, np.random.default_rng(4)
    known = 1 / np.arange(2, len(movies) + 2)  # (movies,)
    rows = [generator.choice(len(movies), each, replace=False, p=known / known.sum()) for _ in range(people)]
    users = np.repeat(np.arange(1, people + 1), each)
    seen = np.concatenate(rows)
    stars = np.where((seen + users) % 2, liked, 2.0)
    ids = np.array([movie.id for movie in movies])[seen]
    ratings = RatingRows(
        users.astype(np.int32), ids.astype(np.int32), stars.astype(np.float32), since + np.arange(len(users))
    )
    write_corpus(folder, name, movies, ratings, licence="made for tests", simulated=simulated)
