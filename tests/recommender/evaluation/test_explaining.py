"""Reasons are taken at their word: what they cite is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.content import build_content
from recommender.domain import Because, MovieId, Profile, Recommendation
from recommender.evaluation.explaining import judge_reasons, kind_of, pool_reasons
from recommender.evaluation.ladder import build_ladder
from recommender.ranking.reasons import Outcomes
from tests.recommender.toys import toy_corpus

FILMS = 40
CORPUS = toy_corpus(FILMS, {user: [*((row, 5.0) for row in range(20)), (30, 5.0)] for user in range(3)})
LISTED_ROW = 25
LISTED = CORPUS.movies[LISTED_ROW].id


@dataclass(frozen=True, slots=True)
class Explainer:
    """Lists one film for one reason; its chance rises by a weight for each rating, and by `genre` for each genre.

    Its score rises by `steepness` times as much, among others that are 1 apart.
    """

    because: Because
    weights: tuple[float, ...]
    genre: float = 0.0
    steepness: float = 0.0

    def recommend(self, profile: Profile, k: int) -> list[Recommendation]:
        return [Recommendation(LISTED, 1.0, 0.5, self.because)]

    def contenders(self, profile: Profile, k: int) -> NDArray[np.int64]:
        return np.arange(FILMS)

    def outcomes(self, profiles: Sequence[Profile], rows: NDArray[np.int64]) -> Outcomes:
        raised = np.array([self._raised(profile) for profile in profiles])[:, None]  # (people, 1)
        scores = np.where(rows == LISTED_ROW, 0.5 + self.steepness * raised, rows - 5.0)
        return Outcomes(scores, np.broadcast_to(0.3 + raised, scores.shape))

    def _raised(self, profile: Profile) -> float:
        known = {rating.movie_id for rating in profile.ratings}
        raised = sum(weight for row, weight in enumerate(self.weights) if CORPUS.movies[row].id in known)
        return raised + self.genre * len(profile.genres)


judge = partial(judge_reasons, ladder=build_ladder(CORPUS, np.arange(3), (0, 5)), train=CORPUS)
FIRST = Because(movie_id=CORPUS.movies[0].id)


@pytest.mark.parametrize(
    ("weights", "holds"),
    [((0.02,), 1.0), ((0.01,), 1.0), ((0.009,), 0.0), ((0.02, 0.1, 0.1, 0.1), 0.0), ((0.02, 0.1, 0.1), 1.0)],
)
def test_a_film_that_was_liked_must_matter_and_be_among_the_three_that_do_most(
    weights: tuple[float, ...], holds: float
) -> None:
    ladder = build_ladder(CORPUS, np.arange(3), (5,))
    assert judge_reasons(Explainer(FIRST, weights), ladder, CORPUS).holding == holds


@pytest.mark.parametrize(("steepness", "holds"), [(1_000, 0.0), (1_200, 1.0)])
def test_a_film_or_a_genre_may_matter_by_ten_places_instead(steepness: float, holds: float) -> None:
    ladder = build_ladder(CORPUS, np.arange(3), (5,))
    assert judge_reasons(Explainer(FIRST, (0.009,), steepness=steepness), ladder, CORPUS).holding == holds
    chosen = Because(genre=ladder.newcomers[0].genres[0])
    assert judge_reasons(Explainer(chosen, (), 0.009, steepness), ladder, CORPUS).holding == holds


@pytest.mark.parametrize(("genre", "holds"), [(0.05, 1.0), (0.001, 0.0)])
def test_a_genre_that_was_chosen_must_matter(genre: float, holds: float) -> None:
    chosen = build_ladder(CORPUS, np.arange(3)).newcomers[0].genres[0]
    assert judge(Explainer(Because(genre=chosen), (), genre)).holding == holds


def test_lines_are_counted_by_kind_at_every_rung_and_over_folds() -> None:
    found = [judge(Explainer(because, ())) for because in (Because(), Because(liked_with="Drama"))]
    assert found[0].kinds.tolist() == [[0, 0, 0, 0, 3]] * 2
    both = pool_reasons(found)
    assert both.shares.tolist() == [[0, 0, 0, 0.5, 0.5]] * 2
    assert both.holding == 1.0, "nothing was cited that could fail"


def test_every_reason_is_of_one_kind() -> None:
    film = Because(movie_id=MovieId(0))
    reasons = (replace(film, shared="tag:x"), film, Because(genre="War"), Because(liked_with="War"), Because())
    assert [kind_of(because) for because in reasons] == ["shared", "film", "genre", "liked_with", "nothing"]


@pytest.mark.parametrize(("shared", "holds"), [("tag:heist", 1.0), ("tag:space", 0.0), ("tag:unheard of", 0.0)])
def test_what_two_films_are_said_to_share_both_must_bear(shared: str, holds: float) -> None:
    ladder = build_ladder(CORPUS, np.arange(3), (5,))
    bearing = {0: ["tag:heist", "tag:space"], LISTED_ROW: ["tag:heist"]}
    content = build_content([bearing.get(row, []) for row in range(FILMS)])
    explainer = Explainer(replace(FIRST, shared=shared), (0.5,))
    assert judge_reasons(explainer, ladder, CORPUS.knowing(content)).holding == holds
    assert judge_reasons(explainer, ladder, CORPUS).holding == 0.0, "nothing is known of the films"
