"""`reelmate evaluate --served --on CORPUS`: the published model's lists, judged by people of another corpus."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.corpora import corpus_folder, corpus_names, list_corpora, load_corpus, load_rows
from bot.catalogue.known_movies import KnownMovie, starter_movies
from bot.catalogue.matching import match_films
from bot.catalogue.movielens import read_release
from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.same_people import find_same_people
from bot.commands.commit import find_commit
from bot.commands.data.database import open_store
from bot.commands.errors import CommandError
from bot.commands.evaluate.results import print_figures
from bot.commands.evaluate.source import JUDGED
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, say, say_aside
from bot.commands.progress import meter
from bot.commands.quiet import quiet
from bot.settings import Settings
from recommender.data.corpus import Corpus
from recommender.data.statistics import assume_statistics
from recommender.domain import Movie
from recommender.evaluation.ladder import Ladder
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.reports.lists import describe_origin
from recommender.evaluation.reports.strangers import describe_strangers
from recommender.evaluation.strangers import (
    Strangers,
    judge_on_strangers,
    judge_their_popularity,
    ladder_of_strangers,
    meet_strangers,
)
from recommender.ranking.bundle import BundleStore
from recommender.ranking.popularity import PopularInGenres
from recommender.ranking.ranker import Ranker

# What the rows are called: the published model, the starter's own column, and what the people themselves know best.
MODEL: Final = "model"
OUR_POPULARITY: Final = "starter_popularity"
THEIR_POPULARITY: Final = "corpus_popularity"
# The floor's weights are made for counts; popularity is a share.
_CROWD: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class _Others:
    """A corpus to judge on, and which of our movies each film of it is: -1 where we lack it.  rows: (films,)"""

    name: str
    corpus: Corpus
    rows: NDArray[np.int64]


def evaluate_published(invocation: Invocation, *, on: str, people: int, as_json: bool) -> None:
    """Print what the published model's lists are worth to people of another corpus, who all rate today.

    Args:
        on: a corpus by name, or a MovieLens folder or zip.
        people: how many people judge at most; 0 for all.

    Raises:
        CommandError: no model is published, it learned from these people, or nobody of them can judge.
        CatalogueError: the corpus cannot be read.
        BundleError: the model cannot be read.
    """
    started, settings = time.monotonic(), invocation.settings()
    with quiet(invocation):
        ranker, sources = _load_published(settings)
    others = _read_others(settings, on, ranker.retrieval.catalogue.movies)
    if others.name in sources:
        expected = "people who judge must not have trained: name a corpus that the model has not seen"
        raise CommandError(f"{expected}. Received: {others.name}, which it learned from")
    others = replace(others, corpus=_without_trained(settings, sources, others, ranker.retrieval.catalogue.movies))
    now = int(time.time())
    strangers = meet_strangers(others.corpus, others.rows, ranker.retrieval.catalogue.movies, now)
    ladder = ladder_of_strangers(strangers, people or None)
    if not ladder.newcomers:
        shared = f"none of {strangers.corpus.user_count} over {strangers.shared_count} shared films"
        raise CommandError(f"judging needs people {JUDGED} of films that both have. Received: {shared}")
    results = _judge(ranker, strangers, ladder)
    if as_json:
        origin = {"on": others.name, **describe_origin(others.corpus, find_commit())}
        seconds = {"seconds": round(time.monotonic() - started, 1)}
        print_json({**origin, **seconds, **_describe(ranker, strangers, results)})
    else:
        _print(ranker, others.name, strangers, results)


def _load_published(settings: Settings) -> tuple[Ranker, frozenset[str]]:
    """Return what serves, and the corpora that it learned from."""
    bundles = BundleStore(settings.bundles_dir)
    current = bundles.current()
    if current is None:
        raise CommandError("there is no published model yet. Run `reelmate retrain`.")
    data = bundles.manifest(current).get("data", {})
    return bundles.load(current), frozenset(data.get("sources", {}))


def _read_others(settings: Settings, on: str, movies: tuple[Movie, ...]) -> _Others:
    ours = {movie.id: row for row, movie in enumerate(movies)}
    if on in {card.name for card in list_corpora(settings.data_dir)}:
        corpus = load_corpus(corpus_folder(settings.data_dir, on))
        return _Others(on, corpus, np.array([ours.get(movie.id, -1) for movie in corpus.movies]))
    release = read_release(Path(on))
    with open_store(settings) as store:
        entries = store.read(lambda tx: tx.movies.catalogue())
    known = [
        KnownMovie(entry.movie, entry.imdb_id, entry.tmdb_id, entry.movielens_id)
        for entry in entries
        if entry.movie.id in ours
    ]
    nobody = [0.0] * len(release.films)
    matched = match_films(release.films, known, nobody, shared_ids=release.shares_numbers)
    rows = np.array([ours.get(movie.movie.id, -1) for movie in matched.movies])
    return _Others(release.name, release.ratings.build(release.movies), rows)


def _without_trained(settings: Settings, sources: frozenset[str], others: _Others, movies: tuple[Movie, ...]) -> Corpus:
    """Return the people who are in none of the corpora that the model learned from, under whatever number and name.

    Raises:
        CommandError: nobody is left.
    """
    corpus, ids = others.corpus, np.array([-1, *(movie.id for movie in movies)], dtype=np.int64)
    ratings = RatingRows(
        corpus.user_ids[corpus.user_rows].astype(np.int32),
        ids[others.rows + 1][corpus.movie_rows].astype(np.int32),
        corpus.stars,
        corpus.times,
    )
    trained = set[int]()
    for name in sources & {*corpus_names(settings.data_dir)}:
        stored = load_rows(corpus_folder(settings.data_dir, name))
        trained |= {other for _, other in find_same_people(stored, ratings)}
    left = np.flatnonzero(~np.isin(corpus.user_ids, sorted(trained)))
    if not len(left):
        expected = "people who judge must not have trained: name a corpus of others"
        raise CommandError(f"{expected}. Received: {others.name}, all of whose {len(trained)} people it learned from")
    if trained:
        say_aside(f"Left out, since the model learned from them under another name: {len(trained)} people.")
    return corpus.only(left)


def _judge(ranker: Ranker, strangers: Strangers, ladder: Ladder) -> dict[str, LadderResult]:
    known = {film.movie.id: film.popularity or 0.0 for film in starter_movies()}
    movies = strangers.corpus.movies
    shares = np.array([_CROWD * known.get(movie.id, 0.0) for movie in movies])  # (movies,)
    column = PopularInGenres(movies, assume_statistics(shares))
    total, done = 3 * len(ladder.rungs) * len(ladder.newcomers), 0
    with meter() as report:

        def on_people(people: int) -> None:
            nonlocal done
            done += people
            report("Judging", done, total)

        return {
            MODEL: judge_on_strangers(ranker, strangers, ladder, on_people=on_people),
            OUR_POPULARITY: judge_on_strangers(column, strangers, ladder, on_people=on_people),
            THEIR_POPULARITY: judge_their_popularity(strangers, ladder, on_people=on_people),
        }


def _describe(ranker: Ranker, strangers: Strangers, results: Mapping[str, LadderResult]) -> dict[str, Any]:
    shared = {"version": ranker.version, "shared_films": strangers.shared_count}
    return {**shared, **describe_strangers(results, MODEL)}


def _print(ranker: Ranker, name: str, strangers: Strangers, results: Mapping[str, LadderResult]) -> None:
    people, films = len(results[MODEL].user_ids), strangers.shared_count
    say(f"{ranker.version} on {name}: {people} people it has never seen, who rate today, by {films} films both have")
    say("Two pages of five as shown, mean (standard error)")
    print_figures(results, MODEL, ("ndcg", "hit"))
