"""Hostile bytes, and well-formed ones bent a little: whatever comes is refused by name or taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bot.histories.files import packed
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

# Reading files takes a hundredth of a second; scripts/fuzz tries these for longer.
READS_FILES: Final = frozenset(name for name in TARGETS if name.endswith(("_csv", "_dat", "archive")))
MOST_EXAMPLES: Final = 25
# What fuzzers found once.
# A zip of one file without a name, over which Python's zipfile trips.
_NAMELESS: Final = packed({"a": ""}).replace(b"aPK", b"\x00PK")
FOUND: Final[dict[str, tuple[bytes, ...]]] = {
    "answer": (b"[" * 100_000,),
    "archive": (_NAMELESS,),
    "history": (
        b"\x02" + _NAMELESS,
        b'\x01{"marks":[{"movie_id":1,"kind":[]}]}',
        b'\x01{"ratings":[{"movie_id":1,"half_stars":"x"}]}',
    ),
    "call": (b"\x00" + b"[" * 100_000, b"&\x00", b"\x01a=1&" + b"%" * 10),
    "markup": (b"[" * 100_000,),
}


@st.composite
def bent(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """Draw a well-formed input with a few of its bytes cut out and others put in."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 8)))
        data = data[:start] + draw(st.binary(max_size=8) | st.text(max_size=4).map(_bytes)) + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_taken_or_refused_by_name(name: str) -> None:
    target: Callable[[bytes], None] = TARGETS[name]

    @settings(max_examples=MOST_EXAMPLES if name in READS_FILES else 4 * MOST_EXAMPLES)
    @given(bent(SEEDS[name]) | st.binary(max_size=200))
    def try_one(data: bytes) -> None:
        target(data)

    try_one()


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_stays_mended(name: str) -> None:
    for data in FOUND[name]:
        TARGETS[name](data)


def test_every_target_has_seeds() -> None:
    assert set(SEEDS) == set(TARGETS)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
