"""What sites call a film is one, and what they call a series is none."""

from __future__ import annotations

import pytest

from bot.histories.kinds import is_film, of_status


@pytest.mark.parametrize(
    "kind",
    ["", "movie", "Movie", "tvMovie", "TV Movie", "TV Special", "Short", "tvShort", "Video", "Film", "documentary"],
)
def test_these_are_films(kind: str) -> None:
    assert is_film(kind)


@pytest.mark.parametrize(
    "kind",
    [
        *(
            "tvSeries",
            "TV Series",
            "TV Mini Series",
            "tvEpisode",
            "TV Episode",
            "show",
            "season",
            "episode",
            "tv",
            "TV",
        ),
        *("videoGame", "Video Game", "Podcast Series", "Music Video", "anime", "Serie TV", "Mini serie TV"),
    ],
)
def test_these_are_none(kind: str) -> None:
    assert not is_film(kind)


@pytest.mark.parametrize(
    ("status", "says"),
    [("completed", "seen"), ("Plan to Watch", "later"), ("plantowatch", "later"), ("dropped", "seen"), ("", None)],
)
def test_how_far_somebody_is_says_what_they_know(status: str, says: str | None) -> None:
    assert of_status(status) == says
