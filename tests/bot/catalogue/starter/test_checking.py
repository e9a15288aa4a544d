"""The check of the written files: clean as they are, and a planted fault of each kind is seen and named."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import bot.catalogue.starter
from bot.catalogue.starter.checking import find_faults

WRITTEN = Path(bot.catalogue.starter.__file__).resolve().parent
THIS_YEAR = 2026
Rows = list[dict[str, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the written files, to spoil."""
    shutil.copytree(WRITTEN / "films", tmp_path / "films")
    for name in ("tags.csv", "ids.csv", "people.csv", "nicknames.csv", "titles_es.csv", "studios.csv", "imdb.csv"):
        shutil.copy(WRITTEN / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def few(root: Path) -> Path:
    """Return a copy with four films; what is wrong with one of them is said before the lack of others is."""
    lines = (root / "films" / "1990s.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    shutil.rmtree(root / "films")
    (root / "films").mkdir()
    (root / "films" / "1990s.csv").write_text("".join(lines[:5]), encoding="utf-8")
    return root


def spoil(path: Path, change: Callable[[Rows], object]) -> None:
    """Rewrite a file once `change` has been at its rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_written_files_are_clean(root: Path) -> None:
    assert list(find_faults(root, THIS_YEAR)) == []


@pytest.mark.parametrize(
    ("column", "text", "fault"),
    [
        ("tags", "tense|bleak|heist|prison|spacey", "a tag must be of tags.csv: mend it, or add it there"),
        ("tags", "tense|bleak|heist|prison", "a film has 5 to 12 tags"),
        ("tags", "tense|bleak|heist|prison|tense", "tags must name each once"),
        ("genres", "Crime|Comics", "a genre must be one of Action"),
        ("countries", "US|XQ", "a country is its ISO 3166 code"),
        ("languages", "english", "a language is its ISO 639 code"),
        ("age", "children", "age must be one of family, teen, adult"),
        ("runtime", "2:14", "runtime must be a whole number from 10 to 600"),
        ("popularity", "101", "popularity must be a whole number from 0 to 100"),
        ("acclaim", "8.4", "acclaim must be a whole number from 0 to 100"),
        ("year", "2027", "year must be from 1888 to 2026"),
        ("year", "1989", "the film must be in its decade's file, films/1980s.csv"),
        ("zh_title", "Xiao Shen Ke De Jiu Shu", "zh_title must be in Chinese characters; - where none is in use"),
        ("zh_title", "", "zh_title must not be empty; - where none is in use"),
        ("zh_title", "ショーシャンクの空に", "zh_title must be in Chinese characters"),
        ("plot_zh", "A man in prison.", "plot_zh must be in Chinese characters"),
        ("plot_zh", "在" * 61, "plot_zh has 1 to 60 characters: it has 61"),
        ("plot", "x" * 141, "plot has 1 to 140 characters: it has 141"),
        ("plot", "", "plot has 1 to 140 characters: it has 0"),
        ("plot", "A banker finds the Shawshank redemption in jail.", "plot must not name the title"),
        ("plot_zh", "银行家蒙冤入狱，这是一场肖申克的救赎。", "plot_zh must not name the title"),
        ("directors", "", "directors must not be empty"),
        ("directors", " Frank Darabont", "directors must have no spaces at its ends"),
        ("cast", "A|B|C|D|E|F", "cast has at most 5"),
        ("part", "1", "series and part are both given, or neither"),
    ],
)
def test_a_fault_of_a_film_is_named_with_its_file_and_row(few: Path, column: str, text: str, fault: str) -> None:
    path = few / "films" / "1990s.csv"
    spoil(path, lambda rows: _find(rows, "The Shawshank Redemption").update({column: text}))
    found = list(find_faults(few, THIS_YEAR))
    assert len(found) == 1
    assert found[0].startswith("films/1990s.csv:2: The Shawshank Redemption (")
    assert fault in found[0]
    assert "Received: " in found[0]


def test_a_number_used_twice_and_the_gap_it_leaves_are_seen(root: Path) -> None:
    spoil(root / "films" / "1990s.csv", lambda rows: _find(rows, "Pulp Fiction").update(movie_id="1"))
    found = "\n".join(find_faults(root, THIS_YEAR))
    assert "a number belongs to one film: 1 is The Shawshank Redemption's" in found
    assert "numbers run from 1 to 2176 without a gap. Missing: 4" in found
    assert "ids.csv:5: Pulp Fiction (1994): a film never leaves the starter catalogue" in found


def test_a_number_given_to_another_film_is_seen(root: Path) -> None:
    spoil(root / "films" / "1990s.csv", lambda rows: _find(rows, "Pulp Fiction").update(title="Pulp"))
    [fault] = find_faults(root, THIS_YEAR)
    assert "4 is Pulp Fiction (1994) for ever: give this film the next free number" in fault


def test_a_new_film_needs_a_line_in_ids(root: Path) -> None:
    spoil(root / "ids.csv", lambda rows: rows.pop())
    [fault] = find_faults(root, THIS_YEAR)
    assert "a new film gets a line in ids.csv: append number, title and year. Received: '2176," in fault


def test_a_film_that_stands_twice_is_seen_under_either_title(root: Path) -> None:
    def add(rows: Rows) -> None:
        twin = {**_find(rows, "Princess Mononoke"), "movie_id": "2177"}
        rows.append(twin | {"title": "The Princess Mononoke!"})
        rows.append(twin | {"movie_id": "2178", "title": "Mononoke-hime", "year": "1998"})

    spoil(root / "films" / "1990s.csv", add)
    spoil(root / "ids.csv", lambda rows: rows.extend(_line(*line) for line in NEW_IDS))
    found = "\n".join(find_faults(root, THIS_YEAR))
    assert "The Princess Mononoke! (1997): a film stands once: films/1990s.csv:" in found
    assert "Mononoke-hime (1998): a film stands once: films/1990s.csv:" in found


NEW_IDS = [("2177", "The Princess Mononoke!", "1997"), ("2178", "Mononoke-hime", "1998")]


def test_a_name_in_two_spellings_is_seen(root: Path) -> None:
    spoil(root / "films" / "1990s.csv", lambda rows: _find(rows, "Pulp Fiction").update(directors="Quentin TarantinO"))
    found = list(find_faults(root, THIS_YEAR))
    assert found
    assert all("a name has one spelling" in fault for fault in found)


def test_a_place_in_a_series_given_twice_is_seen(root: Path) -> None:
    spoil(root / "films" / "1970s.csv", lambda rows: _find(rows, "The Godfather: Part II").update(part="1"))
    [fault] = find_faults(root, THIS_YEAR)
    assert "a place in a series is one film's: 1 is The Godfather's" in fault


def test_one_value_for_too_many_films_is_seen(root: Path) -> None:
    spoil(root / "films" / "2010s.csv", lambda rows: [row.update(popularity="50") for row in rows])
    [fault] = find_faults(root, THIS_YEAR)
    assert "at most 5% of films may have one popularity: tell those of 50 apart" in fault


def test_a_tag_that_is_a_genre_by_another_name_is_seen(root: Path) -> None:
    def swap(rows: Rows) -> None:
        for row in rows:
            others = [tag for tag in row["tags"].split("|") if tag != "slapstick"][:11]
            row["tags"] = "|".join([*others, "slapstick"] if "Horror" in row["genres"] else others)
            row["tags"] += "|epic|tense|bleak|quirky|witty"[: 0 if len(others) > 4 else None]

    for path in (root / "films").glob("*.csv"):
        spoil(path, swap)
    [fault] = find_faults(root, THIS_YEAR)
    assert "drop 'slapstick' from tags.csv, which is Horror by another name. Received: a correlation of 1.00" in fault


def test_too_few_of_a_kind_are_seen(root: Path) -> None:
    def anglicise(rows: Rows) -> None:
        for row in rows:
            row["languages"] = "en"
            row["genres"] = row["genres"].replace("Western", "Drama") if "Drama" not in row["genres"] else row["genres"]

    for path in (root / "films").glob("*.csv"):
        spoil(path, anglicise)
    found = "\n".join(find_faults(root, THIS_YEAR))
    assert "there must be at least 250 films not in English: write more. Received: 0" in found
    assert "there must be at least 60 Chinese-language films: write more. Received: 0" in found
    assert "there must be at least 60 Western films" in found


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("movie_id,title\n1,é\n".encode("cp1252"), "films/1990s.csv:2: a file is UTF-8; save it as CSV in UTF-8"),
        ("\ufeffmovie_id,title\n".encode(), "films/1990s.csv:1: the first line must be movie_id,title,year"),
        (b"movie_id;title\n", "films/1990s.csv:1: the first line must be movie_id,title,year"),
        (b"", "films/1990s.csv:1: the first line must be movie_id,title,year"),
    ],
)
def test_a_file_that_a_spreadsheet_saved_its_own_way_is_named(few: Path, content: bytes, fault: str) -> None:
    (few / "films" / "1990s.csv").write_bytes(content)
    [found] = find_faults(few, THIS_YEAR)
    assert found.startswith(fault)


def test_a_line_with_a_field_too_few_is_named(few: Path) -> None:
    path = few / "films" / "1990s.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[4] = "9,Jurassic Park,1993"
    path.write_text("\n".join(lines), encoding="utf-8")
    [fault] = find_faults(few, THIS_YEAR)
    assert fault.startswith("films/1990s.csv:5: a line has 20 fields, with quotes around one that holds a comma")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "colour"}, "tags.csv:2:: kind must be one of mood, theme, style, setting"),
        ({"zh": ""}, "tags.csv:2:: a tag has a Chinese name and a meaning"),
        ({"zh": "励志"}, "tags.csv:3:: a tag stands once: line 2 has it already"),
    ],
)
def test_a_fault_of_a_tag_is_named(few: Path, change: dict[str, str], fault: str) -> None:
    spoil(few / "tags.csv", lambda rows: rows[0].update(change))
    assert [found for found in find_faults(few, THIS_YEAR) if found.startswith(fault)]


def _find(rows: Rows, title: str) -> dict[str, str]:
    return next(row for row in rows if row["title"] == title)


def _line(number: str, title: str, year: str) -> dict[str, str]:
    return {"movie_id": number, "title": title, "year": year}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"zh": "Spielberg"}, "people.csv:2:: zh must be a name in Chinese characters"),
        ({"zh": "阿尔弗雷德·希区柯克"}, "people.csv:4:: a person stands once: line 2 has it already"),
        ({"name": "Steven Spielburg"}, "people.csv:2:: a name must be a director's or an actor's"),
    ],
)
def test_a_person_misnamed_is_found(root: Path, change: dict[str, str], fault: str) -> None:
    spoil(root / "people.csv", lambda rows: rows[0].update(change))
    assert [found for found in find_faults(root, THIS_YEAR) if found.startswith(fault)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"title": "Cadena perpetua"},
            "titles_es.csv:2: a film bears its title and number. Received: 'Cadena perpetua'",
        ),
        ({"movie_id": "2"}, "titles_es.csv:3: a film stands once: line 2 has it already"),
    ],
)
def test_a_spanish_title_of_no_film_is_found(root: Path, change: dict[str, str], fault: str) -> None:
    spoil(root / "titles_es.csv", lambda rows: rows[0].update(change))
    assert [found for found in find_faults(root, THIS_YEAR) if found.startswith(fault)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"imdb_id": "0111161"}, "imdb.csv:2: imdb_id must be tt and seven or eight digits. Received: '0111161'"),
        ({"title": "Heat"}, "imdb.csv:2: a film bears its title and number. Received: 'Heat'"),
        ({"imdb_id": "tt0068646"}, "imdb.csv:3: a film and an id stand once: line 2 has it already"),
    ],
)
def test_a_false_id_is_found(root: Path, change: dict[str, str], fault: str) -> None:
    spoil(root / "imdb.csv", lambda rows: rows[0].update(change))
    assert any(found.startswith(fault) for found in find_faults(root, THIS_YEAR))


def test_a_studio_of_no_film_is_found(root: Path) -> None:
    spoil(root / "studios.csv", lambda rows: rows[0].update({"title": "Batman Forever"}))
    assert list(find_faults(root, THIS_YEAR)) == [
        "studios.csv:2: a film bears its title and number. Received: 'Batman Forever'"
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"nickname": "Leo DiCaprio"}, "nicknames.csv:2:: a nickname is written in lower case and without accents"),
        ({"nickname": "di caprio"}, "nicknames.csv:4:: a nickname stands once: line 2 has it already"),
        ({"name": "Leo DiCaprio"}, "nicknames.csv:2:: a name must be a director's or an actor's"),
    ],
)
def test_a_false_nickname_is_found(root: Path, change: dict[str, str], fault: str) -> None:
    spoil(root / "nicknames.csv", lambda rows: rows[0].update(change))
    assert [found for found in find_faults(root, THIS_YEAR) if found.startswith(fault)]
