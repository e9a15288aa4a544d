from __future__ import annotations

import numpy as np

from recommender.data.content import build_content

HEISTS = [["tag:heist", "director:Mann"], [], ["tag:heist", "tag:heist", "cast:Pacino"], ["cast:De Niro"]]


def test_each_film_bears_each_of_its_features_once() -> None:
    content = build_content(HEISTS)
    assert content.names == ("cast:De Niro", "cast:Pacino", "director:Mann", "tag:heist")
    assert [[content.names[place] for place in content.of(row)] for row in range(4)] == [
        ["director:Mann", "tag:heist"],
        [],
        ["cast:Pacino", "tag:heist"],
        ["cast:De Niro"],
    ]
    assert content.is_known.tolist() == [True, False, True, True]


def test_the_matrix_has_a_one_for_every_feature_of_a_film() -> None:
    assert build_content(HEISTS).matrix().toarray().tolist() == [[0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 0]]


def test_shared_leaves_what_too_few_films_bear_out() -> None:
    shared = build_content(HEISTS).shared(2)
    assert shared.names == ("tag:heist",)
    assert [shared.of(row).tolist() for row in range(4)] == [[0], [], [0], []]


def test_films_without_any_feature_are_content_too() -> None:
    content = build_content([[], []])
    assert content.names == ()
    assert not content.is_known.any()
    assert content.shared(2).matrix().shape == (2, 0)
    assert content.features.dtype == np.int32
