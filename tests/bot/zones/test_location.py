"""Time zones of places on the map, whose borders none of the cities tells."""

import pytest

from bot.zones import zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (-34.93, 138.60, "Australia/Adelaide"),
        (27.72, 85.32, "Asia/Kathmandu"),
        (-31.55, 159.08, "Australia/Lord_Howe"),
        (32.72, -117.16, "America/Los_Angeles"),  # nearer to Tijuana
        (0.0, -30.0, "Etc/GMT+2"),  # at sea
    ],
)
def test_a_place_has_the_zone_that_it_is_in(latitude: float, longitude: float, zone: str) -> None:
    assert zone_at(latitude, longitude) == zone
