"""How wishes are judged: what counts as right, and that rules reach what is asked of them."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.wishes import LEAST_RIGHT, Judged, judge, share_right, share_whole, starter_names
from bot.catalogue.named_films import NamedFilms
from bot.catalogue.starter import load_tags
from bot.reading.wishes import read_wish
from bot.wanted import Part

# Words of time and place that mean when and where a film was made, unless it is said that it is set there.
MADE_THERE = {"Hong Kong", "India", "1950s", "1960s", "1970s", "1980s", "1920s and 1930s", "Latin America", "Africa"}


@cache
def known() -> NamedFilms:
    return starter_names()


def test_what_is_read_besides_counts_as_much_as_what_is_missed() -> None:
    judged = [
        Judged("a", frozenset({"tag:heist", "genre:Crime"}), frozenset({"tag:heist"}), 0.0),
        Judged("b", frozenset({"age:family"}), frozenset({"age:family", "tone:light"}), 0.0),
        Judged("c", frozenset({"age:family"}), frozenset({"age:family"}), 0.0),
    ]
    assert share_right(judged) == pytest.approx(3 / 5)
    assert share_whole(judged) == pytest.approx(1 / 3)


@pytest.mark.parametrize("which", ["judging", "building"])
def test_enough_of_what_is_asked_is_read(which: str) -> None:
    judged = judge(which, known())
    assert len(judged) == 60
    assert sum(one.text.isascii() for one in judged) in range(28, 33)
    assert share_right(judged) >= LEAST_RIGHT


@pytest.mark.parametrize("tag", load_tags(), ids=lambda tag: tag.name)
def test_every_tag_of_the_starter_is_read_by_both_of_its_names(tag: object) -> None:
    names = [(one.name, one.zh) for one in load_tags() if one == tag and one.name not in MADE_THERE]
    for name, chinese in names:
        for text in (name, chinese):
            assert Part("tag", (name,)) in read_wish(f"something {text}", 2026, known()).wanted.parts, text
