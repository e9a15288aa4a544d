"""Where people say they are: cities, countries, letters and offsets, in every language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reading.places import guess_place, read_place
from bot.zones import KNOWN_OFFSETS, OFFERED, zone_names

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        *(("中国北京", "Asia/Shanghai"), ("德国柏林", "Europe/Berlin"), ("我在美国纽约", "America/New_York")),
        *(("U.K.", "Europe/London"), ("Burma", "Asia/Yangon"), ("Den Haag", "Europe/Amsterdam")),
        *(("Chicago", "America/Chicago"), ("chicago ", "America/Chicago"), ("芝加哥", "America/Chicago")),
        *(("上海", "Asia/Shanghai"), ("北京", "Asia/Shanghai"), ("上海市", "Asia/Shanghai"), ("广州", "Asia/Shanghai")),
        *(("Sao Paulo", "America/Sao_Paulo"), ("São Paulo", "America/Sao_Paulo"), ("圣保罗", "America/Sao_Paulo")),
        *(("Berlin, Germany", "Europe/Berlin"), ("I'm in Munich", "Europe/Berlin"), ("慕尼黑", "Europe/Berlin")),
        *(("Mumbai", "Asia/Kolkata"), ("San Francisco", "America/Los_Angeles"), ("St. Petersburg", "Europe/Moscow")),
        *(("Adelaide", "Australia/Adelaide"), ("Kathmandu", "Asia/Kathmandu"), ("Lord Howe", "Australia/Lord_Howe")),
        *(
            ("Germany", "Europe/Berlin"),
            ("德国", "Europe/Berlin"),
            ("中国", "Asia/Shanghai"),
            ("India", "Asia/Kolkata"),
        ),
        *(("EST", "America/New_York"), ("Pacific time", "America/Los_Angeles"), ("CET", "Europe/Berlin")),
        *(("北京时间", "Asia/Shanghai"), ("我在东京", "Asia/Tokyo"), ("美东时间", "America/New_York")),
        *(("estoy en Ciudad de México", "America/Mexico_City"), ("Nueva York", "America/New_York")),
        *(("Vivo cerca de Bogotá", "America/Bogota"), ("Alemania", "Europe/Berlin")),
        *(("Buenos Aires", "America/Argentina/Buenos_Aires"), ("Kiev", "Europe/Kyiv"), ("Doha", "Asia/Qatar")),
    ],
)
def test_a_place_has_its_zone(text: str, zone: str) -> None:
    assert read_place(text, NOW).zones == (zone,)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("UTC", 0), ("GMT", 0), ("GMT+8", 8), ("gmt +8", 8), ("UTC+05:30", 5.5), ("UTC-3:30", -3.5), ("+0545", 5.75)),
        *(("UTC+5.5", 5.5), ("UTC8", 8), ("−3", -3), ("UTC+14", 14), ("UTC-12", -12), ("东八区", 8), ("西五区", -5)),
        ("东十二区", 12),
    ],
)
def test_an_offset_is_read_in_any_writing(text: str, hours: float) -> None:
    assert read_place(text, NOW).offset == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", ["UTC+15", "UTC-13", "Heat", "The Matrix", "", "!!!", "🙂", "14:03", "8", "x" * 4096, "巴黎圣母院"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert not read_place(text, NOW)
    assert not guess_place(text, NOW)


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("USA", {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"}),
        ("澳大利亚", {"Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
    ],
)
def test_of_several_clocks_each_is_offered(text: str, some: set[str]) -> None:
    assert some <= set(read_place(text, NOW).zones) & set(OFFERED)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        *(("Chicgo", "America/Chicago"), ("Melborne", "Australia/Melbourne"), ("Mumbay", "Asia/Kolkata")),
        ("Lodnon", "Europe/London"),
    ],
)
def test_a_slip_is_forgiven(text: str, zone: str) -> None:
    assert guess_place(text, NOW).zones == (zone,)


def test_every_zone_there_is_can_be_typed() -> None:
    for name in zone_names():
        read = read_place(name, NOW)
        if "/" in name:
            assert read.zones == (name,), name
        else:
            assert read, name  # of a word alone, what it is called today; of letters, whoever says so


def test_no_clock_of_today_is_beyond_the_known_offsets() -> None:
    offsets = {
        NOW.replace(month=month).astimezone(ZoneInfo(name)).utcoffset() for name in zone_names() for month in (1, 7)
    }
    assert all(offset is not None and KNOWN_OFFSETS[0] <= offset <= KNOWN_OFFSETS[1] for offset in offsets)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        *(("CDMX", "America/Mexico_City"), ("Bs As", "America/Argentina/Buenos_Aires"), ("Palma", "Europe/Madrid")),
        *(("東京", "Asia/Tokyo"), ("서울", "Asia/Seoul"), ("首爾", "Asia/Seoul"), ("Москва", "Europe/Moscow")),
        *(("DC", "America/New_York"), ("Prag", "Europe/Prague"), ("Niza", "Europe/Paris")),
    ],
)
def test_cities_are_read_as_people_there_write_them(text: str, zone: str) -> None:
    assert read_place(text, NOW).zones == (zone,)
