"""The ranker that serves: retrieval tables, an ONNX network and a calibration, with NumPy and ONNX Runtime alone.

What is evaluated is this very object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.domain import (
    GENRES,
    LIKE,
    Because,
    Filters,
    ListRequest,
    MovieId,
    Profile,
    Rating,
    Recommendation,
    require_positive,
)
from recommender.errors import BundleError
from recommender.ranking.calibration import Calibration
from recommender.ranking.candidates import choose_candidates
from recommender.ranking.features import LONGEST_HISTORY, EncodedProfile, encode
from recommender.ranking.inputs import CANDIDATES, network_inputs
from recommender.ranking.interests import BY_CHANCE_BESIDE_A_RANKER
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.network import Network
from recommender.ranking.picking import Pick, Scored, pick_list, shown_chances, taste_of, with_wildcard
from recommender.ranking.questions import choose_questions
from recommender.ranking.reasons import reasons
from recommender.ranking.removal import inputs_without_each
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.teaching import log_known, log_teaching
from recommender.ranking.wildcard import has_wildcard

# Films that are no candidates keep the order of the first stage, below every candidate.
BELOW: Final = 1_000.0
# How many profiles the network takes at once.
BATCH: Final = 64
# What a ranker is tried with before it serves: films at once, and a history of some likes.
WARM_FILMS: Final = 4_096
WARM_RATINGS: Final = 20
WARM_TIME: Final = datetime(2020, 1, 1, tzinfo=UTC)


class Ranker:
    """Ranks films for people it has never seen, by what they chose and rated."""

    def __init__(
        self,
        retrieval: Retrieval,
        network: bytes,
        calibration: Calibration,
        version: str,
        *,
        is_simulated: bool = False,
    ) -> None:
        """Load the network.

        Args:
            is_simulated: whether all people that it learned from were simulated.

        Raises:
            BundleError: the bytes are no network that ONNX Runtime can run.
        """
        self.retrieval = retrieval
        self.calibration = calibration
        self._version = version
        self._is_simulated = is_simulated
        self._network = Network(network)

    @property
    def version(self) -> str:
        return self._version

    @property
    def is_simulated(self) -> bool:
        return self._is_simulated

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        return np.asarray(self.score_many([profile])[0])

    def score_many(self, profiles: Sequence[Profile], *, novelty: float = 0.0) -> NDArray[np.float32]:
        """Return one score per profile and movie row; films that are no candidates stand below.  (people, movies)

        Args:
            novelty: as in Filters.
        """
        people = [encode(profile, self.retrieval.catalogue) for profile in profiles]
        scores = np.stack([self.retrieval.retrieval_scores(person, novelty) for person in people]) - BELOW
        for start in range(0, len(people), BATCH):
            lists = [
                (place, self._candidates(person, _unrated(person, scores.shape[1]), novelty))
                for place, person in enumerate(people[start : start + BATCH], start)
            ]
            places = [place for place, rows in lists if len(rows)]  # who rated every film has none left to score
            if not places:
                continue
            some, rows = [people[place] for place in places], _level([rows for _, rows in lists if len(rows)])
            turned = [self._reranked(*each, novelty) for each in zip(some, rows, *self._run(some, rows), strict=True)]
            scores[np.array(places)[:, None], rows] = np.stack(turned)
        return scores

    def recommend(
        self,
        profile: Profile,
        k: int,
        *,
        filters: Filters = Filters(),
        shown: Set[MovieId] = frozenset(),
        stale: Set[MovieId] = frozenset(),
        draw: int | None = None,
    ) -> list[Recommendation]:
        """Return at most k movies, page by page, best first, as the Recommender protocol says."""
        picks = self.pick(profile, k, ListRequest(filters, shown, stale, draw))
        because = self._reasons(profile, np.array([pick.row for pick in picks], dtype=np.int64)) if picks else []
        chances = shown_chances(picks)
        return [
            Recommendation(
                self.retrieval.catalogue.movies[pick.row].id,
                pick.score,
                chance,
                Because() if pick.slot == "wildcard" else reason,
                pick.slot,
                pick.propensity,
            )
            for pick, chance, reason in zip(picks, chances, because, strict=True)
        ]

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        """Return what recommend returns before it is explained: what ladders judge.

        Raises:
            ValueError: `k` is not positive.
        """
        require_positive(k)
        filters = request.filters
        catalogue = self.retrieval.catalogue
        person = encode(profile, catalogue)
        taste = taste_of(person, filters, catalogue, self.retrieval.tables["log_count"], BY_CHANCE_BESIDE_A_RANKER)
        rng = None if request.draw is None else np.random.default_rng(request.draw)
        is_drawn = rng is not None and has_wildcard(rng)
        allowed = catalogue.unmet(profile, request.shown) & catalogue.matching(filters)
        rows = choose_candidates(self.retrieval, person, allowed, taste, k, filters.novelty, with_others=is_drawn)
        if not len(rows):
            return []
        choice, liking = (output[0] for output in self._run([person], rows[None]))
        films = Scored(
            rows,
            self._reranked(person, rows, choice, liking, filters.novelty),
            self.calibration.probabilities(liking),
            catalogue.mask(request.stale)[rows],
        )
        picks = pick_list(films, catalogue, taste, k)
        if rng is None or not is_drawn or len(picks) < k:
            return picks
        return with_wildcard(picks, films, catalogue, taste, person, rng)

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return at most k movies of the chosen genres, by how probably they are known and what an answer teaches."""
        catalogue = self.retrieval.catalogue
        person = encode(profile, catalogue)
        known = log_known(self.retrieval, person, profile.genres, catalogue.rows(skipped))
        teaching = log_teaching(self.retrieval, person, catalogue.unmet(profile))
        return choose_questions(profile, k, catalogue, known, teaching=teaching, skipped=skipped)

    def like_probabilities(self, profile: Profile, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the calibrated chance that the person gives each of these films a like.  (films,)"""
        _, liking = self._run([encode(profile, self.retrieval.catalogue)], rows[None])
        return self.calibration.probabilities(liking[0])

    def feeds(self, profiles: Sequence[Profile], rows: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        """Return the network's inputs for these people and films.  rows: (people, films)"""
        return self._feeds([encode(profile, self.retrieval.catalogue) for profile in profiles], rows)

    def run(self, feeds: Mapping[str, NDArray[np.generic]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the network's choice and liking logits.  (people, films) each

        Raises:
            BundleError: the network takes other inputs.
        """
        return self._network.run(feeds)

    def warm(self) -> None:
        """Score every film for someone new and for someone known, so that what is broken shows before it serves.

        Raises:
            BundleError: it answers with something else than finite numbers.
        """
        movies = self.retrieval.catalogue.movies
        ratings = tuple(Rating(movie.id, LIKE, WARM_TIME) for movie in movies[:WARM_RATINGS])
        for profile in (Profile(), Profile(GENRES, ratings)):
            for start in range(0, len(movies), WARM_FILMS):
                rows = np.arange(start, min(start + WARM_FILMS, len(movies)))
                outputs = self._run([encode(profile, self.retrieval.catalogue)], rows[None])
                if not all(output.shape == (1, len(rows)) and np.isfinite(output).all() for output in outputs):
                    raise BundleError("a ranker must answer with a finite score per film. Received: NaN or infinity")
            self.recommend(profile, PAGE_SIZE)
            self.questions(profile, PAGE_SIZE)

    def _reasons(self, profile: Profile, rows: NDArray[np.int64]) -> list[Because]:
        popular_with = self.retrieval.genre_priors(profile.genres, rows)
        return reasons(
            profile, rows, self.retrieval.catalogue, popular_with, self._chances_of_variants, self._chances_without
        )

    def _candidates(self, person: EncodedProfile, allowed: NDArray[np.bool_], novelty: float) -> NDArray[np.int64]:
        return self.retrieval.candidates(person, CANDIDATES, allowed, novelty)

    def _reranked(
        self,
        person: EncodedProfile,
        rows: NDArray[np.int64],
        choice: NDArray[np.float32],
        liking: NDArray[np.float32],
        novelty: float,
    ) -> NDArray[np.float32]:
        """Return films' scores as the novelty dial stands; the choice itself at 0.  (films,)"""
        if not novelty:
            return choice
        return self.retrieval.reranked_by_novelty(person, rows, choice, self.calibration.probabilities(liking), novelty)

    def _chances_of_variants(self, profiles: Sequence[Profile], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        people = [encode(profile, self.retrieval.catalogue) for profile in profiles]
        return self.calibration.probabilities(self._run(people, np.tile(rows, (len(people), 1)))[1])

    def _chances_without(self, profile: Profile, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chances that are left without each of the newest LONGEST_HISTORY ratings.  (ratings, films)"""
        person = encode(profile, self.retrieval.catalogue, LONGEST_HISTORY + 1)
        inputs = inputs_without_each(person, rows, self.retrieval)
        feeds = {name: values[-LONGEST_HISTORY:] for name, values in self._network.taken(inputs).items()}
        return self.calibration.probabilities(self.run(feeds)[1])

    def _feeds(self, people: Sequence[EncodedProfile], rows: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        each = [network_inputs(person, films, self.retrieval) for person, films in zip(people, rows, strict=True)]
        return self._network.taken({name: np.stack([inputs[name] for inputs in each]) for name in each[0]})

    def _run(
        self, people: Sequence[EncodedProfile], rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the network's choice and liking logits.

        Args:
            rows: films per person.  (people, films)
        """
        return self.run(self._feeds(people, rows))


def _unrated(person: EncodedProfile, movies: int) -> NDArray[np.bool_]:
    mask = np.ones(movies, dtype=np.bool_)
    mask[person.rows] = False
    return mask


def _level(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return lists of rows as long as the longest, shorter ones from their start again.  (people, films)"""
    longest = max(len(each) for each in rows)
    return np.stack([np.resize(each, longest) for each in rows])
