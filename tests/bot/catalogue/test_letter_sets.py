"""Which texts are left out before they are compared: none that would have been found."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.catalogue.letter_sets import LetterSets

# Few letters, so that many texts are alike; words said twice; letters beyond ASCII.
WORDS = st.text(st.sampled_from("abcdeo1é千"), min_size=1, max_size=7)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LEAST = st.sampled_from((0.7, 0.75, 0.78, 0.875, 0.9, 1.0))


@given(st.lists(TEXTS, min_size=1, max_size=30), TEXTS, LEAST)
def test_no_text_is_left_out_that_is_so_similar(texts: list[str], query: str, least: float) -> None:
    sets, rows = LetterSets(texts), np.arange(len(texts))
    longer = np.array([row for row in rows if len(texts[row]) >= len(query)], dtype=np.int64)
    for scorer, found, among in (
        (fuzz.ratio, partial(sets.similar, query, least), rows),
        (fuzz.token_set_ratio, partial(sets.of_like_words, query, least, longer), longer),
        (fuzz.partial_ratio, partial(sets.holding, query, least, longer), longer),
    ):
        alike = {int(row) for row in among if scorer(query, texts[row]) >= 100 * least}
        assert alike <= {*found().tolist()} <= {*among.tolist()}, scorer.__name__


@given(TEXTS, st.integers(0, 30), LEAST)
def test_a_slip_of_one_letter_is_never_too_much_for_a_long_title(text: str, at: int, least: float) -> None:
    text = f"{text} and the rest of a long title"
    slipped = text[: at % len(text)] + text[at % len(text) + 1 :]
    assert LetterSets([text]).similar(slipped, min(least, 0.9)).tolist() == [0]


def test_what_has_other_letters_is_left_out() -> None:
    sets = LetterSets(["matrix", "amelie", "the matrix reloaded", "zzz"])
    every = np.arange(4)
    assert sets.similar("matrx", 0.7).tolist() == [0]
    assert sets.of_like_words("matrix", 0.78, every).tolist() == [0, 2]
    assert sets.holding("matrx", 0.875, every).tolist() == [0, 2]


@pytest.mark.parametrize("text", ["\ud800 half a letter", "😀 film", "\n"])
def test_no_letter_is_too_odd(text: str) -> None:
    assert LetterSets([text]).similar(text, 0.9).tolist() == [0]
