"""The reasons for each film, over models whose answers are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, Because, MovieId, Profile
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.reasons import LEAST_DROP, LEAST_PLACES, MOST_RATINGS, Model, Outcomes, field_of, reasons
from tests.recommender.contract import FIRST_ID, rated
from tests.recommender.toys import toy_movies

CATALOGUE = Catalogue(toy_movies(72))
# Films of one genre each: rows 18 and 36 before share it.
LISTED = np.array([66, 67])
EVERYTHING = np.arange(72)
SHARING = 12
Told = Callable[[Sequence[Profile], NDArray[np.int64]], Outcomes]
OWN, ALIKE, FURTHER = CATALOGUE.movies[66].genres[0], 48, 30


def explained(
    profile: Profile, weights: NDArray[np.float64], popular_with: float = 0.0, steepness: float = 0.0
) -> list[Because]:
    """Explain a linear model: each rated row and chosen genre adds its weight to the chance of both listed films.

    Their scores rise by `steepness` times as much, among those of others which are 1 apart.
    """
    told = partial(outcomes, weights, steepness)
    known = np.full((len(profile.genres), len(LISTED)), popular_with)
    whole = told([profile], EVERYTHING)
    field = field_of(LISTED, whole.chances[0, LISTED], EVERYTHING, whole.scores[0])
    model = Model(partial(without_ratings, told, profile), partial(without_genres, told, profile), shared_by)
    return reasons(profile, field, CATALOGUE, known, model)


def outcomes(
    weights: NDArray[np.float64], steepness: float, profiles: Sequence[Profile], rows: NDArray[np.int64]
) -> Outcomes:
    raised = np.array([_total(profile, weights) for profile in profiles])[:, None]  # (people, 1)
    scores = np.where(np.isin(rows, LISTED), 0.5 + steepness * raised, rows - 42.0)
    return Outcomes(scores, np.broadcast_to(raised, scores.shape))


def shared_by(row: int, other: int) -> str | None:
    return f"tag:{row} and {other}" if SHARING in (row, other) else None


def without_ratings(told: Told, profile: Profile, places: Sequence[int], rows: NDArray[np.int64]) -> Outcomes:
    """Ask anew without each of some of the newest ratings."""
    newest = profile.ratings[-LONGEST_HISTORY:]
    others = [tuple(rating for rating in profile.ratings if rating is not newest[place]) for place in places]
    return told([replace(profile, ratings=ratings) for ratings in others], rows)


def without_genres(told: Told, profile: Profile, places: Sequence[int], rows: NDArray[np.int64]) -> Outcomes:
    others = [tuple(genre for genre in profile.genres if genre != profile.genres[place]) for place in places]
    return told([replace(profile, genres=genres) for genres in others], rows)


def _total(profile: Profile, weights: NDArray[np.float64]) -> float:
    genres = [weights[-1 - GENRES.index(genre)] for genre in profile.genres]
    return float(sum(weights[rating.movie_id - FIRST_ID] for rating in profile.ratings) + sum(genres))


def weighing(**rows: float) -> NDArray[np.float64]:
    """Return weights that are nought but for rows given as r48=0.1."""
    weights = np.zeros(72 + len(GENRES))
    for name, weight in rows.items():
        weights[int(name[1:])] = weight
    return weights


def liked(row: int) -> Because:
    return Because(movie_id=MovieId(FIRST_ID + row))


def test_cites_the_liked_film_that_adds_most() -> None:
    profile = rated((ALIKE, 4.0), (FURTHER, 5.0), (3, 4.5))
    assert explained(profile, weighing(r48=0.2, r30=0.1))[0] == liked(ALIKE)
    assert explained(profile, weighing(r48=0.1, r30=0.2))[0] == liked(FURTHER)


def test_cites_no_film_of_another_kind_however_much_it_adds() -> None:
    assert explained(rated((ALIKE, 4.0), (3, 5.0)), weighing(r3=0.5, r48=0.02))[0] == liked(ALIKE)
    assert explained(rated((ALIKE, 4.0), (3, 5.0)), weighing(r3=0.5))[0] == Because()


def test_never_cites_a_disliked_film() -> None:
    assert explained(rated((ALIKE, 2.0), (3, 4.5)), weighing(r48=0.5)) == [Because()] * 2


def test_less_than_a_point_of_a_hundred_is_no_reason() -> None:
    assert explained(rated((ALIKE, 5.0)), weighing(r48=0.9 * LEAST_DROP)) == [Because()] * 2
    assert explained(rated((ALIKE, 5.0)), weighing(r48=1.1 * LEAST_DROP))[0] == liked(ALIKE)


def test_cites_only_what_is_among_the_ratings_that_matter_most() -> None:
    weights = weighing(r48=0.02, r1=0.3, r2=-0.4, r3=0.5)
    assert MOST_RATINGS == 3
    assert explained(rated((ALIKE, 5.0), (1, 5.0), (2, 5.0)), weights)[0] == liked(ALIKE)
    assert explained(rated((ALIKE, 5.0), (1, 5.0), (2, 5.0), (3, 5.0)), weights)[0] == Because()


def test_cites_a_chosen_genre_only_for_a_film_that_has_it() -> None:
    weights = np.zeros(72 + len(GENRES))
    weights[-1 - GENRES.index(OWN)] = 0.1
    assert explained(Profile(genres=(OWN,)), weights) == [Because(genre=OWN), Because()]


def test_says_who_likes_it_where_nothing_else_is_true() -> None:
    nothing = np.zeros(72 + len(GENRES))
    assert explained(Profile(genres=(OWN,)), nothing, popular_with=0.5) == [Because(liked_with=OWN), Because()]
    assert explained(Profile(genres=(OWN,)), nothing, popular_with=-0.5) == [Because()] * 2


def test_a_film_is_cited_with_what_both_share() -> None:
    told = explained(rated((SHARING, 4.0)), weighing(r12=0.2))
    assert told == [Because(movie_id=MovieId(FIRST_ID + SHARING), shared="tag:66 and 12"), Because()]
    weights = np.zeros(72 + len(GENRES))
    weights[-1 - GENRES.index(OWN)] = 0.1
    assert explained(rated((SHARING, 4.0), genres=(OWN,)), weights)[0] == Because(genre=OWN), "it did not bring it"


def test_a_long_history_costs_no_more_runs_than_a_ranker_reads_of_it() -> None:
    profile, runs = rated(*((row, 5.0) for row in range(72) if row not in LISTED)), list[int]()

    def told(profiles: Sequence[Profile], rows: NDArray[np.int64]) -> Outcomes:
        runs.append(len(profiles))
        return Outcomes(*np.zeros((2, len(profiles), len(rows))))

    field = field_of(LISTED, np.zeros(len(LISTED)), LISTED, np.zeros(len(LISTED)))
    model = Model(partial(without_ratings, told, profile), partial(without_genres, told, profile), shared_by)
    reasons(profile, field, CATALOGUE, np.zeros((0, len(LISTED))), model)
    assert runs == [LONGEST_HISTORY]


def test_ten_places_are_a_reason_where_the_chance_is_none() -> None:
    weights, profile = weighing(r48=0.9 * LEAST_DROP), rated((ALIKE, 5.0))
    steepness = (LEAST_PLACES + 1) / (0.9 * LEAST_DROP)
    assert explained(profile, weights, steepness=steepness)[0] == liked(ALIKE)
    assert explained(profile, weights, steepness=steepness * 0.8)[0] == Because()
    assert explained(rated((ALIKE, 2.0)), weights, steepness=steepness)[0] == Because(), "no like"


def test_where_fewer_films_are_below_nobody_falls_by_ten_places() -> None:
    rows, scores = np.arange(LEAST_PLACES + 2), -np.arange(LEAST_PLACES + 2.0)
    assert field_of(rows[:3], scores[:3], rows, scores).bars.tolist() == [-10, -11, -np.inf]
    assert field_of(rows[:2], scores[:2], rows[:5], scores[:5]).bars.tolist() == [-np.inf, -np.inf]


def test_ten_places_are_a_reason_for_a_chosen_genre_too() -> None:
    weights = np.zeros(72 + len(GENRES))
    weights[-1 - GENRES.index(OWN)] = 0.9 * LEAST_DROP
    steep = explained(Profile(genres=(OWN,)), weights, steepness=(LEAST_PLACES + 1) / (0.9 * LEAST_DROP))
    assert steep == [Because(genre=OWN), Because()]


def test_a_rating_that_moves_the_place_goes_before_a_genre_that_moves_the_chance() -> None:
    weights = weighing(r48=0.9 * LEAST_DROP)
    weights[-1 - GENRES.index(OWN)] = 1.1 * LEAST_DROP
    profile = rated((ALIKE, 5.0), genres=(OWN,))
    assert explained(profile, weights, steepness=(LEAST_PLACES + 1) / (0.9 * LEAST_DROP))[0] == liked(ALIKE)
    assert explained(profile, weights)[0] == Because(genre=OWN)


@given(
    st.dictionaries(st.integers(0, 71), st.sampled_from([1.0, 3.0, 4.0, 5.0]), max_size=20),
    st.lists(st.sampled_from(GENRES), max_size=4, unique=True),
    st.sampled_from([0.0, 100.0, 2_000.0]),
    st.integers(0, 2**32 - 1),
)
def test_what_is_cited_lowers_chance_or_place_when_it_goes(
    ratings: dict[int, float], genres: list[str], steepness: float, seed: int
) -> None:
    profile = rated(*ratings.items(), genres=tuple(genres))
    weights = np.random.default_rng(seed).normal(scale=0.02, size=72 + len(GENRES))
    for row, because in zip(LISTED, explained(profile, weights, steepness=steepness), strict=True):
        if because.movie_id is not None:
            cited = because.movie_id - FIRST_ID
            others = tuple(rating for rating in profile.ratings if rating.movie_id != because.movie_id)
            assert matters(weights, steepness, profile, replace(profile, ratings=others), row)
            assert because.movie_id in {rating.movie_id for rating in profile.ratings if rating.stars.is_like}
            assert sum(abs(weights[other]) > abs(weights[cited]) for other in ratings) < MOST_RATINGS
        if because.genre is not None:
            left = tuple(genre for genre in profile.genres if genre != because.genre)
            assert matters(weights, steepness, profile, replace(profile, genres=left), row)
            assert because.genre in profile.genres
            assert because.genre in CATALOGUE.movies[row].genres


def matters(weights: NDArray[np.float64], steepness: float, profile: Profile, less: Profile, row: int) -> bool:
    """Return whether a film falls by as much as a reason needs, told of all films from scratch."""
    told = outcomes(weights, steepness, [profile, less], EVERYTHING)
    ranks = (told.scores > told.scores[:, [row]]).sum(axis=1)
    drop = told.chances[0, row] - told.chances[1, row]
    return bool(drop >= LEAST_DROP - 1e-12 or ranks[1] - ranks[0] >= LEAST_PLACES)
