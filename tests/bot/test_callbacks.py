"""Button payloads: the codec is an inverse, keeps to 64 bytes and refuses everything else."""

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import MAX_BYTES, RANGES, VERBS, Action, Answer, decode, encode
from recommender.domain import MovieId


def _numbers(name: str) -> st.SearchStrategy[int]:
    bounds = RANGES[name]
    return st.sampled_from((bounds[0], bounds[-1])) | st.integers(bounds[0], bounds[-1])


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """Draw any action with any arguments a button may carry."""
    kind = draw(st.sampled_from(sorted(VERBS.values(), key=lambda kind: kind.__name__)))
    build: Callable[..., Action] = kind
    return build(*(draw(_numbers(field.name)) for field in dataclasses.fields(kind)))


@given(actions())
def test_decoding_gives_back_what_was_encoded(action: Action) -> None:
    assert decode(encode(action)) == action


@given(actions())
def test_a_code_fits_into_a_button(action: Action) -> None:
    assert len(encode(action).encode()) <= MAX_BYTES


@given(st.text(max_size=80) | st.from_regex(r"1:[a-z]{1,4}(:[0-9]{0,20}){0,6}", fullmatch=True))
def test_whatever_decodes_is_written_in_the_one_way(data: str) -> None:
    action = decode(data)
    assert action is None or encode(action) == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "1",
        "1:",
        "2:x",
        "1:a:5",
        "1:a:5:11:0",
        "1:a:5:0:0",
        "1:a:05:8:0",
        "1:a:-5:8:0",
        "1:a:٥:8:0",
        "1:x:",
        "1:a:5:8:0 ",
    ],
)
def test_a_foreign_truncated_or_forged_code_has_expired(data: str | None) -> None:
    assert decode(data) is None


def test_a_rating_reads_as_designed() -> None:
    assert encode(Answer(MovieId(603), 8, 0)) == "1:a:603:8:0"
