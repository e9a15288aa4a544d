"""The ranker that serves: retrieval tables, an ONNX network and a calibration, with NumPy and ONNX Runtime alone.

What is evaluated is this very object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import genre_mask
from recommender.data.odds import logit
from recommender.domain import (
    GENRES,
    LIKE,
    NOTHING_STALE,
    Because,
    Filters,
    GroupPick,
    GroupRequest,
    ListRequest,
    MovieId,
    Profile,
    Rating,
    Recommendation,
    require_positive,
)
from recommender.errors import BundleError
from recommender.ranking.calibration import Calibration
from recommender.ranking.candidates import choose_candidates, level, unrated
from recommender.ranking.features import LONGEST_HISTORY, EncodedProfile, encode
from recommender.ranking.inputs import CANDIDATES, network_inputs
from recommender.ranking.interests import BY_CHANCE_BESIDE_A_RANKER
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.network import Logits, Network
from recommender.ranking.new_films import NewFilms, with_new_films
from recommender.ranking.picking import Pick, Scored, pick_list, shown_chances, taste_of, with_wildcard
from recommender.ranking.reasons import Model, Outcomes, field_of, reasons
from recommender.ranking.removal import inputs_choosing, inputs_without_each
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.shelves import shelves_by_taste
from recommender.ranking.teaching import ask_what_teaches
from recommender.ranking.together import KNOWN, Members, alikeness, choose_together
from recommender.ranking.wildcard import has_wildcard
from recommender.ranking.wildcard_policy import WildcardPolicy

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
        wildcards: WildcardPolicy = WildcardPolicy(),
    ) -> None:
        """Load the network; `is_simulated` where all people that it learned from were simulated.

        Raises:
            BundleError: the bytes are no network that ONNX Runtime can run.
        """
        self.retrieval = retrieval
        self.calibration = calibration
        self.version, self.is_simulated = version, is_simulated
        self._network, self._wildcards = Network(network), wildcards

    def with_new_films(self, new: NewFilms) -> Ranker:
        """Return a ranker that knows these films too, as far as can be without a training."""
        other = copy(self)
        other.retrieval = with_new_films(self.retrieval, new)
        other._network = self._network.knowing(len(self.retrieval.catalogue))
        return other

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
                (place, self.retrieval.candidates(person, CANDIDATES, unrated(person, scores.shape[1]), novelty))
                for place, person in enumerate(people[start : start + BATCH], start)
            ]
            places = [place for place, rows in lists if len(rows)]  # who rated every film has none left to score
            if not places:
                continue
            some, rows = [people[place] for place in places], level([rows for _, rows in lists if len(rows)])
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
        stale: Mapping[MovieId, int] = NOTHING_STALE,
        draw: int | None = None,
    ) -> list[Recommendation]:
        """Return at most k movies, page by page, best first, as the Recommender protocol says."""
        picks, films = self._choose(profile, k, ListRequest(filters, shown, stale, draw))
        because = self._reasons(profile, picks, films, filters.novelty)
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

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return at most k movies for several people, as the Recommender protocol says."""
        people = [encode(profile, self.retrieval.catalogue) for profile in profiles]
        first = np.array([self.retrieval.retrieval_scores(person) for person in people])
        judge = partial(self._outcomes, people, novelty=0.0)
        return choose_together(Members(profiles, first, judge), k, request, self.retrieval.catalogue)

    def alike(self, one: Profile, other: Profile) -> float | None:
        """Return how alike two people like the best known films, as the Recommender protocol says."""
        three = [encode(each, self.retrieval.catalogue) for each in (one, other, Profile(asked_at=one.asked_at))]
        rows = np.argsort(-self.retrieval.tables["log_count"], kind="stable")[:KNOWN]
        first, second, anybody = logit(self._outcomes(three, rows, 0.0).chances)
        return alikeness(first - anybody, second - anybody)

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        """Return what recommend returns before it is explained: what ladders judge; `k` must be positive."""
        return self._choose(profile, k, request)[0]

    def _choose(self, profile: Profile, k: int, request: ListRequest) -> tuple[list[Pick], Scored]:
        """Return the films of a list, and what it was chosen from."""
        require_positive(k)
        filters, catalogue = request.filters, self.retrieval.catalogue
        person = encode(profile, catalogue)
        taste = taste_of(person, filters, catalogue, self.retrieval.tables["log_count"], BY_CHANCE_BESIDE_A_RANKER)
        rng = None if request.draw is None else np.random.default_rng(request.draw)
        is_drawn = rng is not None and has_wildcard(rng)
        allowed = catalogue.unmet(profile, request.shown) & catalogue.matching(filters)
        rows = choose_candidates(self.retrieval, person, allowed, taste, k, filters.novelty, with_others=is_drawn)
        found = self._outcomes([person], rows, filters.novelty)
        films = Scored(rows, found.scores[0], found.chances[0], catalogue.counts(request.stale)[rows])
        picks = pick_list(films, catalogue, taste, k)
        if rng is not None and is_drawn and len(picks) == k:
            odds = partial(self._wildcards.odds_for, self.retrieval, person)
            picks = with_wildcard(picks, films, catalogue, taste, person, rng, odds)
        return picks, films

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return at most k movies of the chosen genres, by how probably they are known and what an answer teaches."""
        return ask_what_teaches(self.retrieval, profile, k, skipped)

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        """Return groups of well-known movies that the same people like."""
        return shelves_by_taste(self.retrieval, profile)

    def contenders(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> NDArray[np.int64]:
        """Return the films that pick chooses from, in no order.  (films,)"""
        return self._choose(profile, k, request)[1].rows

    def outcomes(self, profiles: Sequence[Profile], rows: NDArray[np.int64], novelty: float = 0.0) -> Outcomes:
        """Return the scores that lists are chosen by, and calibrated chances of a like, of these films."""
        return self._outcomes([encode(profile, self.retrieval.catalogue) for profile in profiles], rows, novelty)

    def like_probabilities(self, profile: Profile, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the calibrated chance that the person gives each of these films a like.  (films,)"""
        return np.asarray(self.outcomes([profile], rows).chances[0])

    def feeds(self, profiles: Sequence[Profile], rows: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        """Return the network's inputs for these people and films.  rows: (people, films)"""
        return self._feeds([encode(profile, self.retrieval.catalogue) for profile in profiles], rows)

    def run(self, feeds: Mapping[str, NDArray[np.generic]]) -> Logits:
        """Return the network's choice and liking logits.

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

    def _reasons(self, profile: Profile, picks: Sequence[Pick], films: Scored, novelty: float) -> list[Because]:
        rows = np.array([pick.row for pick in picks], dtype=np.int64)
        person = encode(profile, self.retrieval.catalogue, LONGEST_HISTORY + 1)
        model = Model(
            partial(self._without_ratings, person, novelty),
            partial(self._without_genres, person, profile.genres, novelty),
            self.retrieval.likeness.shared,
        )
        field = field_of(rows, np.array([pick.chance for pick in picks]), films.rows, films.scores)
        # Of new films nobody knows who likes them, but who usually would.
        popular_with = self.retrieval.genre_priors(profile.genres, rows) * ~np.isin(rows, self.retrieval.new_rows)
        return reasons(profile, field, self.retrieval.catalogue, popular_with, model)

    def _reranked(
        self,
        person: EncodedProfile,
        rows: NDArray[np.int64],
        choice: NDArray[np.float32],
        liking: NDArray[np.float32],
        novelty: float,
    ) -> NDArray[np.float32]:
        """Return films' scores as shelves and the novelty dial say; without them the choice.  (films,)"""
        choice = choice + self.retrieval.leaning_scores(person)[rows]
        if not novelty:
            return choice
        return self.retrieval.reranked_by_novelty(person, rows, choice, self.calibration.probabilities(liking), novelty)

    def _without_ratings(
        self, person: EncodedProfile, novelty: float, places: Sequence[int], rows: NDArray[np.int64]
    ) -> Outcomes:
        """Return outcomes without each of some ratings, by place among the newest LONGEST_HISTORY."""
        older = max(0, len(person.rows) - LONGEST_HISTORY)
        inputs = inputs_without_each(person, [older + place for place in places], rows, self.retrieval)
        return self._told([person] * len(places), rows, self.run(self._network.taken(inputs)), novelty)

    def _without_genres(
        self,
        person: EncodedProfile,
        chosen: Sequence[str],
        novelty: float,
        places: Sequence[int],
        rows: NDArray[np.int64],
    ) -> Outcomes:
        """Return outcomes without each of some chosen genres, by place."""
        newest = replace(person, rows=person.rows[-LONGEST_HISTORY:], stars=person.stars[-LONGEST_HISTORY:])
        people = [replace(newest, genres=person.genres & ~genre_mask([chosen[place]])) for place in places]
        inputs = inputs_choosing(people, rows, self.retrieval)
        return self._told(people, rows, self.run(self._network.taken(inputs)), novelty)

    def _outcomes(self, people: Sequence[EncodedProfile], rows: NDArray[np.int64], novelty: float) -> Outcomes:
        """Return the outcomes of the same films for everybody.  rows: (films,)"""
        if not len(rows):  # which the network does not take
            return Outcomes(*np.zeros((2, len(people), 0)))
        return self._told(people, rows, self._run(people, np.tile(rows, (len(people), 1))), novelty)

    def _told(
        self, people: Sequence[EncodedProfile], rows: NDArray[np.int64], logits: Logits, novelty: float
    ) -> Outcomes:
        """Return what the network's choice and liking of the same films for everybody say."""
        choice, liking = logits  # (people, films) each
        each = zip(people, choice, liking, strict=True)
        scores = np.stack([self._reranked(person, rows, one, like, novelty) for person, one, like in each])
        return Outcomes(scores, self.calibration.probabilities(liking))

    def _feeds(self, people: Sequence[EncodedProfile], rows: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        each = [network_inputs(person, films, self.retrieval) for person, films in zip(people, rows, strict=True)]
        return self._network.taken({name: np.stack([inputs[name] for inputs in each]) for name in each[0]})

    def _run(self, people: Sequence[EncodedProfile], rows: NDArray[np.int64]) -> Logits:
        """Return the network's logits.  rows: films per person (people, films)"""
        return self.run(self._feeds(people, rows))
