"""The MovieLens release that REELMATE_MOVIELENS points at, for the tests that need one."""

from __future__ import annotations

import os
from functools import cache

import pytest

from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import Corpus


@cache
def movielens() -> Corpus:
    """Return its corpus; skip the test without it."""
    folder = os.environ.get("REELMATE_MOVIELENS")
    if not folder:
        pytest.skip("needs REELMATE_MOVIELENS")
    return read_movielens(folder)
