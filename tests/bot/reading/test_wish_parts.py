"""What is read of a wish besides genres and years: lengths, likeness, roles, what is not wanted, what contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.wishes import read_wish
from recommender.domain import MovieId

THIS_YEAR = 2026


class Film:
    """One film and one person."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        return ("Ada Byron", at + 3) if text.startswith("ada", at) else None

    def film_called(self, title: str) -> MovieId | None:
        return MovieId(7) if title in ("arrival", "降临") else None

    def film_meant(self, title: str) -> MovieId | None:
        return MovieId(7) if title == "arival" else None


def codes(text: str) -> list[str]:
    return [part.code for part in read_wish(text, THIS_YEAR, Film()).wanted.every_part]


@pytest.mark.parametrize(
    ("text", "runtime"),
    [
        ("not too long", "-120"),
        ("nothing too long", "-120"),
        ("under two hours", "-120"),
        ("less than 90 minutes", "-90"),
        ("an hour and a half or less", "-90"),
        ("at least 2.5 hours", "150-"),
        ("about 90 minutes", "80-100"),
        ("short", "-100"),
        ("not short", "100-"),
        ("不要太长", "-120"),
        ("两个半小时以内", "-150"),
        ("不超过100分钟", "-100"),
        ("三小时以上", "180-"),
        ("over an hour, under two hours", "60-120"),
    ],
)
def test_lengths_are_read(text: str, runtime: str) -> None:
    assert codes(text) == [f"runtime:{runtime}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like arrival but lighter", ["like:7", "tone:light"]),
        ("something like arrival from the 90s", ["years:1990-1999", "like:7"]),
        ("like arival", ["like:7"]),
        ("like arrival but shorter and newer", ["like:7", "than:shorter", "than:newer"]),
        ("像《降临》那样的喜剧", ["genre:Comedy", "like:7"]),
        ("和降临类似，老一点", ["like:7", "than:older"]),
        ("i would like a comedy", ["genre:Comedy"]),
        ("directed by ada", ["director:Ada Byron"]),
        ("films with ada", ["cast:Ada Byron"]),
        ("ada主演", ["cast:Ada Byron"]),
        ("not ada", ["-person:Ada Byron"]),
        ("no gore with ada", ["cast:Ada Byron", "-tag:brutal"]),
        ("no vampires, zombies or gore", ["-tag:vampires", "-tag:zombies", "-tag:brutal"]),
        ("vampires or zombies", ["tag:vampires|zombies"]),
        ("vampires and zombies", ["tag:vampires", "tag:zombies"]),
        ("不要血腥的，要有吸血鬼", ["tag:vampires", "-tag:brutal"]),
        ("吸血鬼除外", ["-tag:vampires"]),
        ("best comedy", ["genre:Comedy", "order:best"]),
        ("less violent", ["-tag:brutal"]),
        ("horror but not too scary", ["genre:Horror", "-tag:brutal|disturbing"]),
        ("恐怖片，别太吓人", ["genre:Horror", "-tag:brutal|disturbing"]),
        ("western not older than 1960", ["genre:Western", "years:1960-"]),
        ("爱情片，不要太老", ["genre:Romance", "years:1970-"]),
        ("foreign thriller", ["genre:Thriller", "-language:en"]),
        ("ada's best", ["person:Ada Byron", "order:best"]),
    ],
)
def test_parts_are_read(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["i haven't seen", "没看过的", "that i have not watched yet", "unseen"])
def test_that_a_film_shall_be_unseen_is_asking_for_what_lists_are(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.is_asked
    assert (found.is_empty, found.unknown) == (True, ())


@pytest.mark.parametrize(
    "text", ["short but over three hours", "vampires, no vampires", "comedy but no comedy", "before 1950 after 1960"]
)
def test_what_no_film_can_be_is_contradictory(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.is_contradictory
    assert (found.is_empty, found.unknown) == (True, (text,))


@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "like",
                "arrival",
                "ada",
                "不要",
                "长",
                "short",
                "or",
                ",",
                "by",
                "the",
                "gore",
                "像",
                "的",
                "2",
                "hours",
                "vampires",
            ]
        )
    )
)
def test_any_mix_of_words_is_read(words: list[str]) -> None:
    found = read_wish(" ".join(words), THIS_YEAR, Film())
    parts = found.wanted.parts
    assert len(set(parts)) == len(parts)
    assert sum(part.kind == "runtime" for part in parts) <= 1
