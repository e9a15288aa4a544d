from __future__ import annotations

import numpy as np

from recommender.data.content import build_content
from recommender.training.likeness import likeness_tables

FILMS = [["director:Mann", "tag:heist"], ["director:Mann", "tag:heist"], ["tag:heist"], ["tag:heist", "cast:Only"], []]


def test_what_few_films_share_weighs_more() -> None:
    tables = likeness_tables(build_content(FILMS))
    names = bytes(tables["content_names"]).decode().split("\n")
    of_first = dict(
        zip([names[place] for place in tables["content_features"][:2]], tables["content_weights"], strict=False)
    )
    assert names == ["director:Mann", "tag:heist"]  # who is in one film alone joins it to none
    assert of_first["director:Mann"] > of_first["tag:heist"] > 0


def test_the_squares_of_a_films_weights_sum_to_one_or_to_nothing() -> None:
    tables = likeness_tables(build_content(FILMS))
    squares = np.add.reduceat(np.append(tables["content_weights"] ** 2, 0), tables["content_starts"][:-1])
    lengths = np.diff(tables["content_starts"])
    assert np.allclose(squares[lengths > 0], 1)
    assert lengths.tolist() == [2, 2, 1, 1, 0]
