"""Imports: films keep their ids, ratings survive, twice is once, and what fails leaves nothing behind."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.corpora import list_corpora, load_corpus, load_tags
from bot.catalogue.errors import CorpusFolderError, KnownPeopleError, SourceError
from bot.catalogue.importing import SIMULATED_CORPUS, import_movielens, import_starter
from bot.catalogue.known_movies import FIRST_IMPORTED_ID, KnownMovie, starter_movies
from bot.catalogue.movielens import read_movielens
from bot.catalogue.starter import load_imdb_ids, load_starter
from recommender.domain import Movie, MovieId
from tests.bot.catalogue.fakes import (
    MOVIES_CSV,
    U_DATA,
    U_ITEM,
    CatalogueInMemory,
    FullDisk,
    pack,
    write_csv_release,
    write_files,
)

STARTER_ID = {movie.label: movie.id for movie in load_starter()}


@pytest.fixture
def catalogue() -> CatalogueInMemory:
    return CatalogueInMemory()


def test_the_starter_catalogue_comes_with_simulated_ratings(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    report = import_starter(catalogue, tmp_path, seed=1, people=20)
    assert report.added_count == len(load_starter()) == len(catalogue.stored)
    [card] = list_corpora(tmp_path)
    assert (card.name, card.simulated, card.user_count) == (SIMULATED_CORPUS, True, 20)
    assert "imulated" in card.licence


def test_starter_films_are_as_popular_as_among_those_who_rate(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    import_starter(catalogue, tmp_path, seed=1, people=50)
    corpus = load_corpus(tmp_path / "corpora" / SIMULATED_CORPUS)
    raters = np.bincount(corpus.movie_rows, minlength=len(corpus.movies))
    stored = [catalogue.stored[movie.id].popularity for movie in corpus.movies]
    assert stored == pytest.approx((raters / 50).tolist())
    assert max(raters) > 20


def test_the_starter_import_again_changes_nothing(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    import_starter(catalogue, tmp_path, seed=1, people=20)
    before = dict(catalogue.stored)
    assert not import_starter(catalogue, tmp_path, seed=1, people=20).changed
    assert catalogue.stored == before


def test_a_catalogue_of_before_learns_what_imdb_numbers_films(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    known = [replace(one, imdb_id=None) for one in starter_movies()]
    stranger = KnownMovie(Movie(MovieId(FIRST_IMPORTED_ID), "Sueños de fuga", 1995, ("Drama",)), imdb_id="tt0111161")
    catalogue.add([*known, stranger])
    report = import_starter(catalogue, tmp_path, seed=1, people=20)
    assert report.updated_count == len(load_imdb_ids()) - 1  # of two that claim an id the first keeps it
    ids = {one.movie.title: one.imdb_id for one in catalogue.movies()}
    assert ids["The Godfather"] == "tt0068646"
    assert ids["The Shawshank Redemption"] is None
    assert ids["Sueños de fuga"] == "tt0111161"


@pytest.mark.parametrize("starter_first", [True, False])
def test_films_of_the_starter_catalogue_keep_their_ids(
    tmp_path: Path, catalogue: CatalogueInMemory, starter_first: bool
) -> None:
    if starter_first:
        import_starter(catalogue, tmp_path, people=5)
    import_movielens(write_csv_release(tmp_path / "ml-tiny"), catalogue, tmp_path)
    if not starter_first:
        import_starter(catalogue, tmp_path, people=5)
    heat = catalogue.stored[STARTER_ID["Heat (1995)"]]
    assert (heat.imdb_id, heat.tmdb_id, heat.movielens_id) == ("tt0113277", 949, 6)
    assert [movie_id for movie_id in catalogue.stored if movie_id >= FIRST_IMPORTED_ID] == [
        FIRST_IMPORTED_ID,
        FIRST_IMPORTED_ID + 1,
    ]
    assert len(catalogue.stored) == len(load_starter()) + 2


def test_the_stored_corpus_is_the_release_under_our_ids(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = write_csv_release(tmp_path / "ml-tiny")
    report = import_movielens(folder, catalogue, tmp_path)
    stored, read = load_corpus(tmp_path / "corpora" / "ml-tiny"), read_movielens(folder)
    assert (report.film_count, report.rating_count, report.user_count) == (5, 5, 3)
    assert (report.matched_count, report.added_count) == (3, 5)
    assert np.array_equal(stored.movie_rows, read.movie_rows)
    assert np.array_equal(stored.stars, read.stars)
    assert stored.movies[1].id == STARTER_ID["Heat (1995)"]
    assert {movie.id for movie in stored.movies} <= set(catalogue.stored)


def test_tags_are_stored_under_our_ids_and_again_change_nothing(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = write_csv_release(tmp_path / "ml-tiny")
    (folder / "tags.csv").write_text("userId,movieId,tag,timestamp\n2,6,Slow burn,1\n2,999,of no film here,2\n")
    import_movielens(folder, catalogue, tmp_path)
    tags = load_tags(tmp_path / "corpora" / "ml-tiny")
    assert list(zip(tags.user_ids.tolist(), tags.movie_ids.tolist(), tags.names.tolist(), strict=True)) == [
        (2, STARTER_ID["Heat (1995)"], "slow burn")
    ]
    assert not import_movielens(folder, catalogue, tmp_path).changed


def test_a_release_without_tags_has_none(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    import_movielens(write_csv_release(tmp_path / "ml-tiny"), catalogue, tmp_path)
    assert len(load_tags(tmp_path / "corpora" / "ml-tiny")) == 0


def test_importing_twice_changes_nothing(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = write_csv_release(tmp_path / "ml-tiny")
    assert import_movielens(folder, catalogue, tmp_path).changed
    before = dict(catalogue.stored)
    again = import_movielens(pack(folder, tmp_path / "ml-tiny.zip"), catalogue, tmp_path)
    assert not again.changed
    assert catalogue.stored == before


def test_importing_the_100k_layout_twice_changes_nothing(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    twins = U_ITEM + U_ITEM.splitlines()[1].replace("2|", "4|", 1) + "\n"
    folder = write_files(tmp_path / "ml-100k", {"u.item": twins, "u.data": U_DATA}, "latin-1")
    import_movielens(folder, catalogue, tmp_path)
    before = dict(catalogue.stored)
    assert all(known.movielens_id is None for known in before.values())
    assert not import_movielens(folder, catalogue, tmp_path).changed
    assert catalogue.stored == before


def test_the_licence_is_told(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    report = import_movielens(write_csv_release(tmp_path / "ml-32m"), catalogue, tmp_path)
    assert "It may be passed on" in report.licence
    assert "Harper" in report.licence
    other = import_movielens(write_csv_release(tmp_path / "ml-25m"), catalogue, tmp_path / "elsewhere")
    assert "It may not be passed on" in other.licence


def test_progress_reaches_its_end(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    steps: list[tuple[str, int, int | None]] = []
    import_movielens(
        write_csv_release(tmp_path / "ml-tiny"),
        catalogue,
        tmp_path,
        lambda step, done, total: steps.append((step, done, total)),
    )
    assert steps[-1] == ("Storing films and ratings", 3, 3)


def test_a_broken_release_leaves_nothing_behind(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = write_csv_release(tmp_path / "ml-tiny", ratings="userId,movieId,rating,timestamp\n1,1,4.0,1\n1,6,9,2\n")
    with pytest.raises(SourceError, match=r"ratings\.csv, line 3"):
        import_movielens(folder, catalogue, tmp_path / "state")
    assert catalogue.stored == {}
    assert list_corpora(tmp_path / "state") == []


def test_a_catalogue_that_cannot_be_written_leaves_no_corpus(tmp_path: Path) -> None:
    release = write_csv_release(tmp_path / "ml-tiny")
    with pytest.raises(OSError, match="no space left"):
        import_movielens(release, FullDisk(), tmp_path / "state")
    with pytest.raises(OSError, match="no space left"):
        import_starter(FullDisk(), tmp_path / "state", people=5)
    assert list((tmp_path / "state" / "corpora").iterdir()) == []


def test_a_folder_named_as_the_simulated_corpus_does_not_replace_it(
    tmp_path: Path, catalogue: CatalogueInMemory
) -> None:
    report = import_movielens(write_csv_release(tmp_path / "Simulated"), catalogue, tmp_path)
    assert report.corpus == "movielens-simulated"


def test_of_two_ratings_of_a_film_by_one_person_the_later_by_time_is_stored(
    tmp_path: Path, catalogue: CatalogueInMemory
) -> None:
    movies = "movieId,title,genres\n1,Amber Station (1997),\n2,Two Kites (2002),\n4,Two Kites (2002),\n"
    ratings = "userId,movieId,rating,timestamp\n1,1,4.5,900\n1,1,2.0,100\n1,2,3.0,5\n1,4,1.0,6\n2,1,5,7\n"
    report = import_movielens(
        write_csv_release(tmp_path / "twice", movies=movies, ratings=ratings, links=None), catalogue, tmp_path
    )
    stored = load_corpus(tmp_path / "corpora" / "twice")
    assert (report.repeated_count, report.rating_count, list_corpora(tmp_path)[0].rating_count) == (2, 3, 3)
    assert list(stored.stars) == [1.0, 4.5, 5.0]  # a film under two numbers is rated twice, too


PEOPLE = "userId,movieId,rating,timestamp\n" + "".join(
    f"{person},{movie},{stars},{1_000_000_000 + 100 * person + movie}\n"
    for person in range(1, 7)
    for movie, stars in ((1, 4.0), (6, 2.5), (70, 3.0))
)
OTHERS = "".join(f"{person},1,5.0,{2_000_000_000 + person}\n" for person in range(100, 107))


def test_the_same_people_under_another_name_are_refused_and_nothing_changes(
    tmp_path: Path, catalogue: CatalogueInMemory
) -> None:
    import_movielens(write_csv_release(tmp_path / "spring", ratings=PEOPLE), catalogue, tmp_path)
    before = dict(catalogue.stored)
    copied = write_csv_release(tmp_path / "autumn", ratings=PEOPLE, movies=f"{MOVIES_CSV}99,New (2001),Drama\n")
    with pytest.raises(KnownPeopleError, match=r"6 of 6 people are stored already as spring.*--replace spring"):
        import_movielens(copied, catalogue, tmp_path)
    assert catalogue.stored == before
    assert [card.name for card in list_corpora(tmp_path)] == ["spring"]
    import_movielens(copied, catalogue, tmp_path, instead_of="spring")
    assert [card.name for card in list_corpora(tmp_path)] == ["autumn"]


def test_a_larger_release_says_whom_it_has_in_common(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    import_movielens(write_csv_release(tmp_path / "small", ratings=PEOPLE), catalogue, tmp_path)
    larger = write_csv_release(tmp_path / "larger", ratings=PEOPLE + OTHERS)
    report = import_movielens(larger, catalogue, tmp_path)
    assert report.known_people == {"small": 6}
    assert import_movielens(larger, catalogue, tmp_path).changed is False


def test_a_damaged_corpus_beside_does_not_keep_others_out(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = write_csv_release(tmp_path / "spring", ratings=PEOPLE)
    import_movielens(folder, catalogue, tmp_path)
    (tmp_path / "corpora" / "spring" / "ratings.parquet").write_bytes(b"damaged")
    assert import_movielens(write_csv_release(tmp_path / "other"), catalogue, tmp_path).changed
    assert import_movielens(folder, catalogue, tmp_path).changed
    assert load_corpus(tmp_path / "corpora" / "spring").user_count == 6


def test_what_is_to_go_must_be_there(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    with pytest.raises(CorpusFolderError, match="summer"):
        import_movielens(write_csv_release(tmp_path / "ml"), catalogue, tmp_path, instead_of="summer")
    assert catalogue.stored == {}


CLUB = "1|Copper Sky (1991)|||{flags}\n2|Quiet Engines (1993)|||{flags}\n3|Lantern Road (1995)|||{flags}\n"
LARGER = (
    "movieId,title,genres\n1,Lantern Road (1995),Drama\n2,Winter Ferry (1996),Comedy\n3,Paper Comets (1994),Drama\n"
)
OWN_NUMBERS = {
    "u.item": {"u.item": CLUB.format(flags="|0" * 19), "u.data": "1\t1\t5\t1\n2\t2\t4\t2\n2\t3\t3\t3\n"},
    "movies.csv": {
        "movies.csv": "movieId,title,genres\n1,Copper Sky (1991),\n2,Quiet Engines (1993),\n3,Lantern Road (1995),",
        "ratings.csv": "userId,movieId,rating,timestamp\n1,1,5,1\n2,2,4,2\n2,3,3,3\n",
    },
}


@pytest.mark.parametrize("layout", sorted(OWN_NUMBERS))
@pytest.mark.parametrize("club_first", [True, False])
def test_ratings_lie_under_the_films_that_their_own_file_names(
    tmp_path: Path, catalogue: CatalogueInMemory, layout: str, club_first: bool
) -> None:
    club = write_files(tmp_path / "film-club", OWN_NUMBERS[layout], "latin-1")
    ratings = "userId,movieId,rating,timestamp\n8,1,4.0,100\n8,2,3.5,101\n9,3,2.0,102\n"
    larger = write_csv_release(tmp_path / "larger", movies=LARGER, ratings=ratings, links=None)
    for folder in (club, larger) if club_first else (larger, club):
        import_movielens(folder, catalogue, tmp_path)
    rated = {name: load_corpus(tmp_path / "corpora" / name) for name in ("film-club", "larger")}
    titles = {name: sorted(corpus.movies[row].title for row in corpus.movie_rows) for name, corpus in rated.items()}
    assert titles == {
        "film-club": ["Copper Sky", "Lantern Road", "Quiet Engines"],
        "larger": ["Lantern Road", "Paper Comets", "Winter Ferry"],
    }
    assert len({known.movie.label for known in catalogue.stored.values()}) == len(catalogue.stored) == 5


@pytest.mark.long("the whole of ml-latest-small, twice")
@pytest.mark.movielens
def test_the_small_release_is_imported_once(tmp_path: Path, catalogue: CatalogueInMemory) -> None:
    folder = os.environ.get("REELMATE_MOVIELENS")
    if not folder:
        pytest.skip("REELMATE_MOVIELENS is not set")
    import_starter(catalogue, tmp_path, people=5)
    report = import_movielens(folder, catalogue, tmp_path)
    assert report.matched_count >= 1300
    assert not import_movielens(folder, catalogue, tmp_path).changed
    for column in ("imdb_id", "tmdb_id", "movielens_id"):
        claimed = [getattr(known, column) for known in catalogue.stored.values() if getattr(known, column) is not None]
        assert len(claimed) == len(set(claimed))
    stored, read = load_corpus(tmp_path / "corpora" / report.corpus), read_movielens(folder)
    assert np.array_equal(stored.movie_rows, read.movie_rows)
