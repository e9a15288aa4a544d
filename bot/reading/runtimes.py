"""How long a film may be, as people say it: not too long, under two hours, 90 minutes, hora y media, 两小时以内."""

from __future__ import annotations

import re
from typing import Final

from bot.wanted import Part, span

# Of the starter catalogue's films a half are longer than NOT_LONG, a quarter are SHORT, a tenth LONG, in minutes.
NOT_LONG: Final = 120
SHORT: Final = 100
LONG: Final = 150
# "About" so many minutes is give or take these.
ABOUT: Final = 10
_NUMBERS: Final = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
    **{"una": 1, "dos": 2, "tres": 3, "cuatro": 4},
    **{"一": 1, "一个": 1, "两": 2, "两个": 2, "二": 2, "三": 3, "三个": 3, "四": 4, "四个": 4, "五": 5, "五个": 5},
}
_CHINESE_MINUTES: Final = {"九十": 90, "一百": 100, "一百二十": 120}
_END: Final = r"(?![a-z0-9])"
_HOURS: Final = (
    rf"(?P<hours>[0-9](?:[.,][0-9]+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[\s-]*"
    rf"(?P<half>and a half |个?半)?"
    rf"(?:hours?{_END}|hrs?{_END}|horas?{_END}|h(?:{_END}|(?=[0-5]?[0-9]\s?(?:m|{_END})))|个?小时|个?钟头)"
    rf"(?P<half_behind>\s*and a half|\s*y media|半)?"
    rf"(?:\s*(?:and\s+|y\s+)?(?P<rest>[0-9]{{1,2}})\s*(?:minutes|minutos|mins?|m{_END}|分钟?))?"
    rf"(?:(?<=h)\s?(?P<behind_h>[0-5][0-9]){_END})?"
)
_LENGTH: Final = (
    rf"(?:{_HOURS}|(?P<minutes>[0-9]{{2,3}}|{'|'.join(_CHINESE_MINUTES)})[\s-]*"
    rf"(?:minutes?{_END}|minutos?{_END}|mins?{_END}|分钟)"
    rf"|(?P<hour_and_half>hora y media){_END})"
)
# "1:45" is a length only behind a word for lengths: 3:10 to Yuma is a film.
_LENGTH_OR_CLOCK: Final = rf"(?:{_LENGTH}|(?P<clock>[0-4]:[0-5][0-9]){_END})"
_PLUS: Final = re.compile(
    rf"(?P<count>[0-9]{{1,3}})\s*\+\s*(?:(?P<hours>hours?|hrs?|h|horas?)|minutes?|minutos?|mins?){_END}"
)
_MOST: Final = (
    r"<=?|≤|at most|"
    r"no (?:more|longer) than|not (?:more|longer) than|not over|under|less than|shorter than|within|below|"
    r"up to|max(?:imum)?|fits? in(?:to)?|"
    r"(?:que )?no (?:pase|pasen|supere|superen|dure|duren)(?: (?:de|mas de))?|no mas de|menos de|como maximo|"
    r"como mucho|a lo sumo|maximo|hasta|"
    r"不要?超过|别超过|不到|少于|短于|最多"
)
_LEAST: Final = (
    r">=?|≥|mas de|al menos|por lo menos|como minimo|at least|no less than|over|more than|longer than|above|minimum|"
    r"超过|多于|长于|至少|不少于"
)
_BEFORE: Final = re.compile(rf"(?:(?P<most>{_MOST})|(?:{_LEAST}))\s*{_LENGTH_OR_CLOCK}(?:\s*long{_END})?")
_BEHIND: Final = re.compile(
    rf"{_LENGTH_OR_CLOCK}\s*"
    rf"(?:(?P<most>or (?:less|shorter)|max(?:imum)?|tops|o menos|(?:de |como )?maximo|como mucho|a lo sumo|"
    rf"以内|之内|以下|内)"
    rf"|(?:or (?:more|longer)|o mas|como minimo|al menos|por lo menos|plus|\+|以上|起))"
)
_ABOUT: Final = re.compile(
    rf"(?:(?:about|around|roughly|unas?|unos|mas o menos|sobre|大约|大概|差不多)\s*)?"
    rf"{_LENGTH}(?:\s*(?:long{_END}|左右|长))?"
)
# The first number is of the unit that the last one names.
_RANGE: Final = re.compile(
    rf"(?:(?:from|between|entre|de)\s+)?(?P<least>[0-9]{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    rf"\s*(?:to|and|or|a|y|o|u|-|–|~|到|至)\s*{_LENGTH}"
)
_SHORT: Final = re.compile(rf"(?:short|shorter|brief|cort[oa]s?|cortit[oa]s?|breves?){_END}|短(?:一点|点|一些|些|的)")
# Enough behind a word that turns away alone: 别太长.
_BARE_LONG: Final = re.compile(r"长(?!镜头|城|大)")
_BARE_SHORT: Final = re.compile(r"短(?!片)")
_LONG: Final = re.compile(
    rf"(?:long|longer|lengthy|larg[oa]s?){_END}|(?:时间|时长|片长)?(?:太长|很长|超长|长(?:一点|点|一些|些|片|的))"
)


def read_runtime(text: str, at: int, *, is_not: bool) -> tuple[Part, int] | None:
    """Return the runtime that a text, in lower case, asks for at a place, and where it ends; None where it does not.

    Args:
        is_not: whether what follows is said not to be wanted: of "not too long" what is asked is at most two hours.
    """
    found = _RANGE.match(text, at)
    if found and (least := _least(found)) < (most := _minutes(found)):
        return span("runtime", least, most), found.end()
    if plus := _PLUS.match(text, at):
        return _side(int(plus["count"]) * (60 if plus["hours"] else 1), is_most=is_not), plus.end()
    for bound in (_BEFORE, _BEHIND):
        if found := bound.match(text, at):
            return _side(_minutes(found), is_most=bool(found["most"]) != is_not), found.end()
    if found := _ABOUT.match(text, at):
        minutes = _minutes(found)
        return span("runtime", max(0, minutes - ABOUT), minutes + ABOUT), found.end()
    if found := _SHORT.match(text, at) or (_BARE_SHORT.match(text, at) if is_not else None):
        return _side(SHORT, is_most=not is_not), found.end()
    if found := _LONG.match(text, at) or (_BARE_LONG.match(text, at) if is_not else None):
        return _side(NOT_LONG if is_not else LONG, is_most=is_not), found.end()
    return None


def _side(minutes: int, *, is_most: bool) -> Part:
    return span("runtime", None, minutes) if is_most else span("runtime", minutes, None)


def _least(found: re.Match[str]) -> int:
    number = _NUMBERS.get(found["least"]) or int(found["least"])
    return number * 60 if found["hours"] else number


def _minutes(found: re.Match[str]) -> int:
    if found["hour_and_half"]:
        return 90
    if found["minutes"]:
        return _CHINESE_MINUTES.get(found["minutes"]) or int(found["minutes"])
    if clock := found.groupdict().get("clock"):
        return int(clock[0]) * 60 + int(clock[2:])
    hours = _NUMBERS.get(found["hours"]) or float(found["hours"].replace(",", "."))
    half = 30 if found["half"] or found["half_behind"] else 0
    return int(hours * 60) + half + int(found["rest"] or found["behind_h"] or 0)
