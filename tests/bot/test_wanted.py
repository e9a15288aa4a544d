"""A wish part by part: written down, read back, taken away and given up."""

from __future__ import annotations

import pytest

from bot.wanted import NOTHING_WANTED, Wanted, read_part
from recommender.domain import Filters

WISH = Wanted(
    Filters(genres_all=frozenset({"Comedy", "Crime"}), genres_out=frozenset({"War"}), year_from=1990, year_to=1999),
    tuple(map(read_part, ("tag:heist|revenge", "cast:Tom Hanks", "runtime:-120", "age:family", "-tone:sad"))),
)
CODES = [
    *("genre:Comedy", "genre:Crime", "years:1990-1999"),
    *("tag:heist|revenge", "cast:Tom Hanks", "runtime:-120", "age:family"),
    *("-genre:War", "-tone:sad"),
]


def test_every_part_is_told_once_and_reads_back() -> None:
    assert [part.code for part in WISH.every_part] == CODES
    assert [read_part(code) for code in CODES] == [*WISH.every_part]


@pytest.mark.parametrize("code", CODES)
def test_without_a_part_all_others_stay(code: str) -> None:
    left = WISH.without(read_part(code))
    assert [part.code for part in left.every_part] == [one for one in CODES if one != code]


def test_without_its_last_part_nothing_is_wanted() -> None:
    wish = WISH
    for part in WISH.every_part:
        wish = wish.without(part)
    assert wish == NOTHING_WANTED
    assert not wish


def test_the_softest_parts_are_given_up_first_and_children_never() -> None:
    wish, given_up = WISH, list[str]()
    while part := wish.softest_part():
        given_up.append(part.code)
        wish = wish.without(part)
    assert given_up == ["runtime:-120", "tag:heist|revenge", "cast:Tom Hanks"]
    assert [part.code for part in wish.parts] == ["age:family", "-tone:sad"]


@pytest.mark.parametrize(("code", "ends"), [("runtime:-120", (None, 120)), ("years:1990-", (1990, None))])
def test_ends_are_open_where_none_is_said(code: str, ends: tuple[int | None, int | None]) -> None:
    assert read_part(code).ends == ends
