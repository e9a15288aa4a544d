"""Film files: each layout gives the same kind of films, and what is broken is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.film_files import read_csv_films, read_dat_films, read_item_films
from bot.catalogue.film_rows import FilmRow
from tests.bot.catalogue.fakes import LINKS_CSV, MOVIES_CSV, MOVIES_DAT, U_ITEM, write_files


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


def test_quotation_marks_of_windows_are_read(tmp_path: Path) -> None:
    text = "movieId,title,genres\n1,Schindler’s Café – Part “One” (1998),Drama\n"
    folder = write_files(tmp_path / "club", {"movies.csv": text}, "cp1252")
    assert read_csv_films(open_archive(folder))[0].movie.title == "Schindler’s Café – Part “One”"


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
        ("movieId,title,genres\n1,A\0B,Drama\n", "movies.csv, line 2: the file is not text: save it as CSV in UTF-8"),
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


HEADER = "movieId,title,genres\n"


def test_quotes_blank_lines_and_words_for_nothing_are_read_as_they_stand(tmp_path: Path) -> None:
    movies = f'{HEADER}\n1,"Say ""Heat"", Now (1995)",Drama\n\n2,NA,IMAX\n3,null (1999),Comedy\n'
    films = read_csv(tmp_path, movies=movies, links="movieId,imdbId,tmdbId\n")
    assert [film.movie.label for film in films] == ['Say "Heat", Now (1995)', "NA", "null (1999)"]


def test_lines_are_counted_over_blank_ones_and_breaks_within_quotes(tmp_path: Path) -> None:
    movies = f'{HEADER}1,"A\nB",Drama\n\n2,"C\nD",Drama\n1,E,Drama\n'
    with pytest.raises(SourceError, match=r"movies\.csv, line 7: a film's id must be unique\. Received: 1 again"):
        read_csv(tmp_path, movies=movies)


def test_of_two_links_of_a_film_the_last_counts(tmp_path: Path) -> None:
    films = read_csv(tmp_path, links="movieId,imdbId,tmdbId\n6,1,1\n999,2,2\n6,tt0113277,949.0\n")
    assert [(film.imdb_id, film.tmdb_id) for film in films[:2]] == [("", None), ("tt0113277", 949)]


def test_links_may_lead_nowhere(tmp_path: Path) -> None:
    films = read_csv(tmp_path, links="movieId,imdbId,tmdbId\n1,,\n6,tt,\n")
    assert {(film.imdb_id, film.tmdb_id) for film in films} == {("", None)}


def test_a_title_of_the_dat_layout_may_hold_what_stands_between_fields(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "ml-1m", {"movies.dat": "\n1::A :: B (1995)::Drama\r\n"})
    assert [film.movie.label for film in read_dat_films(open_archive(folder))] == ["A :: B (1995)"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("\n\n", "movies.csv, line 1: expected the header movieid,title,genres. Received: ''"),
        (f"{HEADER}1,A,Drama,x\n", "movies.csv, line 2: expected 3 fields. Received: 4"),
        (f'{HEADER}1,A,Drama\n2,"B"b,Drama\n', "movies.csv, line 3: the CSV is broken"),
        (f"{HEADER}{'9' * 5000},A,Drama\n", "movies.csv, line 2: the film's id must be a whole number"),
        (f"{HEADER}٣,A,Drama\n", "movies.csv, line 2: the film's id must be a whole number. Received: '٣'"),
    ],
)
def test_a_csv_that_is_none_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_csv(tmp_path, movies=text)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("1::A::Drama\n\n2::Drama\n", "movies.dat, line 3: expected 3 fields. Received: 2"),
        ("1::A::Drama\nx::B::Drama\n", "movies.dat, line 2: the film's id must be a whole number. Received: 'x'"),
        ("\n", "movies.dat: a film file needs at least one film"),
    ],
)
def test_a_broken_film_file_of_the_dat_layout_is_refused_with_its_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(SourceError) as refusal:
        read_dat_films(open_archive(write_files(tmp_path / "ml-1m", {"movies.dat": text})))
    assert str(refusal.value) == complaint


@pytest.mark.parametrize(
    "text",
    [
        'movieId;title;genres\n1;Amber Station (1997);Drama\n2;"Kites, Two (2002)";Comedy\n;;\n',
        "movieId\ttitle\tgenres\n1\tAmber Station (1997)\tDrama\n2\tKites, Two (2002)\tComedy\n",
        'title,movie_id,runtime,Genres\nAmber Station (1997),1,101,Drama\n"Kites, Two (2002)",2,93,Comedy\n,,,\n',
    ],
    ids=["semicolons", "tabs", "columns in another order"],
)
def test_a_file_saved_again_by_a_spreadsheet_is_read_by_its_columns_names(tmp_path: Path, text: str) -> None:
    films = read_csv(tmp_path, movies=text, links="tmdbId;movieId;imdbId\n949;2;tt0113277\n")
    assert [(film.movie.id, film.movie.label, film.movie.genres, film.tmdb_id) for film in films] == [
        (1, "Amber Station (1997)", ("Drama",), None),
        (2, "Kites, Two (2002)", ("Comedy",), 949),
    ]


def test_a_column_twice_is_no_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"movies\.csv, line 1: expected the header movieid,title,genres"):
        read_csv(tmp_path, movies="movieId,title,title,genres\n1,A,B,Drama\n")
