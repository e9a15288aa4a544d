"""The zones that buttons can carry, by number: a zone may be added at the end, and none may ever move."""

from __future__ import annotations

from typing import Final

OFFERED: Final = (
    *("Europe/London", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Los_Angeles", "America/Sao_Paulo", "Africa/Lagos", "Asia/Kolkata", "Asia/Singapore"),
    *("Asia/Tokyo", "Australia/Sydney", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei"),
    *("Asia/Kuala_Lumpur", "Europe/Paris", "America/Toronto", "America/Vancouver", "America/Phoenix"),
    *("America/Anchorage", "Pacific/Honolulu", "America/St_Johns", "America/Halifax", "America/Winnipeg"),
    *("America/Regina", "America/Edmonton", "America/Mexico_City", "America/Cancun", "America/Hermosillo"),
    *("America/Tijuana", "America/Manaus", "America/Rio_Branco", "America/Noronha", "Europe/Moscow"),
    *("Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk"),
    *("Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"),
    *("Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Australia/Perth", "Australia/Lord_Howe"),
    *("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Madrid", "Atlantic/Canary"),
    *("Europe/Lisbon", "Atlantic/Azores", "America/Santiago", "Pacific/Easter", "America/Punta_Arenas"),
    *("America/Guayaquil", "Pacific/Galapagos", "Africa/Kinshasa", "Africa/Lubumbashi", "Asia/Ulaanbaatar"),
    *("Asia/Hovd", "Asia/Urumqi", "Pacific/Auckland", "Pacific/Chatham", "Asia/Jerusalem"),
    *("Europe/Dublin", "America/Puerto_Rico", "Asia/Dhaka", "Pacific/Tarawa", "Pacific/Kiritimati"),
    *("Pacific/Kanton", "Pacific/Port_Moresby", "Pacific/Bougainville", "America/Nuuk", "Asia/Gaza"),
)
# What is offered before anybody has said where they are; a language's most likely places come first.
_FIRST: Final = {
    "en": (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    "zh": (12, 13, 14, 9, 15, 10, 11, 0, 16, 2, 5, 18),
}


def first_offered(language: str) -> tuple[str, ...]:
    """Return the zones to offer somebody of whom only the language is known."""
    return tuple(OFFERED[number] for number in _FIRST[language])
