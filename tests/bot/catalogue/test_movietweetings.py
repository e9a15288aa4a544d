"""MovieTweetings: IMDb's numbers as film ids, ratings from 0 to 10, and the same care as with MovieLens."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.corpora import list_corpora, load_corpus
from bot.catalogue.errors import SourceError
from bot.catalogue.importing import import_movielens, import_movietweetings
from bot.catalogue.starter import load_starter
from tests.bot.catalogue.fakes import CatalogueInMemory, write_files

MOVIES = """0000008::Edison Kinetoscopic Record of a Sneeze (1894)::Documentary|Short
0113277::Heat (1995)::Action|Crime|Drama
10954600::Ant-Man and the Wasp: Quantumania (2023)::Action|Family
"""
RATINGS = (
    "1::0113277::10::1363245118\n1::0000008::0::1363245119\n2::0113277::7::1363245120\n2::10954600::5::1676500000\n"
)
HEAT = next(movie.id for movie in load_starter() if movie.label == "Heat (1995)")


def write(folder: Path, ratings: str = RATINGS) -> Path:
    return write_files(folder, {"movies.dat": MOVIES, "ratings.dat": ratings, "users.dat": "1::177651718\n2::2\n"})


def test_films_come_by_their_imdb_number_and_ratings_as_stars(tmp_path: Path) -> None:
    catalogue = CatalogueInMemory()
    report = import_movietweetings(write(tmp_path / "latest"), catalogue, tmp_path)
    assert (report.film_count, report.rating_count, report.user_count) == (3, 4, 2)
    assert report.unknown_genres == ("Short",)
    assert "MIT licence" in report.licence
    assert catalogue.stored[HEAT].imdb_id == "tt0113277"
    assert all(known.movielens_id is None for known in catalogue.stored.values())
    corpus = load_corpus(tmp_path / "corpora" / "latest")
    rated = [(corpus.movies[row].title[:6], stars) for row, stars in zip(corpus.movie_rows, corpus.stars, strict=True)]
    assert rated == [("Heat", 5.0), ("Edison", 0.5), ("Heat", 3.5), ("Ant-Ma", 2.5)]
    assert corpus.movies[2].genres == ("Action", "Children")
    assert not import_movietweetings(tmp_path / "latest", catalogue, tmp_path).changed


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("1::0113277::11::1363245118", "rating must be a whole number from 0 to 10. Received: 11"),
        ("1::0113277::7.5::1363245118", "rating must be a whole number from 0 to 10. Received: 7.5"),
        ("1::0113277::-1::1363245118", "rating must be a whole number from 0 to 10. Received: -1"),
        ("1::0113277::good::1363245118", "rating must be a number. Received: 'good'"),
        ("1::0113277::7", "expected 4 fields. Received: 3"),
    ],
)
def test_what_is_no_rating_is_refused_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    catalogue = CatalogueInMemory()
    with pytest.raises(SourceError) as refusal:
        import_movietweetings(write(tmp_path / "latest", f"{RATINGS}{line}\n"), catalogue, tmp_path)
    assert str(refusal.value) == f"ratings.dat, line 5: {complaint}"
    assert catalogue.stored == {}
    assert list_corpora(tmp_path) == []


def test_its_folder_given_as_movielens_is_told_the_right_command(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"ratings\.dat, line 1: .*Received: 10 \(MovieTweetings has its own command"):
        import_movielens(write(tmp_path / "latest"), CatalogueInMemory(), tmp_path)
