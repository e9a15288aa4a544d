"""Corpora on disk: what goes in comes out, in the same order, and damage is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.corpora import (
    CARD,
    MOVIES,
    RATINGS,
    corpus_folder,
    list_corpora,
    load_corpus,
    stage_corpus,
    write_corpus,
)
from bot.catalogue.errors import CorpusFolderError
from bot.catalogue.rating_rows import RatingRows
from recommender.domain import Movie, MovieId

FILMS = (
    Movie(MovieId(5), "Heat", 1995, ("Action", "Crime")),
    Movie(MovieId(2), "Ünïcode — 千", None, ()),
)


def rows(*, stars: float = 4.0, count: int = 6) -> RatingRows:
    """Return ratings of equal times, so that their order in the file decides."""
    users = np.repeat(np.arange(count // 2, dtype=np.int32), 2)
    movies = np.tile(np.array([5, 2], dtype=np.int32), count // 2)
    return RatingRows(users, movies, np.full(count, stars, np.float32), np.full(count, 1000, np.int64))


def write(data_dir: Path, ratings: RatingRows, name: str = "tiny") -> None:
    write_corpus(data_dir, name, FILMS, ratings, licence="ours", simulated=True)


def test_a_corpus_comes_back_as_it_went_in(tmp_path: Path) -> None:
    write(tmp_path, rows(count=40))
    loaded, built = load_corpus(tmp_path / "corpora" / "tiny"), rows(count=40).build(FILMS)
    assert loaded.movies == FILMS
    for column in ("user_ids", "starts", "movie_rows", "stars", "times"):
        assert np.array_equal(getattr(loaded, column), getattr(built, column))


def test_the_card_says_what_it_is(tmp_path: Path) -> None:
    write(tmp_path, rows())
    [card] = list_corpora(tmp_path)
    assert (card.name, card.licence, card.simulated) == ("tiny", "ours", True)
    assert (card.movie_count, card.user_count, card.rating_count) == (2, 3, 6)


def test_corpora_are_listed_by_name(tmp_path: Path) -> None:
    assert list_corpora(tmp_path) == []
    write(tmp_path, rows(), "b")
    write(tmp_path, rows(), "a")
    assert [card.name for card in list_corpora(tmp_path)] == ["a", "b"]


def test_writing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, rows())
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "corpora" / "tiny").iterdir()}
    write(tmp_path, rows())
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "corpora" / "tiny").iterdir()} == before


def test_a_corpus_of_the_same_name_is_replaced_whole(tmp_path: Path) -> None:
    write(tmp_path, rows(stars=4.0))
    write(tmp_path, rows(stars=2.0))
    assert set(load_corpus(tmp_path / "corpora" / "tiny").stars) == {2.0}
    assert [entry.name for entry in (tmp_path / "corpora").iterdir()] == ["tiny"]


def test_what_is_staged_is_not_seen_until_published(tmp_path: Path) -> None:
    with stage_corpus(tmp_path, "tiny", FILMS, rows(), licence="ours", simulated=True) as staged:
        assert staged.is_new
        assert list_corpora(tmp_path) == []
    assert list((tmp_path / "corpora").iterdir()) == []


def test_a_swap_that_died_half_way_is_made_good(tmp_path: Path) -> None:
    write(tmp_path, rows(stars=4.0))
    (tmp_path / "corpora" / "tiny").rename(tmp_path / "corpora" / ".tiny.old")
    (tmp_path / "corpora" / ".tiny.new").mkdir()
    with stage_corpus(tmp_path, "tiny", FILMS, rows(stars=2.0), licence="ours", simulated=True):
        assert set(load_corpus(tmp_path / "corpora" / "tiny").stars) == {4.0}
    assert [entry.name for entry in (tmp_path / "corpora").iterdir()] == ["tiny"]


@pytest.mark.parametrize("file", [MOVIES, RATINGS])
def test_a_flipped_byte_is_noticed(tmp_path: Path, file: str) -> None:
    write(tmp_path, rows())
    damaged = tmp_path / "corpora" / "tiny" / file
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(CorpusFolderError, match="differs from its checksum"):
        load_corpus(damaged.parent)


@pytest.mark.parametrize("file", [MOVIES, RATINGS, CARD])
def test_a_missing_file_is_noticed(tmp_path: Path, file: str) -> None:
    write(tmp_path, rows())
    (tmp_path / "corpora" / "tiny" / file).unlink()
    with pytest.raises(CorpusFolderError, match=file):
        load_corpus(tmp_path / "corpora" / "tiny")


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"schema_version": 9}), json.dumps({"schema_version": 1})])
def test_a_foreign_card_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, rows())
    (tmp_path / "corpora" / "tiny" / CARD).write_text(text)
    with pytest.raises(CorpusFolderError, match="import the corpus again"):
        load_corpus(tmp_path / "corpora" / "tiny")


@pytest.mark.parametrize("name", ["", "../up", ".hidden", "UPPER", "a/b", "x" * 65])
def test_a_name_that_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusFolderError, match="corpus name"):
        corpus_folder(tmp_path, name)
