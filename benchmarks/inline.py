"""Inline queries over 90,000 titles: how long an answer takes, from what somebody typed to the cards, as they type on.

Titles are put together from words of the starter's, so that as many are alike as in a large catalogue. The model is
trained on few generated ratings: how long it takes depends on the catalogue alone.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.figures import Figure, parser, percentile, progress, publish
from benchmarks.generator import generate
from bot.catalogue.starter import load_starter
from bot.messages import load_words
from bot.service.inline import InlineQuestion, offer_films
from bot.service.service import Service
from bot.service.titles import Titles
from bot.settings import sqlite_url
from bot.storage import CatalogueMovie, Store, Tx, migrate
from recommender.data.corpus import Corpus
from recommender.domain import GENRES, Movie, MovieId, Recommender, UserId
from recommender.ranking.bundle import BundleStore, pack
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.training import TrainingConfig, train

TITLES: Final = 90_000
MOST_MS: Final = 100
RATINGS: Final = 100_000
SEED: Final = 7
QUERIES: Final = 100
# Somebody known, and somebody who never spoke to the bot.
ADA, STRANGER = UserId(7), UserId(8)
RATED: Final = 30
WISHES: Final = (
    "90s comedy",
    "western",
    "drama or comedy, no war",
    "sci-fi from the 80s",
    "animation",
    "00年代的科幻片",
)


def main(arguments: Sequence[str] = ()) -> None:
    """Fill a database, publish a model over it, ask, and publish what that took."""
    options = _parse(arguments)
    rng = np.random.default_rng(SEED)
    corpus = _widened(generate(RATINGS), options.titles, rng)
    with tempfile.TemporaryDirectory() as folder, _serving(corpus, Path(folder)) as service:
        titles = [movie.title for movie in corpus.movies]
        kinds = {
            "today’s five, known": [(ADA, "")] * QUERIES,
            "today’s five, stranger": [(STRANGER, "")] * QUERIES,
            "a wish": [(ADA, str(wish)) for wish in rng.choice(WISHES, QUERIES)],
            "a title as it is typed": [(ADA, text) for text in _typed(titles, rng)],
            "a title with a slip": [(ADA, _slip(title, rng)) for title in rng.choice(titles, QUERIES)],
        }
        figures = [figure for name, asked in kinds.items() for figure in _figures(service, name, asked)]
    publish("inline", arguments, figures, as_json=options.as_json)


def _figures(service: Service, name: str, asked: Sequence[tuple[UserId, str]]) -> list[Figure]:
    progress(name)
    spent, worked = zip(*(_ms(service, person, text) for person, text in asked), strict=True)
    return [
        Figure(f"{name}, p50", (percentile(spent, 0.5),), "ms"),
        Figure(f"{name}, p99", (percentile(spent, 0.99),), "ms", MOST_MS),
        Figure(f"{name}, without waiting for the core, p50", (percentile(worked, 0.5),), "ms"),
        Figure(f"{name}, without waiting for the core, p99", (percentile(worked, 0.99),), "ms", MOST_MS),
    ]


def _ms(service: Service, person: UserId, text: str) -> tuple[float, float]:
    """Return how long an answer took, and how much of that this process was let work."""
    began, busy = time.perf_counter(), time.process_time()
    offer_films(service, InlineQuestion(person, "en", text, 0, "https://t.me/reelmate_bot"))
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _widened(corpus: Corpus, films: int, rng: np.random.Generator) -> Corpus:
    """Return the corpus over so many films, most of them unrated, with titles such as films have."""
    # An array: a list would be made one for each title.
    words = np.array(sorted({word for film in load_starter() for word in film.title.split()}))
    movies = [*corpus.movies]
    for number in range(len(movies) + 1, films + 1):
        genres = tuple(genre for genre in GENRES if rng.random() < 2 / len(GENRES))
        movies.append(Movie(MovieId(number), "", int(rng.integers(1920, 2026)), genres or ("Drama",)))
    named = (replace(one, title=" ".join(rng.choice(words, rng.integers(1, 5)))) for one in movies)
    return replace(corpus, movies=tuple(named))


@contextmanager
def _serving(corpus: Corpus, folder: Path) -> Iterator[Service]:
    """Give a service over a database and a model of these films."""
    progress("a model and a database")
    url, entries = sqlite_url(folder), [CatalogueMovie(one, popularity=1 / one.id) for one in corpus.movies]
    migrate(url)
    with Store(url) as store:
        store.write(lambda tx: tx.movies.upsert_all(entries)).result()
        store.write(_rate).result()
        threadpool_limits(1, user_api="blas")  # as the bot does (bot/commands/models/live.py)
        yield Service(store, _trained(corpus, folder), load_words(), Titles(store))


def _rate(tx: Tx) -> None:
    tx.people.ensure(ADA)
    for number in range(1, RATED + 1):
        tx.ratings.put(ADA, MovieId(number), number % 5 * 2 + 1, update_id=number)


def _trained(corpus: Corpus, folder: Path) -> Recommender:
    trained = train(corpus, TrainingConfig(most_people=500, steps=50))
    bundles = BundleStore(folder / "bundles")
    manifest = {
        "features": [list(PAIR_FEATURES), list(PERSON_FEATURES)],
        "calibration": asdict(trained.calibration),
    }
    bundles.publish(pack(trained.retrieval, trained.network, trained.model), manifest, "1")
    return bundles.load("1")


def _typed(titles: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Return what stands in the field while titles are typed, letter by letter from the third on."""
    texts = [title[:end] for title in rng.choice(titles, QUERIES) for end in range(3, min(len(title), 20) + 1)]
    return [str(text) for text in rng.choice(texts, QUERIES)]


def _slip(title: str, rng: np.random.Generator) -> str:
    """Return a title with one letter left out."""
    at = int(rng.integers(0, len(title)))
    return title[:at] + title[at + 1 :]


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("inline", __doc__ or "")
    made.add_argument("--titles", type=int, default=TITLES, help="how many films there are")
    return made.parse_args(arguments)
