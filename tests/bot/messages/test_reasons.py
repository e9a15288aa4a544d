"""Why a film is in a list, in words: what somebody named for others like it is not said to be liked."""

from __future__ import annotations

import pytest

from bot.dial import Dial
from bot.messages import load_words
from bot.messages.films import Film
from bot.messages.lists import Pick, reason
from recommender.domain import Movie, MovieId

ARRIVAL = Movie(MovieId(7), "Arrival", 2016, ("Sci-Fi",))
SHOWN = Film(Movie(MovieId(8), "Contact", 1997, ("Sci-Fi",)))


@pytest.mark.parametrize(
    ("language", "liked", "named"),
    [
        ("en", "because you liked Arrival (2016)", "like Arrival (2016)"),
        ("es", "porque te gustó Arrival (2016)", "parecida a Arrival (2016)"),
        ("zh", "因为你喜欢《Arrival (2016)》", "和《Arrival (2016)》相似"),
    ],
)
def test_a_film_that_was_named_is_not_said_to_be_liked(language: str, liked: str, named: str) -> None:
    words = load_words()[language]
    assert reason(words, Pick(SHOWN, 0.5, because_movie=ARRIVAL), Dial.WELL_KNOWN) == liked
    assert reason(words, Pick(SHOWN, None, because_movie=ARRIVAL, is_alike=True), Dial.WELL_KNOWN) == named
