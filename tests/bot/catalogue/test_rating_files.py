"""Rating files: read in blocks of any size they give the same rows, and what is no rating is refused by line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.layouts import LAYOUTS
from bot.catalogue.rating_files import COLUMNS, RatingFile, find_line, read_rating_rows
from bot.catalogue.rating_rows import RatingRows

FILES = {layout.rating_file.name: layout.rating_file for layout in LAYOUTS}
HEADER = ",".join(COLUMNS)
SMALL_BLOCK = 64
Row = tuple[int, int, float, int]
ROWS = st.lists(
    st.tuples(
        st.integers(1, 2**31 - 1),
        st.integers(1, 2**31 - 1),
        st.integers(1, 10).map(lambda half: half / 2),
        st.integers(0, 4_102_444_800),
    ),
    min_size=1,
    max_size=30,
)


def read(folder: Path, content: bytes, file: RatingFile, block_bytes: int = SMALL_BLOCK) -> RatingRows:
    (folder / file.name).write_bytes(content)
    return read_rating_rows(open_archive(folder), file, block_bytes)


def write(rows: list[Row], file: RatingFile, end: str = "\n") -> bytes:
    lines = [HEADER] if file.header else []
    lines += [file.delimiter.join(map(str, row)) for row in rows]
    return "".join(f"{line}{end}" for line in lines).encode()


def as_tuples(rows: RatingRows) -> list[Row]:
    columns = (rows.user_ids.tolist(), rows.movie_ids.tolist(), rows.stars.tolist(), rows.times.tolist())
    return list(zip(*columns, strict=True))


@given(rows=ROWS, name=st.sampled_from(sorted(FILES)), block_bytes=st.integers(SMALL_BLOCK, 500), windows=st.booleans())
def test_what_was_written_is_read_whatever_the_blocks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], name: str, block_bytes: int, windows: bool
) -> None:
    folder = tmp_path_factory.mktemp("ml")
    content = write(rows, FILES[name], "\r\n" if windows else "\n")
    assert as_tuples(read(folder, content, FILES[name], block_bytes)) == rows


@given(rows=ROWS, place=st.integers(0, 29), block_bytes=st.integers(SMALL_BLOCK, 500))
def test_a_broken_line_is_named_whatever_the_blocks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], place: int, block_bytes: int
) -> None:
    lines = write(rows, FILES["ratings.csv"]).splitlines(keepends=True)
    line = 2 + place % len(rows)
    lines.insert(line - 1, b"1,1,4.7,1\n")
    with pytest.raises(SourceError, match=rf"ratings\.csv, line {line}: stars must be .* Received: 4\.7"):
        read(tmp_path_factory.mktemp("ml"), b"".join(lines), FILES["ratings.csv"], block_bytes)


def test_the_columns_are_no_wider_than_they_must_be(tmp_path: Path) -> None:
    rows = read(tmp_path, write([(1, 2, 3.5, 4)], FILES["ratings.csv"]), FILES["ratings.csv"])
    kinds = [column.dtype for column in (rows.user_ids, rows.movie_ids, rows.stars, rows.times)]
    assert kinds == [np.int32, np.int32, np.float32, np.int64]


def test_quoted_fields_a_byte_order_mark_and_old_line_ends_are_read(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf" + b"".join(b"%d::1::4::1000\r" % person for person in range(1, 31))
    assert read(tmp_path, marked, FILES["ratings.dat"]).user_ids.tolist() == list(range(1, 31))
    quoted = b'"userId","movieId","rating","timestamp"\n"1","2","3.5","4"\n'
    assert as_tuples(read(tmp_path, quoted, FILES["ratings.csv"])) == [(1, 2, 3.5, 4)]


def test_a_member_of_a_zip_is_read_block_by_block(tmp_path: Path) -> None:
    rows = [(person, 1, 4.0, person) for person in range(1, 101)]
    with zipfile.ZipFile(tmp_path / "ml.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ml/u.data", write(rows, FILES["u.data"]))
    assert as_tuples(read_rating_rows(open_archive(tmp_path / "ml.zip"), FILES["u.data"], SMALL_BLOCK)) == rows


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("1,1,true,1\n2,1,true,1\n", "line 2: rating must be a number. Received: 'true'"),
        ("1,1,4,1\n1.5,6,4,1\n", "line 3: userId must be a number. Received: '1.5'"),
        ("1,1,4,1.500\n", "line 2: timestamp must be a number. Received: '1.500'"),
        ("1,1,4,1,9\n2,1,4,1,9\n", "line 2: expected 4 fields. Received: 5"),
        ("\n1,1,4,1,9\n", "line 3: expected 4 fields. Received: 5"),
        ("1,1,4,1\n2,1,4,1,\n", "line 3: expected 4 fields. Received: 5"),
        ('1,1,4,1\n"2,1,4,1\n', "line 3: userId must be a number. Received: '\"2'"),
        ("1,1,4,1\n0x10,1,4,1\n", "line 3: userId must be a number. Received: '0x10'"),
        ("1,1,4,1\n1_0,1,4,1\n", "line 3: userId must be a number. Received: '1_0'"),
        ("1,1,inf,1\n", "line 2: rating must be a number. Received: 'inf'"),
        ("1,1,4,99999999999999999999\n", "line 2: timestamp must be seconds since 1970, before the year 2100"),
        (f"1,1,4,1\n{'7' * 5000}\n", "line 3: expected 4 fields. Received: 1"),
    ],
)
def test_what_is_no_rating_is_refused_with_its_line(tmp_path: Path, lines: str, complaint: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, f"{HEADER}\n{lines}".encode(), FILES["ratings.csv"])
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("line", [b"1::1:x:4::1000", b"1:1:4:1000", b"1::1::4::1000::"])
def test_what_stands_between_fields_is_taken_at_its_word(tmp_path: Path, line: bytes) -> None:
    with pytest.raises(SourceError, match=r"ratings\.dat, line 2: expected 4 fields"):
        read(tmp_path, b"1::1::4::1000\n" + line + b"\n", FILES["ratings.dat"])


SAVED_AGAIN = {
    "semicolons": "userId;movieId;rating;timestamp\r\n1;7;4,5;1000\r\n2;8;3;2000\r\n;;;\r\n",
    "quoted decimal commas": 'userId,movieId,rating,timestamp\n1,7,"4,5",1000\n2,8,3,2000\n',
    "another order": "movieId,note,userId,timestamp,rating\n7,,1,1000,4.5\n8,x,2,2000,3.0\n",
    "notes with commas": 'note,userId,movieId,rating,timestamp\n"a, b",1,7,4.5,1000\nc,2,8,3.0,2000\n',
    "times of ISO 8601": (
        "userId,movieId,rating,timestamp\n1,7,4.5,1970-01-01T00:16:40.25Z\n2,8,3,1970-01-01 02:33:20+02:00\n"
    ),
    "dates": 'userId,movieId,rating,timestamp\n1,7,4.5,"1970-01-01 00:16:40"\n2,8,3.0,1970-01-01 00:33:20\n',
}


@pytest.mark.parametrize("text", SAVED_AGAIN.values(), ids=SAVED_AGAIN)
def test_files_saved_again_by_others_say_the_same(tmp_path: Path, text: str) -> None:
    rows = read(tmp_path, text.encode("utf-8-sig"), FILES["ratings.csv"], SMALL_BLOCK)
    assert as_tuples(rows) == [(1, 7, 4.5, 1000), (2, 8, 3.0, 2000)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("userId;movieId;rating;timestamp\n1;7;4,5;1000\n2;8;4,7;2000\n", "line 3: stars must be 0.5 to 5.0"),
        ("userId;movieId;rating;timestamp\n1;7;4,5;1000\n2;8;3\n", "line 3: expected 4 fields. Received: 3"),
        ("userId;movieId;rating;timestamp\n1;7;4,5;1,1E+09\n", "line 2: a spreadsheet has shortened timestamp: take"),
        (
            f"{HEADER}\n1,7,4,5,1000\n",
            "line 2: expected 4 fields. Received: 5 (does a comma stand in 4,5? Write 4.5)",
        ),
        (f"{HEADER}\n1,7,4,2005-02-30 01:02:03\n", "line 2: timestamp must be a number. Received: '2005-02-30"),
        (f"{HEADER}\n1,7,4,1965-02-03\n", "line 2: timestamp must be seconds since 1970"),
        ("movieId,userId,rating,time\n", "line 1: expected the header userId,movieId,rating,timestamp"),
        ("movieId,userId,timestamp,rating\n1,x,1,4\n", "line 2: userId must be a number. Received: 'x'"),
        ("movieId,userId,timestamp,rating,note\n1,1,1,4\n", "line 2: expected 5 fields. Received: 4"),
    ],
)
def test_what_is_wrong_in_such_a_file_is_refused_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read(tmp_path, text.encode(), FILES["ratings.csv"])
    assert complaint in str(refusal.value)


@pytest.mark.parametrize("block_bytes", [SMALL_BLOCK, 8 * 1024**2])
def test_the_line_of_a_film_is_found_whatever_the_blocks(tmp_path: Path, block_bytes: int) -> None:
    rows = [(person, 1, 4.0, 1000) for person in range(1, 30)]
    content = write(rows, FILES["ratings.csv"]) + b"\n30,99,3.0,1\n31,99,3.0,1\n"
    (tmp_path / "ratings.csv").write_bytes(content)
    assert find_line(open_archive(tmp_path), FILES["ratings.csv"], 99, block_bytes) == 32
