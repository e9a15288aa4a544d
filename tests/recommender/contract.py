"""What every Recommender must hold to: inherit `RecommenderContract` and give it a `recommender` fixture.

The fixture answers for the movies of `contract_corpus`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from recommender.data.content import build_content
from recommender.data.corpus import Corpus
from recommender.domain import GENRES, Filters, GroupRequest, Movie, MovieId, Profile, Rating, Recommender, Stars
from recommender.ranking.wildcard import has_wildcard
from tests.recommender.toys import toy_corpus

MOVIE_COUNT = 60
FIRST_ID = 100

# Draws that give a list a wildcard; the others change nothing.
WILD_DRAWS = [draw for draw in range(100) if has_wildcard(np.random.default_rng(draw))][:8]


@cache
def contract_corpus() -> Corpus:
    """Return 40 people's ratings of 60 movies, the earlier rows the better known; half have content."""
    generator = np.random.default_rng(3)
    chance = np.linspace(0.9, 0.05, MOVIE_COUNT)
    people = {}
    for user in range(40):
        rows = np.flatnonzero(generator.random(MOVIE_COUNT) < chance)
        people[user] = [(int(row), float(generator.integers(1, 11) / 2)) for row in generator.permutation(rows)]
    features = [[f"tag:{row % 7}", f"director:{row % 11}"] if row % 2 else [] for row in range(MOVIE_COUNT)]
    return toy_corpus(MOVIE_COUNT, people).knowing(build_content(features))


def rated(
    *ratings: tuple[int, float], genres: tuple[str, ...] = (), hidden: frozenset[MovieId] = frozenset()
) -> Profile:
    """Return a profile from (movie row, stars) pairs."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    given = tuple(Rating(MovieId(FIRST_ID + row), Stars(stars), moment) for row, stars in ratings)
    return Profile(genres=genres, ratings=given, hidden=hidden)


PROFILES = [
    Profile(),
    Profile(genres=("Drama", "Sci-Fi")),
    rated((0, 5.0)),
    rated((0, 5.0), (1, 0.5), (2, 3.0), genres=("Action",)),
    rated(*((row, 4.0) for row in range(0, 40, 2)), genres=("Comedy", "War", "Western")),
    rated((3, 1.0), hidden=frozenset({MovieId(FIRST_ID + 1), MovieId(99_999)})),
]


class RecommenderContract:
    """Inherit it in a test class that has a `recommender` fixture."""

    @pytest.fixture(params=PROFILES, ids=range(len(PROFILES)))
    def profile(self, request: pytest.FixtureRequest) -> Profile:
        given: Profile = request.param
        return given

    def test_recommends_as_many_as_asked_without_repeats(self, recommender: Recommender, profile: Profile) -> None:
        for k in (1, 10, 30):
            ids = [line.movie_id for line in recommender.recommend(profile, k)]
            assert len(ids) == len(set(ids)) == k

    def test_never_recommends_a_rated_hidden_or_shown_movie(self, recommender: Recommender, profile: Profile) -> None:
        shown = {line.movie_id for line in recommender.recommend(profile, 5)}
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden | shown
        listed = {line.movie_id for line in recommender.recommend(profile, MOVIE_COUNT, shown=shown)}
        assert not listed & met
        assert len(listed) == MOVIE_COUNT - len(met - {MovieId(99_999)})

    def test_asked_about_few_films_it_answers_with_those_not_met(
        self, recommender: Recommender, profile: Profile
    ) -> None:
        asked = frozenset(MovieId(FIRST_ID + row) for row in (0, 1, 41, 55)) | {MovieId(1)}
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden
        for among in (asked, frozenset({MovieId(FIRST_ID + 41)}), frozenset[MovieId]()):
            listed = recommender.recommend(profile, 5, filters=Filters(among=among))
            assert {line.movie_id for line in listed} == among - met - {MovieId(1)}

    def test_scores_are_numbers(self, recommender: Recommender, profile: Profile) -> None:
        assert np.isfinite([line.score for line in recommender.recommend(profile, 20)]).all()

    def test_probabilities_are_probabilities(self, recommender: Recommender, profile: Profile) -> None:
        chances = [line.like_probability for line in recommender.recommend(profile, 30)]
        assert all(chance is None or 0 <= chance <= 1 for chance in chances)

    def test_same_question_same_answer(self, recommender: Recommender, profile: Profile) -> None:
        assert recommender.recommend(profile, 10) == recommender.recommend(profile, 10)
        assert recommender.questions(profile, 5) == recommender.questions(profile, 5)

    def test_reasons_are_the_persons_own(self, recommender: Recommender, profile: Profile) -> None:
        met = {rating.movie_id for rating in profile.ratings}
        for line in recommender.recommend(profile, 20):
            assert line.because.movie_id is None or line.because.movie_id in met
            assert line.because.genre is None or line.because.genre in profile.genres
            assert line.because.liked_with is None or line.because.liked_with in profile.genres

    def test_questions_are_new_to_the_person_and_differ(self, recommender: Recommender, profile: Profile) -> None:
        skipped = set(recommender.questions(profile, 2))
        asked = recommender.questions(profile, 6, skipped=skipped)
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden | skipped
        assert asked
        assert len(asked) == len(set(asked)) <= 6
        assert not met & set(asked)

    def test_films_for_several_are_new_to_all_and_excluded_by_none(self, recommender: Recommender) -> None:
        three = [rated((0, 5.0), (1, 4.0)), rated((2, 4.5), hidden=frozenset({MovieId(FIRST_ID + 3)})), PROFILES[1]]
        three.append(Profile(excluded=frozenset({"Horror"})))
        found = recommender.together(three, 10)
        ids = [pick.movie_id for pick in found]
        banned = {movie.id for movie in _movies() if "Horror" in movie.genres}
        assert len(set(ids)) == 10
        assert not set(ids) & (banned | {MovieId(FIRST_ID + row) for row in range(4)})
        assert all(pick.fit is None or pick.least <= pick.fit <= pick.most for pick in found)  # type: ignore[operator]
        assert recommender.together(three, 10) == found

    def test_films_that_some_liked_come_only_where_that_is_asked_for(self, recommender: Recommender) -> None:
        two, one_more = [rated((0, 5.0), (1, 1.0)), rated((2, 5.0), (0, 4.0))], MovieId(FIRST_ID + 2)
        kept = GroupRequest(kept=frozenset(MovieId(FIRST_ID + row) for row in (0, 1, 2)), with_met=True)
        again = {pick.movie_id for pick in recommender.together(two, 55, kept)}
        assert again & {MovieId(FIRST_ID + row) for row in range(3)} == {one_more}
        assert one_more not in {pick.movie_id for pick in recommender.together(two, 60)}

    def test_films_need_somebody_to_be_for(self, recommender: Recommender) -> None:
        with pytest.raises(ValueError, match="films must be for somebody"):
            recommender.together([], 5)
        with pytest.raises(ValueError, match="k must be positive"):
            recommender.together([Profile()], 0)
        assert recommender.together([Profile(excluded=frozenset(GENRES)), Profile()], 5) == []

    def test_the_same_taste_is_wholly_alike_and_no_taste_is_unknown(self, recommender: Recommender) -> None:
        same = recommender.alike(PROFILES[1], PROFILES[1])
        assert same is None or same == pytest.approx(1.0)
        assert recommender.alike(Profile(), PROFILES[1]) is None

    def test_shelves_hold_four_new_movies_each_and_none_twice(self, recommender: Recommender, profile: Profile) -> None:
        shelves = recommender.shelves(profile)
        films = [movie_id for shelf in shelves for movie_id in shelf]
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden
        assert [len(shelf) for shelf in shelves] in ([4] * 4, [])  # few films of the chosen genres make none
        assert len(set(films)) == len(films)
        assert not met & set(films)

    def test_a_chosen_shelf_moves_scores_and_hides_nothing(self, recommender: Recommender) -> None:
        (shelf, *_) = recommender.shelves(Profile())
        before = {line.movie_id: line.score for line in recommender.recommend(Profile(), MOVIE_COUNT)}
        leaning = Profile(leanings=frozenset(shelf))
        after = {line.movie_id: line.score for line in recommender.recommend(leaning, MOVIE_COUNT)}
        assert before.keys() == after.keys()
        assert before != after

    def test_has_a_version(self, recommender: Recommender) -> None:
        assert recommender.version

    @pytest.mark.parametrize("k", [0, -1])
    def test_refuses_to_list_nothing(self, recommender: Recommender, k: int) -> None:
        with pytest.raises(ValueError, match=rf"k must be positive\. Received: k={k}"):
            recommender.recommend(Profile(), k)
        with pytest.raises(ValueError, match="k must be positive"):
            recommender.questions(Profile(), k)

    def test_someone_who_rated_everything_gets_an_empty_list(self, recommender: Recommender) -> None:
        everything = rated(*((row, 4.0) for row in range(MOVIE_COUNT)))
        assert recommender.recommend(everything, 10) == []
        assert recommender.questions(everything, 10) == []

    def test_a_movie_it_has_never_seen_does_no_harm(self, recommender: Recommender) -> None:
        assert len(recommender.recommend(rated((50_000, 5.0), (0, 4.0)), 10)) == 10

    def test_keeps_to_wanted_genres(self, recommender: Recommender) -> None:
        listed = recommender.recommend(Profile(), MOVIE_COUNT, filters=Filters(genres_in=frozenset({"Drama", "War"})))
        assert {line.movie_id for line in listed} == {m.id for m in _movies() if {"Drama", "War"} & set(m.genres)}

    def test_keeps_to_genres_wanted_together(self, recommender: Recommender) -> None:
        wanted = frozenset({"Drama", "War"})
        listed = recommender.recommend(Profile(), MOVIE_COUNT, filters=Filters(genres_all=wanted))
        assert {line.movie_id for line in listed} == {m.id for m in _movies() if wanted <= set(m.genres)}

    def test_keeps_away_from_unwanted_genres(self, recommender: Recommender) -> None:
        filters = Filters(genres_in=frozenset({"Drama", "War"}), genres_out=frozenset({"War"}))
        listed = recommender.recommend(Profile(), MOVIE_COUNT, filters=filters)
        assert {line.movie_id for line in listed} == {m.id for m in _movies() if "Drama" in m.genres}

    def test_keeps_to_movies_that_are_named_whatever_genres_were_chosen(self, recommender: Recommender) -> None:
        named = [movie.id for movie in _movies()][:20]
        filters = Filters(among=frozenset(named), apart=frozenset(named[:5]), any_genre=True)
        listed = recommender.recommend(Profile(genres=("War",)), MOVIE_COUNT, filters=filters)
        assert {line.movie_id for line in listed} == {*named[5:]}
        assert {line.slot for line in listed} == {"top"}

    def test_keeps_to_years(self, recommender: Recommender) -> None:
        listed = recommender.recommend(Profile(), MOVIE_COUNT, filters=Filters(year_from=1960, year_to=1962))
        assert {line.movie_id for line in listed} == {m.id for m in _movies() if m.year in (1960, 1961, 1962)}

    @pytest.mark.parametrize("genre", GENRES)
    def test_a_newcomers_list_is_of_the_genre_asked_for(self, recommender: Recommender, genre: str) -> None:
        fitting = {movie.id for movie in _movies() if genre in movie.genres}
        listed = [line.movie_id for line in recommender.recommend(Profile(genres=(genre,)), 5)]
        assert len(listed) == 5
        assert set(listed[: len(fitting)]) <= fitting
        lines = recommender.recommend(Profile(genres=(genre,)), 5)
        assert [line.slot == "nearest" for line in lines] == [line.movie_id not in fitting for line in lines]

    @pytest.mark.parametrize(
        "genres", [("Drama", "War"), ("Comedy", "Horror", "Western"), ("Sci-Fi", "Action", "Crime")]
    )
    def test_every_genre_asked_for_is_on_the_first_page(
        self, recommender: Recommender, genres: tuple[str, ...]
    ) -> None:
        known = {movie.id: set(movie.genres) for movie in _movies()}
        listed = [known[line.movie_id] for line in recommender.recommend(Profile(genres=genres), 10)]
        assert all(set(genres) & each for each in listed[:5])
        assert set(genres) <= set().union(*listed[:5])

    def test_an_excluded_genre_never_comes_back(self, recommender: Recommender, profile: Profile) -> None:
        without = replace(profile, excluded=frozenset({"Drama", "Comedy"}))
        banned = {movie.id for movie in _movies() if {"Drama", "Comedy"} & set(movie.genres)}
        for novelty in (0.0, 0.5, 1.0):
            for draw in (None, *WILD_DRAWS):
                lines = recommender.recommend(without, 10, filters=Filters(novelty=novelty), draw=draw)
                assert not banned & {line.movie_id for line in lines}
        assert not banned & set(recommender.questions(without, 10))

    def test_nothing_is_left_where_everything_is_excluded(self, recommender: Recommender) -> None:
        assert recommender.recommend(Profile(excluded=frozenset(GENRES)), 5) == []
        assert recommender.questions(Profile(excluded=frozenset(GENRES)), 5) == []

    def test_a_dial_at_nought_changes_nothing(self, recommender: Recommender, profile: Profile) -> None:
        assert recommender.recommend(profile, 10, filters=Filters(novelty=0.0)) == recommender.recommend(profile, 10)

    def test_the_dial_turns_lists_toward_little_known_movies(self, recommender: Recommender) -> None:
        def mean_row(novelty: float) -> float:
            lists = [recommender.recommend(profile, 10, filters=Filters(novelty=novelty)) for profile in PROFILES]
            return float(np.mean([line.movie_id - FIRST_ID for lines in lists for line in lines]))

        assert mean_row(0.0) < mean_row(0.5) < mean_row(1.0)

    def test_other_wishes_hold_wherever_the_dial_stands(self, recommender: Recommender, profile: Profile) -> None:
        filters = Filters(genres_in=frozenset({"Drama", "War"}), year_from=1955, novelty=1.0)
        fitting = {m.id for m in _movies() if {"Drama", "War"} & set(m.genres) and m.year and m.year >= 1955}
        met = {rating.movie_id for rating in profile.ratings} | profile.hidden
        listed = [line.movie_id for line in recommender.recommend(profile, MOVIE_COUNT, filters=filters)]
        assert len(listed) == len(set(listed))
        assert set(listed) == fitting - met

    def test_questions_fit_the_chosen_genres(self, recommender: Recommender) -> None:
        genres = {movie.id: movie.genres for movie in _movies()}
        asked = recommender.questions(Profile(genres=("Drama", "War", "Comedy")), 5)
        assert all({"Drama", "War", "Comedy"} & set(genres[movie_id]) for movie_id in asked)
        assert len({genres[movie_id] for movie_id in asked}) > 1

    @pytest.mark.parametrize("answers", ["rates", "has not seen"])
    @pytest.mark.parametrize("genres", [("Drama",), ("War", "Comedy"), ("Western", "Sci-Fi", "Horror")])
    def test_each_chosen_genre_is_asked_about_by_the_third_card(
        self, recommender: Recommender, genres: tuple[str, ...], answers: str
    ) -> None:
        known = {movie.id: set(movie.genres) for movie in _movies()}
        asked: list[MovieId] = []
        for _ in range(3):
            rows = [movie_id - FIRST_ID for movie_id in asked] if answers == "rates" else []
            profile = rated(*((row, 4.0) for row in rows), genres=genres)
            asked += recommender.questions(profile, 1, skipped=frozenset(asked))
        assert len(set(asked)) == 3
        assert set(genres) <= set().union(*(known[movie_id] for movie_id in asked))
        assert all(set(genres) & known[movie_id] for movie_id in asked)

    def test_questions_are_about_known_movies(self, recommender: Recommender) -> None:
        rows = [movie_id - FIRST_ID for movie_id in recommender.questions(Profile(), 5)]
        assert np.mean(rows) < MOVIE_COUNT / 2


def _movies() -> tuple[Movie, ...]:
    return contract_corpus().movies
