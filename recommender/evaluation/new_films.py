"""The second ladder: films that nobody rated before training, and what is said of them to people never seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.odds import logit, sigmoid
from recommender.domain import Profile
from recommender.evaluation.ladder import RUNGS, Split, build_ladder, split_people
from recommender.evaluation.likes import (
    LEAST_CHANCE,
    LikeAnswers,
    LikeScorer,
    join_answers,
    judge_newcomers,
    roc_auc,
)
from recommender.evaluation.ranking import LadderResult, evaluate, pool

# One film in so many is new: about every tenth of those with ratings.
ONE_IN: Final = 10
NEW_SEED: Final = 45
# Where the novelty dial stands when lists are looked at.
DIALS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
# What a chosen genre may be worth to the genre prior, in log odds; validation people choose.
CHOSEN_WEIGHTS: Final = (0.0, 0.1, 0.2, 0.4)
# Ratings at the overall share that every genre's share of likes starts from.
GENRE_PRIOR: Final = 5.0


class NewFilmsRanker(LikeScorer, Protocol):
    """What parts the second ladder: it tells how probable likes are, and makes lists with the novelty dial."""

    def score_many(self, profiles: Sequence[Profile], *, novelty: float = 0.0) -> NDArray[np.float32]:
        """Return one score per profile and movie row.  (people, movies)"""
        ...


class GenrePrior:
    """The floor: the share of likes of a film's genres, in log odds their mean, plus a weight if one was chosen."""

    def __init__(self, corpus: Corpus, chosen_weight: float) -> None:
        self._catalogue, self._chosen_weight = Catalogue(corpus.movies), chosen_weight
        genres = self._catalogue.genres
        overall = float(corpus.likes.mean())
        ratings, likes = (_by_genre(genres, corpus.movie_rows[kept]) for kept in (slice(None), corpus.likes))
        odds = _log_odds((likes + GENRE_PRIOR * overall) / (ratings + GENRE_PRIOR))  # (genres,)
        counts = genres.sum(axis=1)  # (movies,)
        self._odds = np.where(counts, genres @ odds / np.maximum(1, counts), _log_odds(np.array(overall)))

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return the chance of a like for each of the movies.  (movies,)"""
        chosen = self._catalogue.with_genres(profile.genres)[movie_rows]
        return sigmoid(self._odds[movie_rows] + self._chosen_weight * chosen)


@dataclass(frozen=True, slots=True, eq=False)
class NewFilmsResult:
    """One fold, or all of them pooled.

    Attributes:
        ours, prior: by rung, what was said of new films that held-out people rated later.
        lists: by stand of the dial, the ladder over all films.
        shares: by stand of the dial, the share of new films in each person's list.  (rungs, people) each
        natural: the share of new films in the catalogue.
        known_ours, known_prior: by rung, the same of those new films alone of which content is known.
    """

    ours: dict[int, LikeAnswers]
    prior: dict[int, LikeAnswers]
    lists: dict[float, LadderResult]
    shares: dict[float, NDArray[np.float64]]
    natural: float
    known_ours: dict[int, LikeAnswers]
    known_prior: dict[int, LikeAnswers]


def choose_new_films(corpus: Corpus) -> NDArray[np.bool_]:
    """Return a seeded one in ten of the rated films: one of every ten neighbours in number of ratings.  (movies,)

    So the new are as often rated, and as seldom, as the old.
    """
    counts = np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
    rated = np.flatnonzero(counts)
    ranked = rated[np.argsort(-counts[rated], kind="stable")]
    groups = ranked[: len(ranked) // ONE_IN * ONE_IN].reshape(-1, ONE_IN)
    drawn = np.random.default_rng(NEW_SEED).integers(0, ONE_IN, len(groups))
    new = np.zeros(len(corpus.movies), dtype=np.bool_)
    new[groups[np.arange(len(groups)), drawn]] = True
    return new


def released_later(corpus: Corpus, new: NDArray[np.bool_], history: int = max(RUNGS)) -> Corpus:
    """Return the corpus as if the new films had come out once a person had rated `history` others.

    Earlier ratings of them are left out, and so are people with fewer others.
    """
    is_new, users = new[corpus.movie_rows], corpus.user_rows
    others = np.cumsum(~is_new)
    before = np.concatenate(([0], others))[corpus.starts[:-1]]  # (users,)
    met = (others - before[users]) >= history  # since this rating: others rated up to and with it
    lasting = np.diff(np.concatenate(([0], others))[corpus.starts]) >= history  # (users,)
    return corpus.keeping(lasting[users] & (~is_new | met))


def judge_new_films(
    fit: Callable[[Corpus], NewFilmsRanker],
    corpus: Corpus,
    fold: int,
    *,
    most_people: int | None = None,
    on_validation: bool = False,
    dials: Sequence[float] = DIALS,
) -> NewFilmsResult:
    """Train without the new films' ratings and judge on held-out people who rated them.

    Args:
        most_people: judge a seeded sample of this many; None for all.
        on_validation: judge on validation people, trained on the others, as while settings are chosen.
        dials: where the novelty dial stands when lists are looked at.
    """
    new, split = choose_new_films(corpus), split_people(corpus.user_count, fold)
    trained, judged = (split.tuning, split.validation) if on_validation else (split.train, split.test)
    some = np.random.default_rng(NEW_SEED).permutation(judged)[:most_people]
    train, held = _unseen(corpus.only(trained), new), released_later(corpus.only(some), new)
    ranker, prior, exam = fit(train), _fit_prior(corpus, new, split)(train), _exam(held, new)
    ladder = build_ladder(held, np.arange(held.user_count))
    lists = {dial: evaluate(_Dialled(ranker, dial), ladder, train) for dial in dials}
    shares = {dial: new[result.lists].mean(axis=2) for dial, result in lists.items()}
    ours, floor = _ask_all(ranker, exam), _ask_all(prior, exam)
    known_exam = _exam(held, new & _has_content(corpus))
    known = (_ask_all(ranker, known_exam), _ask_all(prior, known_exam))
    return NewFilmsResult(ours, floor, lists, shares, float(new.mean()), *known)


def pool_new_films(parts: Sequence[NewFilmsResult]) -> NewFilmsResult:
    """Return the folds as one, people one after another."""
    ours, prior, known_ours, known_prior = (
        {k: join_answers([getattr(part, name)[k] for part in parts]) for k in getattr(parts[0], name)}
        for name in ("ours", "prior", "known_ours", "known_prior")
    )
    return NewFilmsResult(
        ours,
        prior,
        {dial: pool([part.lists[dial] for part in parts]) for dial in parts[0].lists},
        {dial: np.concatenate([part.shares[dial] for part in parts], axis=1) for dial in parts[0].shares},
        parts[0].natural,
        known_ours,
        known_prior,
    )


@dataclass(frozen=True, slots=True)
class _Dialled:
    """A ranker with the dial held, as the ladder takes scorers."""

    ranker: NewFilmsRanker
    novelty: float

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return one score per profile and movie row.  (people, movies)"""
        return self.ranker.score_many(profiles, novelty=self.novelty)

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        return np.asarray(self.score_many([profile])[0])


def _exam(held: Corpus, new: NDArray[np.bool_]) -> Corpus:
    """Return what profiles are made of and, after that, ratings of new films alone."""
    return held.keeping((held.places < max(RUNGS)) | new[held.movie_rows])


def _has_content(corpus: Corpus) -> NDArray[np.bool_]:
    """Return of which films more is known than title, year and genres.  (movies,)"""
    return np.zeros(len(corpus.movies), dtype=np.bool_) if corpus.content is None else corpus.content.is_known


def _fit_prior(corpus: Corpus, new: NDArray[np.bool_], split: Split) -> Callable[[Corpus], GenrePrior]:
    """Return the genre prior with the weight that gave validation people the largest area; the first of equals."""
    train, exam = (
        _unseen(corpus.only(split.tuning), new),
        _exam(released_later(corpus.only(split.validation), new), new),
    )

    def area(weight: float) -> float:
        answers = _ask_all(GenrePrior(train, weight), exam)[0]  # a prior says the same at every rung
        return roc_auc(answers.chances, answers.liked)

    best = max(CHOSEN_WEIGHTS, key=area)
    return lambda corpus: GenrePrior(corpus, best)


def _unseen(corpus: Corpus, new: NDArray[np.bool_]) -> Corpus:
    return corpus.keeping(~new[corpus.movie_rows])


def _ask_all(scorer: LikeScorer, exam: Corpus) -> dict[int, LikeAnswers]:
    return judge_newcomers(scorer, exam, np.arange(exam.user_count))


def _by_genre(genres: NDArray[np.bool_], movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return how many of these ratings are of each genre.  (genres,)"""
    return np.asarray(np.bincount(movie_rows, minlength=len(genres)) @ genres, dtype=np.float64)


def _log_odds(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded = np.clip(shares, LEAST_CHANCE, 1 - LEAST_CHANCE)
    return logit(bounded)
