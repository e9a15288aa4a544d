"""An hour of the day in words: "at 7 pm", "19:00", 晚上八点, "a las 9 de la noche"."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.places import CHINESE_NUMBERS

_NUMBERS: Final = {**CHINESE_NUMBERS, "两": 2, "零": 0}
_NAMED: Final = {"noon": 12, "midday": 12, "midnight": 0, "mediodía": 12, "mediodia": 12, "medianoche": 0}
_TIME: Final = re.compile(
    r"(?<![\w+\-−–:.])(?:(?:at|by|around|about|@|a las?|las?)\s*)?(?<![\w+\-−–:.])"
    r"(?:(?P<hour>[01]?[0-9]|2[0-4])(?:(?:[:.]|\s?h)(?P<minutes>[0-5][0-9])|\s?h(?:oras?|ours?|rs?)?\b)?"
    r"\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|de la (?:mañana|manana|tarde|noche)|o'?clock)?"
    rf"|(?P<named>{'|'.join(_NAMED)}))(?![\w:])"
)
_CHINESE: Final = re.compile(
    r"(?P<half>早上|上午|早晨|清晨|凌晨|中午|下午|傍晚|晚上|夜里|晚)?的?\s*"
    r"(?:(?<![0-9+:-])(?P<hour>[01]?[0-9]|2[0-4]|十[一二]?|[一二三四五六七八九两零])\s*(?:[点點时時][整钟鐘]?"
    r"(?P<minutes>半|[一三]刻|[0-5]?[0-9]分?)?|:(?P<after>[0-5][0-9]))|(?P<named>正午|午夜|半夜))"
)
# Hours in words, where another word says that they are hours.
_SPELT: Final = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7},
    **{"ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12},
}
_HOUR_IN_WORDS: Final = re.compile(
    rf"(?:(?<=\bat )|(?<=\blas )|(?<=\bla ))(?P<behind>{'|'.join(_SPELT)})\b"
    rf"|\b(?P<before>{'|'.join(_SPELT)})(?=\s*(?:a\.?m\b|p\.?m\b|o'?clock|de la (?:mañana|manana|tarde|noche)))"
)
_MINUTES_IN_WORDS: Final = re.compile(
    r"\b(?:half|(?:a )?quarter) (?:past|to) \S+|\b(?:a )?las? \S+ (?:y|menos) (?:media|cuarto)\b"
)
_LATER: Final = ("p", "de la tarde", "de la noche", "下午", "傍晚", "晚", "夜")


def read_hour(text: str) -> tuple[int | None, str] | None:
    """Return the hour that a text names, and the text without it; None where it names no time.

    The hour is None where minutes are named, or more hours than there are.

    Args:
        text: in lower case.
    """
    text = text.replace("：", ":")
    if found := _MINUTES_IN_WORDS.search(text):
        return None, f"{text[: found.start()]} {text[found.end() :]}".strip()
    text = _HOUR_IN_WORDS.sub(lambda one: str(_SPELT[one["behind"] or one["before"]]), text)
    found = (None if text.isascii() else _CHINESE.search(text)) or _TIME.search(text)
    if found is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    parts = found.groupdict()
    if named := parts["named"]:
        return (_NAMED.get(named, 12 if named == "正午" else 0), rest)
    minutes = parts["minutes"] or parts.get("after") or "0"
    if minutes.strip("0分"):
        return None, rest
    hour = int(parts["hour"]) if parts["hour"].isascii() else _NUMBERS[parts["hour"]]
    return _of_day(hour, parts["half"] or ""), rest


def _of_day(hour: int, half: str) -> int | None:
    """Return an hour of 24, by the half of the day that is named with it."""
    if half.startswith("中午"):
        return 12 if hour in (0, 12) else hour + 12 if hour < 3 else hour
    if half.startswith(_LATER):
        return hour + 12 if hour < 12 else hour if hour > 12 or half.startswith(("p", "de la tarde", "下午")) else 0
    return 0 if hour == 24 or (hour == 12 and half and not half.startswith("o")) else hour
