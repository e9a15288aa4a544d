"""MovieLens releases: every layout gives the same kind of corpus, and what is broken is refused by line."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.errors import SourceError
from bot.catalogue.movielens import read_movielens, read_release
from tests.bot.catalogue.fakes import (
    MOVIES_DAT,
    RATINGS_DAT,
    U_DATA,
    U_ITEM,
    pack,
    write_csv_release,
    write_files,
)

HEADER = "userId,movieId,rating,timestamp\n"


def test_the_csv_layout_is_read(tmp_path: Path) -> None:
    corpus = read_movielens(write_csv_release(tmp_path / "ml-tiny"))
    assert [movie.id for movie in corpus.movies] == [1, 6, 29, 70, 71]
    assert list(corpus.user_ids) == [1, 2, 7]
    assert list(corpus.movie_rows[corpus.of_user(0)]) == [1, 0]
    assert list(corpus.stars[corpus.of_user(0)]) == [3.5, 4.0]


def test_the_dat_layout_is_read(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "ml-1m", {"movies.dat": MOVIES_DAT, "ratings.dat": RATINGS_DAT}, "latin-1")
    corpus = read_movielens(folder)
    assert list(corpus.user_ids) == [1, 2]
    assert list(corpus.stars) == [3.0, 4.0, 1.0]
    assert list(corpus.times) == [900, 1000, 1000]


def test_the_item_layout_is_read(tmp_path: Path) -> None:
    corpus = read_movielens(write_files(tmp_path / "ml-100k", {"u.item": U_ITEM, "u.data": U_DATA}, "latin-1"))
    assert list(corpus.user_ids) == [1, 2]
    assert [movie.title for movie in corpus.movies] == ["Toy Story", "Café Noir", "unknown"]


@pytest.mark.parametrize("stray", ["ratings.csv", "movies.csv"])
def test_a_file_of_another_layout_beside_a_whole_release_is_passed_over(tmp_path: Path, stray: str) -> None:
    files = {"u.item": U_ITEM, "u.data": U_DATA, stray: "somebody's own table\n"}
    assert read_movielens(write_files(tmp_path / "ml-100k", files, "latin-1")).rating_count == 3


def test_a_zip_reads_as_its_folder_does(tmp_path: Path) -> None:
    folder = write_csv_release(tmp_path / "ml-tiny")
    packed = read_release(pack(folder, tmp_path / "download.zip"))
    assert packed.name == read_release(folder).name == "ml-tiny"
    assert packed.films == read_release(folder).films
    assert np.array_equal(packed.ratings.stars, read_release(folder).ratings.stars)


def test_a_folder_around_the_release_is_opened(tmp_path: Path) -> None:
    write_csv_release(tmp_path / "unpacked" / "ml-tiny")
    assert read_release(tmp_path / "unpacked").name == "ml-tiny"


def test_ratings_keep_the_order_of_the_file(tmp_path: Path) -> None:
    release = read_release(write_csv_release(tmp_path / "ml-tiny"))
    assert list(release.ratings.movie_ids) == [1, 6, 70, 1, 71]


def test_unknown_genres_are_named_and_left_out(tmp_path: Path) -> None:
    movies = "movieId,title,genres\n1,Heat (1995),Crime|Telenovela\n"
    release = read_release(write_csv_release(tmp_path / "ml", movies=movies, ratings=f"{HEADER}1,1,4,1\n", links=None))
    assert release.unknown_genres == {"Telenovela"}
    assert release.movies[0].genres == ("Crime",)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = write_csv_release(tmp_path / "ml")
    for file in folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_movielens(folder).rating_count == 5


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "ratings.csv, line 1: expected the header userId,movieId,rating,timestamp"),
        ("1,1,4.0,1000\n", "ratings.csv, line 1: expected the header"),
        (HEADER, "ratings.csv: a rating file needs at least one rating"),
        (f"{HEADER}1,1,4.0,1000\n1,6,4.0\n", "ratings.csv, line 3: expected 4 fields. Received: 3"),
        (f"{HEADER}1,1,4.0,1000\n1,6,four,1000\n", "line 3: rating must be a number. Received: 'four'"),
        (f"{HEADER}1,1,4.0,1000\n\n1,6,4.0,\n", "line 4: timestamp must be a number. Received: ''"),
        (f"{HEADER}1,1,4.0,1000\n1,6,7,1000\n", "line 3: stars must be 0.5 to 5.0 in steps of 0.5. Received: 7"),
        (f"{HEADER}1,1,0,1000\n", "line 2: stars must be 0.5 to 5.0"),
        (f"{HEADER}1,1,3.7,1000\n", "line 2: stars must be 0.5 to 5.0"),
        (f"{HEADER}1,1,nan,1000\n", "line 2: "),
        (f"{HEADER}1,1,4,-5\n", "line 2: timestamp must be seconds since 1970"),
        (f"{HEADER}1,1,4,1260759144000\n", "line 2: timestamp must be seconds since 1970, before the year 2100"),
        (f"{HEADER}9999999999,1,4,1\n", "line 2: ids must be below 2147483648"),
        (f"{HEADER}1,1,4,1\n1,12345,4,1\n", "ratings.csv, line 3: every rated film must be in the film file: take"),
        (f"{HEADER}1,12345,4,1\n", "Received: film 12345, as in 1 of 1 ratings"),
        (f"{HEADER}1,1,4,1\n1,\ud800,4,1\n", "line 3: "),
    ],
)  # fmt: skip
def test_a_broken_rating_file_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    folder = write_csv_release(tmp_path / "ml")
    (folder / "ratings.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SourceError) as refusal:
        read_movielens(folder)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("missing", ["movies.csv", "ratings.csv"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = write_csv_release(tmp_path / "ml")
    (folder / missing).unlink()
    with pytest.raises(SourceError, match=f"{missing}: the file is missing"):
        read_movielens(folder)


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="which has none of them"):
        read_movielens(write_files(tmp_path / "letters", {"letter.txt": "Dear"}))
    with pytest.raises(SourceError, match="does not exist"):
        read_movielens(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="which is neither"):
        read_movielens(write_files(tmp_path / "text", {"a.csv": "x"}) / "a.csv")


@pytest.mark.parametrize(
    ("ratings", "people", "kept"),
    [
        (f"{HEADER}1,1,4,1\n1,6,2,2\n", 1, 2),
        (f"{HEADER}1,1,4,1\n2,1,2,2\n", 2, 2),
        (f"{HEADER}1,1,5,1\n2,6,5,2\n", 2, 2),
        (f"{HEADER}1,1,1,1\n2,6,1,2\n", 2, 2),
        (f"{HEADER}1,1,1,1\n1,1,5,9\n1,1,3,5\n", 1, 1),
        (f"{HEADER}1,1,4,4000000000\n", 1, 1),
    ],
    ids=["one person", "one film", "all likes", "no likes", "duplicates", "in the future"],
)
def test_unusual_ratings_are_read_sensibly(tmp_path: Path, ratings: str, people: int, kept: int) -> None:
    corpus = read_movielens(write_csv_release(tmp_path / "ml", ratings=ratings))
    assert (corpus.user_count, corpus.rating_count) == (people, kept)


def test_of_repeated_ratings_the_newest_counts(tmp_path: Path) -> None:
    ratings = f"{HEADER}1,1,1,1\n1,1,5,9\n1,1,3,5\n"
    assert list(read_movielens(write_csv_release(tmp_path / "ml", ratings=ratings)).stars) == [5.0]


@pytest.mark.long("a hundred thousand lines")
def test_a_hundred_thousand_ratings_by_one_person_are_read(tmp_path: Path) -> None:
    movies = "movieId,title,genres\n" + "".join(
        f"{number},Film {number} (1990),Drama\n" for number in range(1, 100_001)
    )
    ratings = HEADER + "".join(f"1,{number},4.0,{number}\n" for number in range(1, 100_001))
    corpus = read_movielens(write_csv_release(tmp_path / "ml", movies=movies, ratings=ratings, links=None))
    assert (corpus.user_count, corpus.rating_count) == (1, 100_000)


def test_a_few_ratings_of_films_that_the_film_file_lacks_are_left_out(tmp_path: Path) -> None:
    known = "".join(f"{person},1,4,1\n" for person in range(1, 5))
    release = read_release(write_csv_release(tmp_path / "ml", ratings=f"{HEADER}1,99,5,1\n{known}"))
    assert (release.orphan_count, list(release.ratings.user_ids)) == (1, [1, 2, 3, 4])
    assert list(release.ratings.movie_ids) == [1, 1, 1, 1]


COPIED = {"movies.csv": "movies (1).csv", "ratings.csv": "Copy of ratings.csv", "links.csv": "links - Copy (2).csv"}
TABBED = {"movies.csv": "movies.tsv", "ratings.csv": "ratings.txt", "links.csv": "links.csv.txt"}
KAGGLE = {"movies.csv": "movie.csv", "ratings.csv": "rating.csv", "links.csv": "link.csv"}


@pytest.mark.parametrize(
    "names", [KAGGLE, COPIED, TABBED, {}], ids=["Kaggle's names", "copies", "a spreadsheet's", "the usual names"]
)
@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("zipped", [True, False])
def test_other_names_and_files_packed_one_by_one_read_as_the_release_does(
    tmp_path: Path, names: dict[str, str], packed: bool, zipped: bool
) -> None:
    folder = write_csv_release(tmp_path / "ml")
    wanted = read_release(folder)
    for file in sorted(folder.iterdir()):
        content, name = file.read_bytes(), names.get(file.name, file.name)
        file.unlink()
        (folder / (f"{name}.gz" if packed else name)).write_bytes(gzip.compress(content) if packed else content)
    received = read_release(pack(folder, tmp_path / "ml.zip") if zipped else folder)
    assert received.films == wanted.films
    assert received.films[0].imdb_id == "tt0114709"
    assert np.array_equal(received.ratings.times, wanted.ratings.times)


def test_a_damaged_or_endless_gz_is_refused_by_name(tmp_path: Path) -> None:
    folder = write_csv_release(tmp_path / "ml")
    (folder / "ratings.csv").unlink()
    header = HEADER.encode()
    whole, endless = gzip.compress(header + b"1,1,4,1\n"), gzip.compress(header + b" " * 3_000_000)
    for content in (b"no gzip at all", whole[:-12], endless):
        (folder / "ratings.csv.gz").write_bytes(content)
        with pytest.raises(SourceError, match=r"ratings\.csv: the file cannot be read"):
            read_release(folder)


@pytest.mark.movielens
def test_the_small_release_is_read_whole() -> None:
    folder = os.environ.get("REELMATE_MOVIELENS")
    if not folder:
        pytest.skip("REELMATE_MOVIELENS is not set")
    release = read_release(folder)
    assert release.name == "ml-latest-small"
    assert release.unknown_genres == frozenset()
    assert len(release.films) > 9000
    assert sum(film.movie.year is None for film in release.films) < 20
    assert not any(film.movie.title.endswith((", The", ", A", ", La", ", Le")) for film in release.films)
    assert len(release.ratings) > 100_000
