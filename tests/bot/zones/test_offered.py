"""The zones that buttons carry."""

from bot.messages import LANGUAGES
from bot.zones import OFFERED, first_offered, zone_names


def test_every_zone_offered_is_one_and_stands_once() -> None:
    assert set(OFFERED) <= zone_names()
    assert len(set(OFFERED)) == len(OFFERED)


def test_every_language_has_a_dozen_to_begin_with() -> None:
    assert all(len(set(first_offered(language))) == 12 for language in LANGUAGES)


def test_no_zone_moves() -> None:
    assert (OFFERED[0], OFFERED[12], OFFERED[79]) == ("Europe/London", "Asia/Shanghai", "Asia/Gaza")
