"""The zones that buttons carry."""

from bot.messages import load_words
from bot.zones import OFFERED, zone_names


def test_every_zone_offered_is_one_and_stands_once() -> None:
    assert set(OFFERED) <= zone_names()
    assert len(set(OFFERED)) == len(OFFERED)


def test_every_language_has_a_dozen_to_begin_with() -> None:
    for words in load_words().values():
        assert len(set(words.several("digest.zones")) & set(OFFERED)) == len(words.several("digest.zones")) == 12


def test_no_zone_moves() -> None:
    assert (OFFERED[0], OFFERED[12], OFFERED[79], OFFERED[83]) == (
        "Europe/London",
        "Asia/Shanghai",
        "Asia/Gaza",
        "America/Caracas",
    )
