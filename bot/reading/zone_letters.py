"""What people call time zones by letters and words: EST, Pacific time, 东八区; the zones that each may mean."""

from __future__ import annotations

from typing import Final

# Who says EST means what the clocks of that place show, in summer too.
ZONE_LETTERS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("est", "edt", "et", "est5edt", "eastern", "eastern us", "美东", "美国东部"), ("America/New_York",)
    ),
    **dict.fromkeys(("cdt", "ct", "cst6cdt", "central us", "美中", "美国中部"), ("America/Chicago",)),
    **dict.fromkeys(("mdt", "mt", "mst7mdt", "mountain", "美国山地"), ("America/Denver",)),
    **dict.fromkeys(("pst", "pdt", "pt", "pst8pdt", "pacific", "美西", "美国西部"), ("America/Los_Angeles",)),
    "mst": ("America/Denver", "America/Phoenix"),
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "central": ("America/Chicago", "Europe/Berlin"),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ast": ("America/Halifax", "America/Puerto_Rico"),
    "adt": ("America/Halifax",),
    **dict.fromkeys(("nst", "ndt"), ("America/St_Johns",)),
    **dict.fromkeys(("akst", "akdt"), ("America/Anchorage",)),
    **dict.fromkeys(("hst", "hast"), ("Pacific/Honolulu",)),
    **dict.fromkeys(("wet", "west"), ("Europe/Lisbon",)),
    **dict.fromkeys(("cet", "cest", "met", "mez", "mesz", "mest", "central european"), ("Europe/Berlin",)),
    **dict.fromkeys(("eet", "eest", "eastern european"), ("Europe/Athens",)),
    **dict.fromkeys(("msk", "moscow"), ("Europe/Moscow",)),
    "trt": ("Europe/Istanbul",),
    "gst": ("Asia/Dubai",),
    "pkt": ("Asia/Karachi",),
    "npt": ("Asia/Kathmandu",),
    "ict": ("Asia/Bangkok",),
    "wib": ("Asia/Jakarta",),
    "wita": ("Asia/Makassar",),
    "wit": ("Asia/Jayapura",),
    "pht": ("Asia/Manila",),
    "hkt": ("Asia/Hong_Kong",),
    "sgt": ("Asia/Singapore",),
    "myt": ("Asia/Kuala_Lumpur",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "awst": ("Australia/Perth",),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "acdt": ("Australia/Adelaide",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    **dict.fromkeys(("nzst", "nzdt", "nzt"), ("Pacific/Auckland",)),
    "brt": ("America/Sao_Paulo",),
    "art": ("America/Argentina/Buenos_Aires",),
    "cot": ("America/Bogota",),
    "clt": ("America/Santiago",),
    "wat": ("Africa/Lagos",),
    "cat": ("Africa/Maputo",),
    "eat": ("Africa/Nairobi",),
    "sast": ("Africa/Johannesburg",),
}
