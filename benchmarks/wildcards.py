"""What the wildcard's draw is worth: evenly, as the ranker's chances say, as it learns, and as a dueling bandit learns.

People whom the ranker never saw are shown films off their path, night after night, and answer by a taste that is hidden
from it. Half of them teach, the others judge: what a way of drawing is worth to them is known exactly.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import as_table, say_difference
from bot.catalogue.film_content import content_of
from bot.catalogue.known_movies import starter_movies
from bot.catalogue.matching import match_films
from bot.catalogue.movielens import read_release
from bot.catalogue.simulator import simulate, simulate_tastes
from bot.commands.progress import meter
from bot.retraining.run import FIRST_TRAINING
from recommender.data.corpus import Corpus
from recommender.domain import LIKE, ListRequest, Movie, MovieId
from recommender.evaluation.bootstrap import Difference, paired_intervals
from recommender.evaluation.ladder import Ladder, Newcomer, build_ladder
from recommender.evaluation.strangers import ladder_of_strangers, meet_strangers
from recommender.ranking.features import EncodedProfile
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.wildcard import has_wildcard
from recommender.ranking.wildcard_policy import FEATURES, WildcardPolicy, describe_wildcards
from recommender.training.training import Trained, TrainingConfig, train
from recommender.training.wildcards import ShownWildcards, learn_policy

# Simulated people who are none of those that the ranker learned from.
PEOPLE, PEOPLE_SEED = 600, 777
# Wildcards from one training to the next, and after how many of them policies are judged.
NIGHT: Final = 100
JUDGED_AFTER: Final = (100, 500, 1000, 4000)
SEEDS: Final = 5
# Of the simulated people who answer at all, in the second scene.
ANSWERING: Final = 0.3
# The steps of dueling bandit gradient descent (Yue and Joachims 2009), in standard deviations of features: how far the
# one that explores strays, and how far the other follows where it did better.
STRAY, FOLLOW = 0.5, 0.2
EVEN: Final = WildcardPolicy((0.0,) * len(FEATURES))
# A seed at which a page has its wildcard.
DRAW: Final = next(seed for seed in range(1_000) if has_wildcard(np.random.default_rng(seed)))

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """Somebody on a second page that has a wildcard: the films that may be it, and which of them they would like.

    Attributes:
        features: (films, features)
        liked: how probably each is given a like afterwards.  (films,)
        rows: in the catalogue.  (films,)
    """

    person: int
    features: Values
    liked: Values
    rows: NDArray[np.int64]


@dataclass(frozen=True)
class Watching(WildcardPolicy):
    """The even draw, which keeps what it was asked about."""

    met: list[tuple[NDArray[np.int64], Values]] = field(default_factory=list)

    def odds_for(
        self,
        retrieval: Retrieval,
        person: EncodedProfile,
        rows: NDArray[np.integer],
        chances: NDArray[np.floating],
    ) -> Values:
        self.met.append((rows.astype(np.int64), describe_wildcards(retrieval, person, rows, chances)))
        return np.full(len(rows), 1 / len(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the starter's first model, show its wildcards to people of each scene, and print what they made of them."""
    options, started = _parse(arguments), time.monotonic()
    movies = tuple(known.movie for known in starter_movies())
    corpus = simulate(movies).knowing(content_of(movies))
    trained = train(corpus, TrainingConfig(**FIRST_TRAINING))
    scenes = simulated_scenes(movies, trained, options.people)
    if options.corpus:
        scenes["people of MovieLens"] = stranger_scene(trained, Path(options.corpus))
    figures: dict[str, Any] = {name: judge_scene(scene, options.seeds) for name, scene in scenes.items()}
    figures["minutes"] = round((time.monotonic() - started) / 60, 1)
    print(json.dumps(figures) if options.json else as_page(figures))


def simulated_scenes(movies: tuple[Movie, ...], trained: Trained, people: int) -> dict[str, list[Situation]]:
    """Return what simulated people are shown: all of them answering, or some."""
    corpus, stars = simulate_tastes(movies, people, PEOPLE_SEED)
    liked = (stars >= LIKE.value).astype(np.float64)  # (people, movies)
    ladder = build_ladder(corpus, np.arange(corpus.user_count))
    likes = {int(user): liked[row] for row, user in enumerate(corpus.user_ids)}
    scene = show_pages(trained, ladder, likes, frozenset())
    some = [replace(one, liked=ANSWERING * one.liked) for one in scene]
    return {"simulated people": scene, f"simulated people, {ANSWERING:.0%} of whom answer": some}


def stranger_scene(trained: Trained, folder: Path) -> list[Situation]:
    """Return what people of a MovieLens release are shown: they like what they went on to give a like."""
    release, known = read_release(folder), starter_movies()
    matched = match_films(release.films, known, [0.0] * len(release.films), shared_ids=release.shares_numbers)
    movies = tuple(each.movie for each in known)
    ours = {movie.id: row for row, movie in enumerate(movies)}
    rows = np.array([ours.get(each.movie.id, -1) for each in matched.movies])
    strangers = meet_strangers(release.ratings.build(release.movies), rows, movies, int(time.time()))
    return show_pages(trained, ladder_of_strangers(strangers), likes_of(strangers.corpus), strangers.lacking)


def likes_of(corpus: Corpus) -> dict[int, Values]:
    """Return 1 for each film that somebody likes, by their id.  (movies,) each"""
    likes = {int(user): np.zeros(len(corpus.movies)) for user in corpus.user_ids}
    for user, movie in zip(corpus.user_rows[corpus.likes], corpus.movie_rows[corpus.likes], strict=True):
        likes[int(corpus.user_ids[user])][movie] = 1.0
    return likes


def show_pages(
    trained: Trained, ladder: Ladder, likes: Mapping[int, Values], lacking: frozenset[MovieId]
) -> list[Situation]:
    """Return the situations of everybody's second page at every rung, by the very ranker that serves."""
    watching = Watching(EVEN.weights)
    serving, situations = replace(trained, wildcards=watching).ranker(), list[Situation]()
    with meter() as report:
        for done, person in enumerate(ladder.newcomers):
            report("Showing pages", done, len(ladder.newcomers))
            for k in ladder.rungs:
                _turn_page(serving, person, k, lacking)
                for rows, features in watching.met:
                    liked = likes[int(person.user_id)][rows]
                    situations.append(Situation(int(person.user_id), features, liked, rows))
                watching.met.clear()
    return situations


def _turn_page(ranker: Ranker, person: Newcomer, k: int, lacking: frozenset[MovieId]) -> None:
    profile = person.profile_for_lists(k)
    profile, movies = replace(profile, hidden=profile.hidden | lacking), ranker.retrieval.catalogue.movies
    shown = {movies[pick.row].id for pick in ranker.pick(profile, PAGE_SIZE)}
    ranker.pick(profile, PAGE_SIZE, ListRequest(shown=shown, draw=DRAW))


def judge_scene(scene: Sequence[Situation], seeds: int) -> dict[str, Any]:
    """Return what each way of drawing is worth to the half of people who teach nothing."""
    people = np.unique([one.person for one in scene])
    teaching = set(np.random.default_rng(PEOPLE_SEED).permutation(people)[::2].tolist())
    teachers = [one for one in scene if one.person in teaching]
    judges = [one for one in scene if one.person not in teaching]
    even = worth(judges, EVEN)
    rows = {"even": _row(even, even, judges, [EVEN]), "by chance": _judge(judges, even, [WildcardPolicy()])}
    for name, nights in (("learned", learn_nightly), ("dueling bandit", duel_nightly)):
        runs = [nights(teachers, np.random.default_rng(seed)) for seed in range(seeds)]
        for after in JUDGED_AFTER:
            rows[f"{name}, after {after:,}"] = _judge(judges, even, [run[after // NIGHT] for run in runs])
    return {"situations": len(scene), "films": float(np.mean([len(one.rows) for one in scene])), "rows": rows}


def learn_nightly(teachers: Sequence[Situation], rng: np.random.Generator) -> list[WildcardPolicy]:
    """Return the policy of each night, the first before any: each is learned from all wildcards shown till then."""
    policies, features, liked, propensities = [WildcardPolicy()], list[Values](), list[bool](), list[float]()
    for _ in range(max(JUDGED_AFTER) // NIGHT):
        for _ in range(NIGHT):
            one = teachers[int(rng.integers(len(teachers)))]
            film, propensity, is_liked = _draw(one, policies[-1], rng)
            features.append(one.features[film])
            liked.append(is_liked)
            propensities.append(propensity)
        policies.append(learn_policy(ShownWildcards(np.array(features), np.array(liked), np.array(propensities))))
    return policies


def duel_nightly(teachers: Sequence[Situation], rng: np.random.Generator) -> list[WildcardPolicy]:
    """Return the policy of each night by dueling bandit gradient descent, as DRN explores (Zheng et al. 2018, 4.5)."""
    scale = np.concatenate([one.features for one in teachers]).std(axis=0) + 1e-9
    policies = [WildcardPolicy()]
    for _ in range(max(JUDGED_AFTER) // NIGHT):
        stray = STRAY * rng.standard_normal(len(FEATURES)) / scale
        sides = (policies[-1], WildcardPolicy(tuple((np.array(policies[-1].weights) + stray).tolist())))
        likes, shown = np.zeros(2), np.zeros(2)
        for _ in range(NIGHT):
            side, one = int(rng.integers(2)), teachers[int(rng.integers(len(teachers)))]
            likes[side] += _draw(one, sides[side], rng)[2]
            shown[side] += 1
        rates = likes / np.maximum(1, shown)
        step = FOLLOW / STRAY * stray if rates[1] > rates[0] else np.zeros(len(FEATURES))
        policies.append(WildcardPolicy(tuple((np.array(policies[-1].weights) + step).tolist())))
    return policies


def _draw(one: Situation, policy: WildcardPolicy, rng: np.random.Generator) -> tuple[int, float, bool]:
    odds = policy.odds(one.features)
    film = int(rng.choice(len(odds), p=odds))
    return film, float(odds[film]), bool(rng.random() < one.liked[film])


def worth(judges: Sequence[Situation], policy: WildcardPolicy) -> Values:
    """Return how probably a wildcard is liked, by person.  (people,)"""
    people, places = np.unique([one.person for one in judges], return_inverse=True)
    values = np.array([policy.odds(one.features) @ one.liked for one in judges])
    return np.asarray(np.bincount(places, values) / np.bincount(places, minlength=len(people)))


def commonest(judges: Sequence[Situation], policy: WildcardPolicy) -> float:
    """Return the share of wildcards that are the film which most of them are."""
    films = np.concatenate([one.rows for one in judges])
    odds = np.concatenate([policy.odds(one.features) for one in judges])
    return float(np.bincount(films, odds).max() / len(judges))


def _judge(judges: Sequence[Situation], even: Values, policies: Sequence[WildcardPolicy]) -> dict[str, Any]:
    return _row(np.mean([worth(judges, policy) for policy in policies], axis=0), even, judges, policies)


def _row(
    values: Values, even: Values, judges: Sequence[Situation], policies: Sequence[WildcardPolicy]
) -> dict[str, Any]:
    difference: Difference = paired_intervals((values - even)[None])[0]
    common = max(commonest(judges, policy) for policy in policies)
    weights = np.mean([policy.weights for policy in policies], axis=0).round(2).tolist()
    ahead = [difference.mean, difference.low, difference.high]
    return {"liked": round(float(values.mean()), 4), "ahead": ahead, "commonest": round(common, 3), "weights": weights}


def as_page(figures: Mapping[str, Any]) -> str:
    """Return a table a scene as Markdown."""
    parts = list[str]()
    for name, scene in figures.items():
        if name == "minutes":
            continue
        rows = [
            [way, f"{row['liked']:.4f}", say_difference(Difference(*row["ahead"])), f"{row['commonest']:.3f}"]
            for way, row in scene["rows"].items()
        ]
        head = [name, "likes a wildcard", "minus even", "commonest film"]
        parts.append(as_table(head, rows))
    return "\n\n".join(parts)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks wildcards", description="What the wildcard's draw is worth.")
    parser.add_argument("--corpus", help="a MovieLens folder or zip, whose people are shown wildcards, too")
    parser.add_argument("--people", type=int, default=PEOPLE, help="simulated")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how often the nights are lived")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
