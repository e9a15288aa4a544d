"""What films were given in all lies beside a corpus of real people, and is read without Arrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalogue.corpora import remove_corpus, write_corpus
from bot.catalogue.film_counts import COUNTS, corpora_edition, read_counts
from recommender.data.statistics import FilmCounts
from tests.bot.catalogue.test_corpora import FILMS, rows


def write(data_dir: Path, name: str = "club", *, simulated: bool = False, count: int = 6) -> None:
    write_corpus(data_dir, name, FILMS, rows(count=count), licence="ours", simulated=simulated)


def test_a_corpus_counts_what_its_people_gave(tmp_path: Path) -> None:
    write(tmp_path)
    (counts,) = read_counts(tmp_path)
    assert (counts.people, counts.mean_stars, counts.movie_ids.tolist()) == (3, 4.0, [2, 5])
    assert counts.ratings.tolist() == counts.likes.tolist() == [3, 3]
    assert counts.star_sums.tolist() == [12, 12]


def test_simulated_people_say_nothing_of_films(tmp_path: Path) -> None:
    write(tmp_path, simulated=True)
    assert list(read_counts(tmp_path)) == []


def test_the_edition_changes_when_a_corpus_comes_goes_or_is_replaced_and_not_when_it_is_the_same(
    tmp_path: Path,
) -> None:
    editions = [corpora_edition(tmp_path)]
    write(tmp_path)
    editions.append(corpora_edition(tmp_path))
    write(tmp_path)
    assert corpora_edition(tmp_path) == editions[-1]
    write(tmp_path, count=8)
    editions.append(corpora_edition(tmp_path))
    remove_corpus(tmp_path, "club")
    assert corpora_edition(tmp_path) == editions[0]
    assert len(set(editions)) == 3


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip"])
def test_damaged_counts_are_left_out(tmp_path: Path, content: bytes) -> None:
    write(tmp_path)
    write(tmp_path, "larger", count=10)
    (tmp_path / "corpora" / "club" / COUNTS).write_bytes(content)
    counts: list[FilmCounts] = list(read_counts(tmp_path))
    assert [source.people for source in counts] == [5]
