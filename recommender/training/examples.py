"""Simulated onboardings to train on: what a person first rated predicts what they liked later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.data.onboarding import onboarding_genres
from recommender.domain import GENRES, LIKE
from recommender.ranking.features import LONGEST_HISTORY, encode_newcomer
from recommender.ranking.inputs import CANDIDATES, NO_FILM, network_inputs
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES, Retrieval
from recommender.training.tables import MATERIAL, MOST_PEOPLE, learn_tables

# Later rated films of an onboarding that the probability of liking is learned from.
RATED: Final = 32
# How much of an onboarding is revealed; MATERIAL is what the genres are chosen from and no target comes from.
REVEALED: Final = (0, 1, 2, 3, 5, 7, 10, 15, 20)
# Longer histories too, for people whose later ratings allow it.
LONG_REVEALED: Final = (35, 50)
# Retrieval tables are cross-fitted: nobody's features come from tables that saw them (stacking, Wolpert 1992).
CROSS_FITS: Final = 5
# Examples whose features are summed at once: 512 x 432 films in double precision are 39 MB.
MOMENTS_BATCH: Final = 512
MASKED: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Onboardings as arrays; candidates come first, then the films rated later, NO_FILM-padded.

    Attributes:
        people: index of the person each example is of.  (examples,)
        genres: chosen.  (examples, 18)
        history: movie rows, NO_FILM-padded.  (examples, LONGEST_HISTORY)
        stars: centred stars of the history.  (examples, LONGEST_HISTORY)
        person: PERSON_FEATURES.  (examples, person features)
        films: movie rows to score.  (examples, CANDIDATES + RATED)
        pairs: PAIR_FEATURES.  (examples, CANDIDATES + RATED, pair features)
        chosen: 1 a candidate liked later, 0 another candidate, MASKED no candidate.  (examples, CANDIDATES + RATED)
        liked: 1 a film liked later, 0 one rated lower, MASKED not rated.  (examples, CANDIDATES + RATED)
        targets: how many films were liked later, candidates or not.  (examples,)
        later: how many films were rated later, sampled or not.  (examples,)
    """

    people: NDArray[np.int32]
    genres: NDArray[np.float32]
    history: NDArray[np.int32]
    stars: NDArray[np.float32]
    person: NDArray[np.float32]
    films: NDArray[np.int32]
    pairs: NDArray[np.float16]
    chosen: NDArray[np.int8]
    liked: NDArray[np.int8]
    targets: NDArray[np.int32]
    later: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.people)

    def at(self, where: NDArray[np.bool_] | NDArray[np.integer] | slice) -> Examples:
        """Return the examples at these places, or where a mask says so; a slice copies nothing."""
        return Examples(**{name: getattr(self, name)[where] for name in Examples.__dataclass_fields__})

    def pair_moments(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return mean and standard deviation of each pair feature over the films there are.  (pair features,) each"""
        count, sums, squares = 0, np.zeros(self.pairs.shape[-1]), np.zeros(self.pairs.shape[-1])
        for start in range(0, len(self), MOMENTS_BATCH):
            some = slice(start, start + MOMENTS_BATCH)
            pairs = self.pairs[some][self.films[some] >= 0].astype(np.float64)  # (films, pair features)
            count, sums, squares = count + len(pairs), sums + pairs.sum(axis=0), squares + (pairs**2).sum(axis=0)
        mean = sums / max(1, count)
        variance = np.maximum(0, squares / max(1, count) - mean**2)
        return mean.astype(np.float32), np.sqrt(variance).astype(np.float32)


def simulate_onboardings(
    corpus: Corpus,
    *,
    seed: int,
    most_people: int,
    table_people: int = MOST_PEOPLE,
    on_fold: Callable[[int, int], None] = lambda done, total: None,
) -> Examples:
    """Build training examples from everybody with ratings after an onboarding, features cross-fitted.

    Args:
        most_people: a seeded sample of this many is enough for the ranker.
        table_people: as many of the others are for each of its tables.
        on_fold: called with cross-fits done and in all.
    """
    rng = np.random.default_rng(seed)
    folds = rng.integers(0, CROSS_FITS, corpus.user_count)
    users = np.sort(rng.permutation(corpus.user_count)[:most_people])
    room = _Room(corpus, users)
    for fold in range(CROSS_FITS):
        inside = users[folds[users] == fold]
        outside = np.flatnonzero(folds != fold)
        if len(inside) and len(outside):
            tables = learn_tables(corpus.only(outside), table_people)
            room.extend(_onboardings_of(corpus, inside, tables, rng))
        on_fold(fold + 1, CROSS_FITS)
    return room.examples()


def onboardings(corpus: Corpus, retrieval: Retrieval, seed: int) -> Examples:
    """Build examples of these people with tables that never saw them."""
    everybody = np.arange(corpus.user_count)
    room = _Room(corpus, everybody)
    room.extend(_onboardings_of(corpus, everybody, retrieval, np.random.default_rng(seed)))
    return room.examples()


class _Room:
    """Room for all onboardings of these people, filled one by one, so that no example is ever held twice."""

    def __init__(self, corpus: Corpus, users: NDArray[np.integer]) -> None:
        lengths = corpus.starts[users + 1] - corpus.starts[users]
        size = sum(len(_windows(int(rated))) for rated in lengths)
        self._room = blank_examples(size)
        self._filled = 0

    def extend(self, examples: Iterable[Examples]) -> None:
        for example in examples:
            for name in Examples.__dataclass_fields__:
                getattr(self._room, name)[self._filled] = getattr(example, name)[0]
            self._filled += 1

    def examples(self) -> Examples:
        return self._room.at(slice(self._filled))


def _onboardings_of(
    corpus: Corpus, users: NDArray[np.integer], retrieval: Retrieval, rng: np.random.Generator
) -> Iterator[Examples]:
    for user in users:
        rated = int(corpus.starts[user + 1] - corpus.starts[user])
        for k, material in _windows(rated):
            example = _onboarding(corpus, int(user), k, material, retrieval, rng)
            if example is not None:
                yield example


def _windows(rated: int) -> list[tuple[int, int]]:
    """Return (revealed, material) of each onboarding to make of someone with that many ratings."""
    material = min(MATERIAL, rated // 2)
    windows = [(k, material) for k in REVEALED if k <= material]
    return windows + [(k, k) for k in LONG_REVEALED if rated >= 2 * k]


def _onboarding(
    corpus: Corpus, user: int, k: int, material: int, retrieval: Retrieval, rng: np.random.Generator
) -> Examples | None:
    """Return one example, or None when nothing liked or rated later can be learned from."""
    all_of = corpus.of_user(user)
    rows, likes = corpus.movie_rows[all_of], corpus.stars[all_of] >= LIKE.value  # (ratings of the user,) each
    if len(rows) <= material:
        return None
    genres = onboarding_genres(retrieval.catalogue.genres[rows[:material]], likes[:material])
    person = encode_newcomer(corpus, user, k, genres)
    allowed = np.ones(len(corpus.movies), dtype=np.bool_)
    allowed[rows[:material]] = False
    candidates = retrieval.candidates(person, CANDIDATES, allowed)
    later_rows, later_likes = rows[material:], likes[material:]
    rated = rng.permutation(len(later_rows))[:RATED]
    films = np.full(CANDIDATES + RATED, NO_FILM, dtype=np.int32)
    films[: len(candidates)] = candidates
    films[CANDIDATES : CANDIDATES + len(rated)] = later_rows[rated]
    chosen, liked = np.full((2, len(films)), MASKED, dtype=np.int8)
    chosen[: len(candidates)] = np.isin(candidates, later_rows[later_likes])
    liked[CANDIDATES : CANDIDATES + len(rated)] = later_likes[rated]
    inputs = network_inputs(person, films, retrieval)
    return Examples(
        people=np.array([user], dtype=np.int32),
        chosen=chosen[None],
        liked=liked[None],
        targets=np.array([later_likes.sum()], dtype=np.int32),
        later=np.array([len(later_rows)], dtype=np.int32),
        **{name: array[None] for name, array in inputs.items()},  # type: ignore[arg-type]  # dtypes as declared
    )


def blank_examples(count: int) -> Examples:
    """Return room for so many examples, all zeros."""
    size = CANDIDATES + RATED
    shapes: dict[str, tuple[tuple[int, ...], type[np.generic]]] = {
        "people": ((), np.int32),
        "genres": ((len(GENRES),), np.float32),
        "history": ((LONGEST_HISTORY,), np.int32),
        "stars": ((LONGEST_HISTORY,), np.float32),
        "person": ((len(PERSON_FEATURES),), np.float32),
        "films": ((size,), np.int32),
        "pairs": ((size, len(PAIR_FEATURES)), np.float16),
        "chosen": ((size,), np.int8),
        "liked": ((size,), np.int8),
        "targets": ((), np.int32),
        "later": ((), np.int32),
    }
    room = {name: np.zeros((count, *shape), dtype=dtype) for name, (shape, dtype) in shapes.items()}
    return Examples(**room)
