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
    *("America/Bogota", "America/Lima", "America/Argentina/Buenos_Aires", "America/Caracas"),
)
