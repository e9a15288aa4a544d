"""What the places of zones are called."""

import pytest

from bot.languages import LOCALE_OF
from bot.zones import city_of, zone_names


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("America/New_York", "New York", "纽约"),
        ("Asia/Kolkata", "Kolkata", "加尔各答"),
        ("Asia/Calcutta", "Calcutta", "加尔各答"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "布宜诺斯艾利斯"),
    ],
)
def test_a_city_is_called_as_people_call_it(zone: str, english: str, chinese: str) -> None:
    assert (city_of(zone, "en"), city_of(zone, "zh")) == (english, chinese)


def test_every_zone_is_called_something_in_every_language() -> None:
    assert all(city_of(zone, language) for zone in zone_names() for language in LOCALE_OF)
