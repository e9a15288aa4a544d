"""Tags of a release: what people wrote, and what the genome says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from bot.catalogue.tag_files import MOST_OF_GENOME, TAGS, read_tags
from bot.catalogue.tag_rows import NOBODY, TagRows
from tests.bot.catalogue.fakes import write_files


def read(folder: Path, files: dict[str, str]) -> list[tuple[int, int, str]]:
    tags = read_tags(open_archive(write_files(folder, files)))
    return list(zip(tags.user_ids.tolist(), tags.movie_ids.tolist(), tags.names.tolist(), strict=True))


def test_a_tag_is_read_in_small_letters_with_its_giver(tmp_path: Path) -> None:
    text = 'userId,movieId,tag,timestamp\n15,339,"sandra ""boring""  Bullock",1138537770\n15,1955,Heist,1193435061\n'
    assert read(tmp_path, {TAGS: text}) == [(15, 339, 'sandra "boring" bullock'), (15, 1955, "heist")]


def test_a_table_saved_again_by_a_spreadsheet_is_read_by_its_names(tmp_path: Path) -> None:
    assert read(tmp_path, {TAGS: "\ufeffMOVIE_ID;tag;user_id\r\n7;Überwachung, Staat;3\r\n"}) == [
        (3, 7, "überwachung, staat")
    ]


def test_what_is_empty_or_a_whole_sentence_is_no_tag(tmp_path: Path) -> None:
    rows = [" ", "x" * 61, "NA", "null"]
    text = "".join(f"1,2,{row}\n" for row in rows)
    assert read(tmp_path, {TAGS: f"userId,movieId,tag\n{text}"}) == [(1, 2, "na"), (1, 2, "null")]


@pytest.mark.parametrize("text", ["", "userId,movieId,tag,timestamp\n"])
def test_no_tags_are_none(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, {"movies.csv": "x", **({TAGS: text} if text else {})}) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("userId,movieId,tag\n1,2,a\n1,two,b\n", "tags.csv, line 3: movieid must be a number. Received: 'two'"),
        ("userId,movieId,tag\n1,-2,a\n", "tags.csv, line 2: movieid must be a number. Received: '-2'"),
        ("userId,tag\n1,a\n", "tags.csv, line 1: expected the header userid,movieid,tag"),
        ('userId,movieId,tag\n1,2,"a\n', "tags.csv: the CSV is broken"),
    ],
)
def test_a_broken_line_is_refused_by_its_number(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, {TAGS: text})
    assert reason in str(refused.value)


def test_of_the_genome_the_most_relevant_tags_count_and_nobody_gave_them(tmp_path: Path) -> None:
    names = "".join(f"{tag},Tag {tag}\n" for tag in range(1, 41))
    scores = "".join(f"5,{tag},{tag / 40}\n" for tag in range(1, 41))
    found = read(
        tmp_path,
        {"genome-tags.csv": f"tagId,tag\n{names}", "genome-scores.csv": f"movieId,tagId,relevance\n{scores}6,1,0.2\n"},
    )
    assert found == [(NOBODY, 5, f"tag {tag}") for tag in range(40, 40 - MOST_OF_GENOME, -1)]


def test_tags_go_with_their_films_to_other_numbers(tmp_path: Path) -> None:
    tags = read_tags(open_archive(write_files(tmp_path, {TAGS: "userId,movieId,tag\n1,2,a\n1,3,b\n4,2,c\n"})))
    ours: TagRows = tags.of_movies({2: 200})
    assert (ours.user_ids.tolist(), ours.movie_ids.tolist(), ours.names.tolist()) == ([1, 4], [200, 200], ["a", "c"])
