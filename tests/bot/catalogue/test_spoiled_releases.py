"""Releases as spreadsheets, packers and broken connections leave them: read, or refused by file, line and remedy."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue.corpora import list_corpora, load_corpus
from bot.catalogue.errors import SourceError
from bot.catalogue.importing import import_movielens, import_movietweetings
from bot.catalogue.movielens import read_release
from tests.bot.catalogue.fakes import CatalogueInMemory, pack, write_csv_release, write_files
from tests.bot.catalogue.releases import LAYOUTS

MOVIES = "movieId,title,genres\n1,Amber Station (1997),Drama\n2,Café Noir (2002),Comedy\n3,霸王别姬 (1993),Drama\n"
RATINGS = "userId,movieId,rating,timestamp\n1,1,4.5,1000\n2,2,3.0,2000\n2,3,5.0,2001\n"
TITLES = ["Amber Station", "Café Noir", "霸王别姬"]
NEXT_YEAR = datetime.now(UTC).year + 1


def release(folder: Path, *, movies: str | bytes = MOVIES, ratings: str | bytes = RATINGS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("movies.csv", movies), ("ratings.csv", ratings)):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def refusal_of(folder: Path) -> str:
    """Import what must be refused; return why, once nothing of it is seen to be stored."""
    catalogue, state = CatalogueInMemory(), folder.parent / "state"
    with pytest.raises(SourceError) as refusal:
        import_movielens(folder, catalogue, state)
    assert catalogue.stored == {}
    assert list_corpora(state) == []
    return str(refusal.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("first", ["", "sep=;\n", '"sep=;"\n'], ids=["bare", "sep", "quoted sep"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["unmarked", "marked"])
def test_what_excel_saves_is_read(tmp_path: Path, end: str, first: str, mark: str) -> None:
    movies = mark + (first + MOVIES.replace(",", ";")).replace("\n", end)
    ratings = mark + (first + RATINGS.replace(",", ";").replace(".", ",")).replace("\n", end)
    read = read_release(release(tmp_path / "ml", movies=movies, ratings=ratings))
    assert [film.movie.title for film in read.films] == TITLES
    assert (read.ratings.stars.tolist(), read.ratings.times.tolist()) == ([4.5, 3.0, 5.0], [1000, 2000, 2001])


def test_whole_numbers_with_a_point_are_what_they_were(tmp_path: Path) -> None:
    movies = MOVIES.replace("\n1,", "\n1.0,").replace("\n2,", "\n2.0,")
    ratings = "userId,movieId,rating,timestamp\n1.0,1.0,4.5,1000.0\n2.0,2.0,3.0,2000.0\n"
    read = read_release(release(tmp_path / "ml", movies=movies, ratings=ratings))
    assert [film.movie.id for film in read.films] == [1, 2, 3]
    assert (read.ratings.user_ids.tolist(), read.ratings.times.tolist()) == ([1, 2], [1000, 2000])


@pytest.mark.parametrize(
    ("movies", "ratings", "complaint"),
    [
        (MOVIES.replace("\n2,", "\n1E+05,"), RATINGS, "movies.csv, line 3: a spreadsheet has shortened the film's id"),
        (MOVIES, RATINGS.replace("2000", "9.8E+08"), "ratings.csv, line 3: a spreadsheet has shortened timestamp"),
        (MOVIES, RATINGS.replace("2,2,", "1E+05,2,"), "ratings.csv, line 3: a spreadsheet has shortened userId"),
        (MOVIES, RATINGS.replace("2000", "02/04/2005 23:53"), "line 3: timestamp must be seconds, or a date as 2005-"),
        (MOVIES, RATINGS.replace("2000", "2.4.2005"), "line 3: timestamp must be seconds, or a date as 2005-04-02"),
        (MOVIES, RATINGS.replace("2000", "4-Apr-05"), "line 3: timestamp must be seconds, or a date as 2005-04-02"),
        (MOVIES, RATINGS.replace("2000", "2005年4月2日"), "line 3: timestamp must be seconds, or a date as 2005-04-02"),
        (MOVIES.replace("2002", str(NEXT_YEAR + 1)), RATINGS, f"line 3: a film's year must be {NEXT_YEAR} at most"),
        (MOVIES.encode("utf-16")[:-1], RATINGS, "movies.csv: the file is in UTF-16 and cut short"),
        (MOVIES, RATINGS.encode("utf-16")[:-1], "ratings.csv: the file is in UTF-16 and cut short"),
        (MOVIES.encode("gb18030"), RATINGS, "movies.csv, line 4: expected text in UTF-8: save it as CSV in UTF-8"),
        (MOVIES.encode()[:-9], RATINGS, "movies.csv, line 4: expected 3 fields. Received: 2"),
        (MOVIES.encode() + b"4,Caf\xe9 (1999),\n", RATINGS, "movies.csv, line 5: expected text in UTF-8: save it as"),
        (MOVIES, RATINGS[:-8], "ratings.csv, line 4: expected 4 fields. Received: 3"),
        (f"sep=;\n{MOVIES}9,,Drama\n", RATINGS, "movies.csv, line 6: a title must have"),
        (MOVIES, f"sep=,\n{RATINGS}9,1,7,1\n", "ratings.csv, line 6: stars must be 0.5 to 5.0"),
        ("Name;Rating\nHeat;5\n", RATINGS, "movies.csv, line 1: expected the header movieid,title,genres"),
        (MOVIES, RATINGS + "1,98,5,1\n1,99,5,1\n2,97,4,1\n", "line 5: every rated film must be in the film file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_certain_is_refused_whole(
    tmp_path: Path, movies: str | bytes, ratings: str | bytes, complaint: str
) -> None:
    assert complaint in refusal_of(release(tmp_path / "ml", movies=movies, ratings=ratings))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_files_in_utf_16_are_read_whatever_their_length(tmp_path: Path, encoding: str) -> None:
    films = "".join(f"{at},“Café {at}” (1999),Drama\n" for at in range(1, 2001))
    lines = "".join(f"{at % 7 + 1},{at},4.5,{978300760 + at}\n" for at in range(1, 2001))
    movies = f"movieId,title,genres\n{films}".encode(encoding)
    ratings = f"userId,movieId,rating,timestamp\n{lines}".encode(encoding)
    read = read_release(release(tmp_path / "ml", movies=movies, ratings=ratings))
    assert (len(read.films), read.films[-1].movie.title, len(read.ratings)) == (2000, "“Café 2000”", 2000)


def test_western_letters_of_an_old_spreadsheet_are_read(tmp_path: Path) -> None:
    movies = "movieId;title;genres\n1;Café Coração (1997);Drama\n".encode("cp1252")
    read = read_release(release(tmp_path / "ml", movies=movies, ratings="userId,movieId,rating,timestamp\n1,1,4,1\n"))
    assert read.films[0].movie.title == "Café Coração"


def test_films_of_this_year_and_titles_with_a_number_behind_are_let_through(tmp_path: Path) -> None:
    movies = (
        f"movieId,title,genres\n1,Soon ({NEXT_YEAR}),Drama\n2,Blade Runner 2049 (2017),Sci-Fi\n3,(2099) Days (1999),\n"
    )
    read = read_release(release(tmp_path / "ml", movies=movies))
    assert [film.movie.year for film in read.films] == [NEXT_YEAR, 2017, 1999]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize(
    ("number", "complaint"), [("x1", "must be a number"), ("1E+05", "a spreadsheet has shortened userId")]
)
def test_a_spoiled_line_of_any_layout_is_named(tmp_path: Path, layout: str, number: str, complaint: str) -> None:
    folder = LAYOUTS[layout](tmp_path / layout)
    [name] = [name for name in ("ratings.csv", "ratings.dat", "u.data") if (folder / name).exists()]
    lines = (folder / name).read_text().splitlines()
    lines[6] = number + lines[6][1:]
    (folder / name).write_text("\n".join(lines) + "\n")
    said = refusal_of(folder)
    assert f"{name}, line 7: " in said
    assert complaint in said


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("encoding", ["gb18030"])
def test_a_film_file_of_any_layout_in_another_code_is_told_how_to_be_saved(
    tmp_path: Path, layout: str, encoding: str
) -> None:
    folder = LAYOUTS[layout](tmp_path / layout)
    [name] = [name for name in ("movies.csv", "movies.dat", "u.item") if (folder / name).exists()]
    text = (folder / name).read_text("latin-1").replace("Film 9 ", "霸王别姬 ")
    (folder / name).write_bytes(text.encode(encoding))
    said = refusal_of(folder)
    assert said.startswith(name)
    assert "save it as CSV in UTF-8" in said


def test_a_spoiled_line_of_movietweetings_is_named(tmp_path: Path) -> None:
    files = {"movies.dat": "0113277::Heat (1995)::Crime\n", "ratings.dat": "1::0113277::8::1E+09\n"}
    with pytest.raises(SourceError, match=r"ratings\.dat, line 1: a spreadsheet has shortened timestamp"):
        import_movietweetings(write_files(tmp_path / "tweets", files), CatalogueInMemory(), tmp_path)


@pytest.mark.parametrize("names", [("MOVIES.CSV", "Ratings.csv"), ("movies.csv.txt", "ratings.csv.TXT")])
@pytest.mark.parametrize("zipped", [True, False])
def test_names_in_capitals_or_with_txt_behind_are_known(tmp_path: Path, names: tuple[str, str], zipped: bool) -> None:
    folder = write_files(tmp_path / "ml", dict(zip(names, (MOVIES, RATINGS), strict=True)))
    assert len(read_release(pack(folder, tmp_path / "ml.zip") if zipped else folder).ratings) == 3


@pytest.mark.parametrize("ending", ["bz2", "xz", "zip"])
def test_a_file_that_is_packed_in_another_way_is_told_to_be_unpacked(tmp_path: Path, ending: str) -> None:
    folder = write_files(tmp_path / "ml", {"movies.csv": MOVIES, f"ratings.csv.{ending}": "packed"})
    assert refusal_of(folder) == f"ratings.csv: the file is missing: unpack 'ratings.csv.{ending}' first"


def test_a_zip_in_a_zip_is_told_to_be_unpacked(tmp_path: Path) -> None:
    inner = pack(write_csv_release(tmp_path / "ml"), tmp_path / "ml.zip")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(inner, "downloads/ml.zip")
    assert "outer.zip: expected the files of a release: unpack 'downloads/ml.zip' first" in refusal_of(
        tmp_path / "outer.zip"
    )


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("ml.zip", "unpack 'ml.zip' first, or import that"), ("ml.xlsx", "save 'ml.xlsx' as CSV in UTF-8")],
)
def test_a_folder_whose_release_is_still_wrapped_says_what_to_do(tmp_path: Path, name: str, complaint: str) -> None:
    assert complaint in refusal_of(write_files(tmp_path / "downloads", {name: "packed"}))


def test_a_spreadsheet_for_a_release_is_told_how_to_be_saved(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ml.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert "ml.xlsx: expected CSV files: save each sheet as CSV in UTF-8" in refusal_of(tmp_path / "ml.xlsx")


def test_a_download_that_broke_off_is_told_to_be_fetched_again(tmp_path: Path) -> None:
    whole = pack(write_csv_release(tmp_path / "ml"), tmp_path / "ml.zip").read_bytes()
    for length in (100, len(whole) // 2, len(whole) - 5):
        (tmp_path / "ml.zip").write_bytes(whole[:length])
        assert "a zip cut short, as by a download that broke off: download it again" in refusal_of(tmp_path / "ml.zip")


def test_what_is_no_zip_is_told_by_its_kind(tmp_path: Path) -> None:
    write_files(tmp_path, {"ml.zip": "\n<!DOCTYPE html><p>Log in", "ratings.csv": RATINGS})
    assert "which is a web page: download the file itself" in refusal_of(tmp_path / "ml.zip")
    assert "which is neither: give the folder that it lies in" in refusal_of(tmp_path / "ratings.csv")


def test_a_refused_release_leaves_the_one_before_as_it_was(tmp_path: Path) -> None:
    catalogue = CatalogueInMemory()
    import_movielens(release(tmp_path / "ml"), catalogue, tmp_path / "state")
    before = dict(catalogue.stored)
    spoiled = release(tmp_path / "ml", ratings=RATINGS + "3,1,9,1\n", movies=f"{MOVIES}4,New Film (1999),\n")
    with pytest.raises(SourceError, match=r"ratings\.csv, line 5"):
        import_movielens(spoiled, catalogue, tmp_path / "state")
    assert catalogue.stored == before
    assert load_corpus(tmp_path / "state" / "corpora" / "ml").rating_count == 3
