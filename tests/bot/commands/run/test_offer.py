"""The demo's page offers real people's ratings with their licence, in the person's language, until they are there."""

from __future__ import annotations

from pathlib import Path

from bot.commands.run.offer import RealRatingsOffer


def test_it_is_made_once_the_bot_is_up_until_the_ratings_are_there(tmp_path: Path) -> None:
    offering = RealRatingsOffer(tmp_path)
    assert offering("en") is None
    offering.is_ready = True
    english, chinese = offering("en"), offering("zh")
    assert english is not None
    assert chinese is not None
    assert "not for commercial use; cite Harper and Konstan (2015)" in english.text
    assert "不得用于商业用途" in chinese.text
    assert english.command == chinese.command == "/movielens"
    (tmp_path / "corpora" / "ml-latest-small").mkdir(parents=True)
    assert offering("en") is None
