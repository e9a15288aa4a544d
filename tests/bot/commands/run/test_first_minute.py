"""The demo's first steps: in the person's language, and ended by what buttons of the bot really carry."""

from __future__ import annotations

from bot.callbacks import Adjust, Answer, GenresDone, encode
from bot.commands.run.first_minute import FirstMinute
from recommender.domain import MovieId


def test_there_are_three_once_the_bot_is_up() -> None:
    guide = FirstMinute()
    assert guide("en") == ()
    guide.is_ready = True
    english, chinese = guide("en"), guide("zh")
    assert len(english) == len(chinese) == 3
    assert [step.until for step in english] == [step.until for step in chinese]
    assert "Done" in english[1].text
    assert "选好了" in chinese[1].text


def test_each_ends_by_its_own_buttons() -> None:
    guide = FirstMinute()
    guide.is_ready = True
    _, genres, rate = guide("en")
    film = MovieId(7)
    assert encode(GenresDone(5)).startswith(genres.until)
    assert not encode(GenresDone(5)).startswith(rate.until)
    for rated in (Answer(film, 8, 0), Adjust(film, 9, 8, MovieId(0))):
        assert encode(rated).startswith(rate.until)
