"""What is looked up is what the matrix of cosines says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.data.content import build_content
from recommender.ranking.likeness import Likeness
from recommender.training.likeness import likeness_tables

FILMS = [
    ["tag:heist", "director:Mann", "cast:Pacino"],
    ["tag:heist", "director:Kubrick"],
    ["tag:space", "director:Kubrick"],
    ["tag:space", "cast:Pacino", "director:Mann"],
    [],
    ["tag:nobody else's"],
]
LIKENESS = Likeness(likeness_tables(build_content(FILMS)))


def cosines() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return them by the book, in dense arithmetic.  (movies, movies)"""
    shared = build_content(FILMS).shared(2)
    table = shared.matrix().toarray()
    weighted = table * np.log(7 / (1 + table.sum(axis=0)))  # of five films something is known
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    rows = weighted / np.where(lengths, lengths, 1)
    return np.asarray(rows @ rows.T)


@settings(deadline=None)  # scipy is loaded in the first example
@given(
    st.lists(st.integers(0, 5), max_size=6, unique=True),
    st.lists(st.integers(0, 5), max_size=8),
    st.integers(0, 1_000),
)
def test_sums_are_those_of_cosines(history: list[int], rows: list[int], seed: int) -> None:
    weights = np.random.default_rng(seed).normal(size=(3, len(history)))
    met, asked = np.array(history, dtype=np.int64), np.array(rows, dtype=np.int64)
    expected = weights @ cosines()[np.ix_(met, asked)]
    assert LIKENESS.sums(met, weights, asked) == pytest.approx(expected, abs=1e-5)


def test_a_film_is_wholly_like_itself_and_what_is_unknown_like_nothing() -> None:
    found = [float(LIKENESS.sums(np.array([row]), np.ones((1, 1)), np.array([row]))[0, 0]) for row in range(6)]
    assert found == pytest.approx([1, 1, 1, 1, 0, 0])


def test_without_tables_no_film_is_like_another() -> None:
    assert Likeness({}).sums(np.array([1]), np.ones((2, 1)), np.array([1, 2, 3])).tolist() == [[0, 0, 0]] * 2


def test_where_no_film_shares_anything_no_film_is_like_another() -> None:
    alone = Likeness(likeness_tables(build_content([["tag:a"], ["tag:b"], []])))
    assert alone.sums(np.array([0, 2]), np.ones((1, 2)), np.array([0, 1, 2])).tolist() == [[0, 0, 0]]


def test_what_weighs_most_is_what_two_films_share() -> None:
    features = {
        0: ["tag:heist", "director:Mann", "cast:Pacino", "language:en", "age:adult"],
        1: ["tag:heist", "director:Mann", "language:en", "age:adult"],
        2: ["tag:heist", "language:en", "age:adult"],
        3: ["tag:space", "language:en"],
        4: ["tag:space", "age:adult", "language:en", "country:JP"],
        5: ["country:JP", "language:fi", "tag:space"],
    }
    films = [features.get(row, [f"tag:{row}", "country:US"]) for row in range(60)]
    likeness = Likeness(likeness_tables(build_content(films)))
    assert likeness.shared(0, 1) == likeness.shared(1, 0) == "director:Mann", "of which there are fewest"
    assert likeness.shared(0, 2) == "tag:heist"
    assert likeness.shared(4, 5) == "country:JP"
    assert likeness.shared(2, 3) is None, "a language says nothing"
    assert likeness.shared(6, 7) is None, "nor does what nearly all films are"
    assert likeness.shared(0, 5) is None


def test_nothing_is_shared_where_nothing_is_known() -> None:
    assert Likeness({}).shared(0, 1) is None
    assert Likeness(likeness_tables(build_content([["tag:a"], ["tag:b"], []]))).shared(0, 2) is None
