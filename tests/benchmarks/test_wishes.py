"""How wishes are judged: what counts as right, and that rules reach what is asked of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from benchmarks.wishes import LEAST_RIGHT, SETS, Judged, judge, share_right, share_whole, starter_names, tongue
from bot.catalogue.named_films import NamedFilms
from bot.catalogue.starter import Tag, load_tags
from bot.messages.words import load_words
from bot.reading.wishes import read_wish
from bot.wanted import Part

# Words of time and place that mean when and where a film was made, unless it is said that it is set there.
MADE_THERE = {"Hong Kong", "India", "1950s", "1960s", "1970s", "1980s", "1920s and 1930s", "Latin America", "Africa"}


@cache
def known() -> NamedFilms:
    return starter_names()


def judged(asked: str, read: str, allowed: str = "") -> Judged:
    """Return a wish that asked for parts, each with its ways between slashes."""
    ways = tuple(frozenset(one.split("/")) for one in asked.split())
    return Judged("", ways, frozenset(allowed.split()), frozenset(read.split()), 0.0)


def test_what_is_read_besides_counts_as_much_as_what_is_missed() -> None:
    some = [
        judged("tag:heist genre:Crime", "tag:heist"),
        judged("age:family", "age:family tone:light"),
        judged("age:family", "age:family"),
    ]
    assert share_right(some) == pytest.approx(3 / 5)
    assert share_whole(some) == pytest.approx(1 / 3)


def test_any_of_the_ways_is_right_and_what_may_be_read_is_not_wrong() -> None:
    some = [judged("country:FR/language:fr", "language:fr tag:slow", allowed="tag:slow")]
    assert (share_right(some), share_whole(some)) == (1, 1)


@pytest.mark.parametrize("which", SETS)
def test_enough_of_what_is_asked_is_read(which: str) -> None:
    read = judge(which, known())
    assert len(read) == 60
    assert share_right(read) >= LEAST_RIGHT


@pytest.mark.parametrize("which", SETS)
def test_wishes_are_in_each_language(which: str) -> None:
    languages = Counter(tongue(one.text) for one in judge(which, known()))
    assert min(languages["English"], languages["Chinese"]) >= 20
    assert languages["Spanish"] >= (14 if "typed" in which else 0)


@pytest.mark.parametrize("tag", load_tags(), ids=lambda tag: tag.name)
def test_every_tag_of_the_starter_is_read_by_each_of_its_names(tag: Tag) -> None:
    spanish = load_words()["es"].plain(f"tag.{tag.name}")
    for name in (tag.name, tag.zh, spanish) if tag.name not in MADE_THERE else ():
        assert Part("tag", (tag.name,)) in read_wish(f"something {name}", 2026, known()).wanted.parts, name
