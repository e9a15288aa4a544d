"""Films that came after a training are in lists as what is known of them says, and everything else is as before."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from recommender.data.statistics import FilmCounts, count_films
from recommender.domain import LIKE, Because, Filters, GroupRequest, ListRequest, Movie, MovieId, Profile, Rating, Stars
from recommender.ranking.new_films import NewFilms
from recommender.ranking.ranker import Ranker
from recommender.training.training import Trained, TrainingConfig, train
from tests.recommender.contract import PROFILES, RecommenderContract, contract_corpus, rated
from tests.recommender.tiny import TINY, tiny
from tests.shared import shared

pytestmark = pytest.mark.tensorflow
LOVED, HATED, UNRATED, DIRECTED = (MovieId(number) for number in (9_000, 9_001, 9_002, 9_003))
MOVIES = (
    Movie(LOVED, "Loved", 2015, ("Drama",)),
    Movie(HATED, "Hated", 2015, ("Drama",)),
    Movie(UNRATED, "Unrated", 2099, ("Drama", "Western")),
    Movie(DIRECTED, "Directed", None, ()),
)
FEATURES = ((), (), (), ("director:3", "tag:3", "cast:Nobody Else's"))


def counts(stars: dict[MovieId, float], people: int = 60) -> FilmCounts:
    """Return what so many people say who all rate these films alike, and film 100, too."""
    ids = [*stars, MovieId(100)]
    given = np.array([*stars.values(), 3.0])
    users = np.arange(people)
    return count_films(np.repeat(users, len(ids)), np.tile(ids, people), np.tile(given, people))


def extended(*sources: FilmCounts, movies: tuple[Movie, ...] = MOVIES) -> Ranker:
    return tiny().ranker().with_new_films(NewFilms(movies, sources, FEATURES[: len(movies)]))


@cache
def grown() -> Ranker:
    """Return a ranker for which all but the first film of the new ones are as a source says."""
    return extended(counts({LOVED: 5.0, HATED: 0.5}))


def listed(ranker: Ranker, profile: Profile, k: int = 64, filters: Filters = Filters()) -> list[MovieId]:
    return [line.movie_id for line in ranker.recommend(profile, k, filters=filters)]


def train_without_some() -> Trained:
    """Train on the contract's people as if every tenth film had not been there."""
    corpus = contract_corpus()
    kept = np.arange(len(corpus.movies)) % 10 != 7
    seen = corpus.keeping(kept[corpus.movie_rows])
    rows = np.cumsum(kept) - 1
    movies = tuple(movie for movie, stays in zip(corpus.movies, kept, strict=True) if stays)
    there = replace(seen, movies=movies, movie_rows=rows[seen.movie_rows].astype(np.int32), content=None)
    return train(there, TrainingConfig(**TINY))  # type: ignore[arg-type]  # fields by name


@cache
def tiny_without_some() -> Trained:
    return shared("tiny-without-some", train_without_some)


class TestWithNewFilms(RecommenderContract):
    """The contract over a ranker to which a tenth of all films is new."""

    @pytest.fixture
    def recommender(self) -> Ranker:
        ranker = tiny_without_some().ranker()
        corpus = contract_corpus()
        new = [movie for movie in corpus.movies if movie.id not in ranker.retrieval.catalogue.row_of]
        ids = np.array([movie.id for movie in corpus.movies])
        source = count_films(corpus.user_ids[corpus.user_rows], ids[corpus.movie_rows], corpus.stars)
        return ranker.with_new_films(NewFilms(new, [source], [()] * len(new)))


def test_what_everybody_loved_leads_the_lists_of_its_genre_and_what_they_hated_does_not() -> None:
    everything = listed(grown(), Profile(("Drama",)))
    assert everything[0] == LOVED
    dramas = [movie.id for movie in grown().retrieval.catalogue.movies if "Drama" in movie.genres]
    assert everything.index(HATED) > max(everything.index(film) for film in dramas if film not in (HATED, UNRATED))


def test_a_film_that_nobody_rated_stands_where_nobody_is_led_to_it() -> None:
    everything = listed(grown(), Profile())
    assert everything.index(UNRATED) > len(everything) / 2
    crowd = tuple(Movie(MovieId(20_000 + number), f"Film {number}", 2010, ("Film-Noir",)) for number in range(1_000))
    flooded = tiny().ranker().with_new_films(NewFilms(crowd, [counts({})], [()] * len(crowd)))
    for profile in PROFILES:
        assert not {film for film in listed(flooded, profile, 10) if film >= 20_000}


def test_two_people_who_loved_everything_move_lists_less_than_many() -> None:
    few, many = (extended(counts({LOVED: 5.0}, people)) for people in (2, 200))
    assert listed(few, Profile()).index(LOVED) > listed(many, Profile()).index(LOVED)


def test_the_source_that_knows_a_film_best_says_how_well_known_it_is() -> None:
    alone, beside = extended(counts({LOVED: 5.0})), extended(counts({LOVED: 5.0}), counts({}, people=100_000))
    rows = alone.retrieval.catalogue.rows([LOVED])
    for name in ("log_like_rate", "log_rating_rate"):
        assert beside.retrieval.tables[name][rows] == alone.retrieval.tables[name][rows]


@pytest.mark.parametrize("profile", PROFILES, ids=range(len(PROFILES)))
def test_the_other_films_are_as_before(profile: Profile) -> None:
    before = tiny().ranker()
    base = len(before.retrieval.catalogue)
    rows = np.arange(base)
    assert grown().outcomes([profile], rows).scores == pytest.approx(before.outcomes([profile], rows).scores, abs=1e-5)
    apart = ListRequest(Filters(apart=frozenset(movie.id for movie in MOVIES)))
    assert [pick.row for pick in grown().pick(profile, 10, apart)] == [pick.row for pick in before.pick(profile, 10)]


def test_it_obeys_years_genres_and_what_somebody_met() -> None:
    assert listed(grown(), Profile(), filters=Filters(year_from=2090)) == [UNRATED]
    assert listed(grown(), Profile(), filters=Filters(genres_all=frozenset(("Drama", "Western")))) == [UNRATED]
    assert not {LOVED, HATED, UNRATED} & set(listed(grown(), Profile(excluded=frozenset(("Drama",)))))
    assert LOVED not in listed(grown(), Profile(hidden=frozenset((LOVED,))))


def test_a_rating_of_it_counts_and_it_never_comes_again() -> None:
    moment = rated((0, 5.0)).ratings[0].rated_at
    met = tuple(Rating(film, Stars(stars), moment) for film, stars in ((DIRECTED, 5.0), (HATED, 1.0)))
    profile = Profile(ratings=met)
    assert not {DIRECTED, HATED} & set(listed(grown(), profile))
    row = np.array([3], dtype=np.int64)  # by the same director, under the same tag
    liked, nobody = (float(grown().outcomes([each], row).scores[0, 0]) for each in (profile, Profile()))
    assert liked != nobody
    films = grown().retrieval.catalogue.rows([DIRECTED])
    assert grown().retrieval.likeness.sums(films, np.ones((1, 1)), row)[0, 0] > 0


def test_groups_questions_and_alikeness_know_it() -> None:
    people = [Profile(("Drama",)), Profile(("Drama", "Comedy"))]
    together = [pick.movie_id for pick in grown().together(people, 64, GroupRequest())]
    assert together.index(LOVED) < together.index(HATED)
    assert LOVED in grown().questions(Profile(("Drama",)), 30)
    assert grown().alike(*people) is not None


def test_wildcards_are_drawn_where_there_are_new_films() -> None:
    lists = [grown().recommend(Profile(("Western",)), 10, draw=draw) for draw in range(60)]
    wild = {line.movie_id for lines in lists for line in lines if line.slot == "wildcard"}
    assert len(wild) > 1


def test_nobody_is_said_to_like_it_of_whom_that_is_not_known() -> None:
    for profile in (Profile(("Drama",)), rated((0, 5.0), (2, 4.5), genres=("Drama", "Comedy"))):
        lines = {line.movie_id: line.because for line in grown().recommend(profile, 64)}
        assert {lines[movie.id].liked_with for movie in MOVIES} == {None}
    assert isinstance(lines[LOVED], Because)


def test_whatever_is_new_the_network_is_told_what_it_knows() -> None:
    moment = rated((0, 5.0)).ratings[0].rated_at
    profile = Profile(ratings=(Rating(LOVED, LIKE, moment), Rating(MovieId(103), LIKE, moment)))
    base = len(tiny().retrieval.catalogue)
    feeds = grown().feeds([profile], np.array([[base - 1, base, base + 3]]))
    assert feeds["films"].tolist() == [[base - 1, -1, -1]]
    assert feeds["history"][0, :3].tolist() == [-1, 3, -1]


def test_no_new_film_has_what_none_of_the_known_has() -> None:
    before, after = tiny().retrieval.tables, grown().retrieval.tables
    for name in ("log_like_rate", "mean_stars", "like_odds", "star_deviation", "year"):
        assert after[name].max() == before[name].max()
        assert after[name].min() == before[name].min()


def test_new_films_may_come_twice_and_then_none() -> None:
    first = extended(movies=MOVIES[:1])
    assert len(first.retrieval.catalogue) + 3 == len(grown().retrieval.catalogue)
    assert len(tiny().ranker().retrieval.catalogue) + 1 == len(first.retrieval.catalogue)


def test_a_film_that_was_known_and_unrated_is_told_by_its_ratings_in_its_own_place() -> None:
    known = tiny().ranker()
    movie = known.retrieval.catalogue.movies[55]
    told = known.with_new_films(NewFilms([*MOVIES[:1], movie], [counts({movie.id: 5.0})], [(), ()]))
    everything = listed(told, Profile(movie.genres))
    assert len(everything) == len(set(everything)) == len(known.retrieval.catalogue) + 1
    assert everything.index(movie.id) < listed(known, Profile(movie.genres)).index(movie.id)
    lines = {line.movie_id: line.because for line in told.recommend(Profile(movie.genres), 64)}
    assert lines[movie.id].liked_with is None
    for name in ("log_like_rate", "mean_stars", "taste_out", "year"):
        before, after = known.retrieval.tables[name], told.retrieval.tables[name]
        assert np.array_equal(np.delete(before, 55, axis=0), np.delete(after[:-1], 55, axis=0))
    assert np.array_equal(known.retrieval.tables["genre_prior"][:, :55], told.retrieval.tables["genre_prior"][:, :55])


def test_counts_of_twins_are_one_film_s() -> None:
    source = counts({LOVED: 5.0, HATED: 1.0}, people=3).under({HATED: LOVED})
    ratings, likes, stars = source.of(np.array([HATED, LOVED, 1]))
    assert (ratings.tolist(), likes.tolist(), stars.tolist()) == ([0, 6, 0], [0, 3, 0], [0, 18, 0])
    assert source.people == 3


def test_nothing_is_counted_where_there_are_no_ratings() -> None:
    nothing = np.array([], dtype=np.int64)
    source = count_films(nothing, nothing, np.array([], dtype=np.float32))
    assert [column.tolist() for column in source.of(np.array([5]))] == [[0], [0], [0]]
