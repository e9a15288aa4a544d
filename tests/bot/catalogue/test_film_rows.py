"""Film files: MovieLens' titles and genres become the domain's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.film_rows import FilmRow, parse_genres, parse_title, read_csv_films, read_dat_films, read_item_films
from tests.bot.catalogue.fakes import LINKS_CSV, MOVIES_CSV, MOVIES_DAT, U_ITEM, write_files


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Heat (1995)", ("Heat", (), 1995)),
        ("Matrix, The (1999)", ("The Matrix", (), 1999)),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            ("The City of Lost Children", ("La Cité des enfants perdus",), 1995),
        ),
        ("Avventura, L' (Adventure, The) (1960)", ("L'Avventura", ("The Adventure",), 1960)),
        ("Seven (a.k.a. Se7en) (1995)", ("Seven", ("Se7en",), 1995)),
        ("Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
         ("Birdman: Or (The Unexpected Virtue of Ignorance)", (), 2014)),
        ("(500) Days of Summer (2009)", ("(500) Days of Summer", (), 2009)),
        ("Fawlty Towers (1975-1979)", ("Fawlty Towers", (), 1975)),
        ("Doctor Who (2005– )", ("Doctor Who", (), 2005)),
        ("Land Before Time III, The (1995) (V)", ("The Land Before Time III", (), 1995)),
        ("Gulf (Golfo) (1996) (TV)", ("Gulf", ("Golfo",), 1996)),
        ("Tracker (V) (2001)", ("Tracker", ("V",), 2001)),
        ("Babylon 5", ("Babylon 5", (), None)),
        ("2001: A Space Odyssey", ("2001: A Space Odyssey", (), None)),
        ("1984 (1984)", ("1984", (), 1984)),
        ("Unclosed (1999", ("Unclosed", (), 1999)),
        ("(1999)", ("(1999)", (), None)),
    ],
)  # fmt: skip
def test_titles_are_split(raw: str, expected: tuple[str, tuple[str, ...], int | None]) -> None:
    assert parse_title(raw) == expected


@given(st.text(min_size=1, max_size=200).filter(lambda text: bool(text.strip())))
def test_any_title_keeps_some_text(raw: str) -> None:
    title, _, year = parse_title(raw)
    assert title
    assert year is None or 1800 <= year <= 2099


def test_genres_are_those_of_the_domain_in_its_order() -> None:
    assert parse_genres(["IMAX", "Sci-Fi", "Children's", "action"]) == (("Action", "Children", "Sci-Fi"), ())
    assert parse_genres(["(no genres listed)"]) == ((), ())
    assert parse_genres(["Drama", "Telenovela"]) == (("Drama",), ("Telenovela",))


def read_csv(folder: Path, **files: str) -> list[FilmRow]:
    content = {"movies.csv": MOVIES_CSV, "links.csv": LINKS_CSV} | {f"{name}.csv": text for name, text in files.items()}
    return read_csv_films(open_archive(write_files(folder / "ml", content)))


def test_csv_films_carry_their_links(tmp_path: Path) -> None:
    films = read_csv(tmp_path)
    assert [film.movie.label for film in films][:3] == [
        "Toy Story (1995)", "Heat (1995)", "The City of Lost Children (1995)"
    ]  # fmt: skip
    assert [(film.imdb_id, film.tmdb_id) for film in films] == [
        ("tt0114709", 862), ("tt0113277", 949), ("tt0112682", None), ("", None), ("", None)
    ]  # fmt: skip
    assert films[3].movie.genres == ("Drama",)
    assert films[4].movie.genres == ()


def test_dat_films_are_read_in_either_encoding(tmp_path: Path) -> None:
    text = MOVIES_DAT + "71::Café Noir (1998)::Film-Noir\n"
    for encoding in ("utf-8", "latin-1"):
        folder = write_files(tmp_path / encoding, {"movies.dat": text}, encoding)
        films = read_dat_films(open_archive(folder))
        assert films[4].movie.title == "Café Noir"
        assert films[3].movie.title == "Nobody: Here"
        assert films[0].movie.genres == ("Animation", "Children", "Comedy")


def test_item_films_are_read_by_their_flags(tmp_path: Path) -> None:
    films = read_item_films(open_archive(write_files(tmp_path / "ml-100k", {"u.item": U_ITEM}, "latin-1")))
    assert [film.movie.title for film in films] == ["Toy Story", "Café Noir", "unknown"]
    assert [film.movie.genres for film in films] == [("Animation", "Children", "Comedy"), ("Film-Noir",), ()]
    assert films[2].movie.year is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "movies.csv, line 1: expected the header movieid,title,genres"),
        ("id,name\n1,Heat\n", "movies.csv, line 1: expected the header"),
        ("movieId,title,genres\n", "movies.csv: a film file needs at least one film"),
        ("movieId,title,genres\n1,Heat (1995)\n", "movies.csv, line 2: expected 3 fields. Received: 2"),
        ("movieId,title,genres\nx,Heat (1995),Drama\n", "movies.csv, line 2: the film's id must be a whole number"),
        ("movieId,title,genres\n-1,Heat (1995),Drama\n", "line 2: the film's id must be a whole number"),
        ("movieId,title,genres\n99999999999,Heat,Drama\n", "line 2: the film's id must be a whole number"),
        ("movieId,title,genres\n1,,Drama\n", "line 2: a title must have"),
        (f"movieId,title,genres\n1,{'x' * 5000},Drama\n", "line 2: a title must have"),
        ("movieId,title,genres\n1,A,Drama\n2,B,Drama\n1,C,Drama\n", "line 4: a film's id must be unique"),
        ('movieId,title,genres\n1,"A,Drama\n', "movies.csv, line 2: the CSV is broken"),
        ("movieId,title,genres\n1,A\0B,Drama\n", "movies.csv: the file is not text"),
    ],
)  # fmt: skip
def test_a_broken_film_file_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_csv(tmp_path, movies=text)
    assert complaint in str(refusal.value)


def test_a_broken_link_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"links\.csv, line 3: the IMDb id"):
        read_csv(tmp_path, links="movieId,imdbId,tmdbId\n1,0114709,862\n6,heat,949\n")


def test_flags_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "ml-100k", {"u.item": "1|Toy Story (1995)|||x|0|0\n"})
    with pytest.raises(SourceError, match=r"u\.item, line 1: expected 24 fields"):
        read_item_films(open_archive(folder))
