"""The years that people ask for: decades, centuries, before, after and between, in English, Chinese and Spanish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The oldest film is of 1888 (Roundhay Garden Scene); what is announced comes within this many years.
FIRST_YEAR: Final = 1888
AHEAD: Final = 2
# What is new, and what is old, where people say no more than that.
NEW_FOR: Final = 5
OLD_BEFORE: Final = 1970
MODERN_SINCE: Final = 2000
# "Around 1985" is give or take so many years.
AROUND: Final = 2
# From the first year of a century to its last.
_CENTURY: Final = 99
_DECADES: Final = {
    **{"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970},
    **{"eighties": 1980, "nineties": 1990, "noughties": 2000, "two thousands": 2000, "two-thousands": 2000},
}
_SPANISH_DECADES: Final = {
    **{"dos mil": 2000, "cincuenta": 1950, "sesenta": 1960, "setenta": 1970, "ochenta": 1980, "noventa": 1990},
    **{f"ochenter{end}": 1980 for end in ("a", "as", "o", "os")},
    **{f"noventer{end}": 1990 for end in ("a", "as", "o", "os")},
}
# Said with "los" or "años" before, for these are numbers of much else: veinte minutos.
_EARLY_SPANISH_DECADES: Final = {"veinte": 1920, "treinta": 1930, "cuarenta": 1940}
_NUMBERS: Final = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{sign: at for at, sign in enumerate("一二三四五六七八九十", 1)},
    **{"两": 2, "few": 3, "couple of": 2, "几": 3, "fifteen": 15, "twenty": 20, "二十": 20, "十五": 15},
}
_SPANISH_NUMBERS: Final = {"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "diez": 10, "quince": 15, "veinte": 20}
# Which years of a decade are its early, middle and late ones.
_THIRDS: Final = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}
_CHINESE_THIRDS: Final = {"初": (0, 3), "早": (0, 3), "中": (4, 6), "末": (7, 9), "后": (7, 9), "晚": (7, 9)}
_CENTURIES: Final = {
    "20": 1900,
    "二十": 1900,
    "上": 1900,
    "上个": 1900,
    "21": 2000,
    "二十一": 2000,
    "本": 2000,
    "这个": 2000,
    "this": 2000,
    "last": 1900,
    "xx": 1900,
    "xxi": 2000,
    "este": 2000,
    "pasado": 1900,
}
_END: Final = r"(?![a-z0-9])"
_PERIOD: Final = (
    rf"(?:the\s+)?(?:(?P<third>early|mid|middle|late)[\s-]+)?(?:the\s+|of the\s+)?"
    rf"(?:(?P<digits>(?:1[89]|20)?[0-9]0)(?:'?s|ies){_END}|(?P<words>{'|'.join(_DECADES)}){_END})"
    rf"|(?:(?P<century>{'|'.join(sorted(_CENTURIES, key=len, reverse=True))})世纪)?"
    rf"(?P<chinese>(?:1[89]|20)?[0-9]0|[一二三四五六七八九]十|零零)年代(?:的)?(?P<chinese_third>[初早中末后晚])?(?:期|段)?"
    rf"|(?P<alone>{'|'.join(sorted(_CENTURIES, key=len, reverse=True))})世纪"
    rf"|(?P<ordinal>20|21)(?:th|st)[\s-]century|(?P<that>this|last)\s+century"
    rf"|(?:del\s+|de\s+)?(?:este\s+siglo|(?:el\s+)?siglo\s+(?P<roman>xxi|xx|pasado)){_END}"
    rf"|(?:(?:de\s+)?los\s+)?anos\s+(?P<spanish>(?:1[89]|20)?[0-9]0){_END}|(?:de\s+)?los\s+(?P<los>[3-9]0|20[0-2]0){_END}"
    rf"|(?:(?:de\s+)?los\s+)?(?:anos\s+)?(?P<spelt>{'|'.join(_SPANISH_DECADES)}){_END}"
    rf"|(?:(?:de\s+)?los\s+(?:anos\s+)?|anos\s+)(?P<early>{'|'.join(_EARLY_SPANISH_DECADES)}){_END}(?!\s+min)"
    rf"|(?:the\s+)?(?:year\s+)?(?P<year>[12][0-9]{{3}})(?:{_END}|(?=年))年?"
    rf"|(?P<this>this year(?:'s)?|(?:el |de )?este ano|今年)|(?P<last>last year(?:'s)?|(?:el |del )?ano pasado|去年)"
    rf"|(?P<decade>(?:this|the current) decade|esta decada|这十年)|'(?P<short>[0-9]{{2}}){_END}"
)
PERIOD: Final = re.compile(_PERIOD)
_OF_DECADES: Final = ("words", "spelt", "early", "digits", "spanish", "los", "chinese")
_BEFORE: Final = re.compile(
    r"(?:<(?!=)|(?:from )?"
    r"(?:before|prior to|earlier than|older than|pre|antes del?|anterior(?:es)? al?|previ[oa]s? al?)[\s-])[\s-]*"
    r"(?:el |la )?(?:ano |decada de )?"
)
_UNTIL: Final = re.compile(r"(?:<=|≤|(?:until|till|up to|by|hasta)\s)\s*(?:el |la )?(?:ano |decada de )?")
_AFTER: Final = re.compile(
    r"(?:>(?!=)|(?:from )?"
    r"(?:after|later than|newer than|younger than|post|despues del?|posterior(?:es)? al?)[\s-])[\s-]*"
    r"(?:el |la )?(?:ano |decada de )?"
)
_SINCE: Final = re.compile(
    r"(?:>=|≥|since|starting (?:from|in|with)|desde|a partir del?|自从?|从(?=[12]))\s*(?:el |la )?(?:ano |decada de )?"
)
_BETWEEN: Final = re.compile(r"(?:between|from|entre|de|del)\s+")
_TO: Final = re.compile(r"\s*(?:-|–|—|~|至|到|(?:to|and|until|till|through|a|al|y|hasta)\b)\s*")
# Between two periods that are both wanted, unless "between" stands before the first.
_BOTH: Final = ("and", "y")
# Two digits alone are years of the last century where two of them stand for a span: del 95 al 99.
_SHORT_SPAN: Final = re.compile(
    rf"(?:del?|entre(?: el)?|from|between)\s+'?(?P<first>[3-9][0-9])\s+(?:al?|y(?: el)?|to|and)\s+"
    rf"'?(?P<last>[3-9][0-9]){_END}(?!\s*(?:min|h|%|anos|years))"
)
_AROUND: Final = ("around", "circa", "hacia", "alrededor", "大约", "大概")
_OF: Final = re.compile(
    r"(?:(?:from|in|of|during|de|del|en|(?:from )?around|circa|hacia|alrededor del?)\s+|大约|大概)(?:el )?(?:ano )?"
)
_BEHIND_BEFORE: Final = re.compile(r"\s*(?:以前|之前|前)")
_BEHIND_AFTER: Final = re.compile(r"\s*(?:以后|之后|以来|至今|起|后)")
_BEHIND_ON: Final = re.compile(
    rf"\s*(?:\+|(?:or|and)\s+(?:later|newer|after|onwards?|up){_END}|onwards?{_END}|en adelante{_END}|"
    rf"on{_END}(?!\s+(?:a|the)\b)|(?:to|until|till|up to|-|–)\s*(?:now|today|date|(?:the )?present){_END}|"
    rf"(?:a|hasta) (?:hoy|ahora){_END}|到现在|到今天|到如今)"
)
_BEHIND_OR_OLDER: Final = re.compile(rf"\s*(?:or|and)\s+(?:older|earlier|before){_END}")
_LAST_YEARS: Final = re.compile(
    rf"(?:(?:of |from |in )?(?:the\s+)?(?:last|past)\s+(?P<number>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})\s+years{_END}"
    rf"|(?:de |en )?(?:los )?ultimos (?P<spanish>[0-9]{{1,2}}|{'|'.join(_SPANISH_NUMBERS)}) anos{_END}"
    rf"|(?:最近|近|过去)(?P<chinese>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})年"
    rf"|(?:of |from |in )?"
    rf"(?P<decade>(?:the\s+)?(?:last|past|previous)\s+decade|(?:de )?la (?:ultima decada|decada pasada)|过去十年)"
    rf"|(?P<within>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})年(?:以|之)?内(?:的)?)"
)
_NEW: Final = re.compile(
    rf"(?:(?:new|recent|latest) releases|just (?:came|come) out|"
    rf"recent|recently|new(?! wave)|newer|newest|latest|recientes?|nuev[oa]s?|actual(?:es)?|lo ultimo|estrenos?|"
    rf"(?:de |en )?(?:los )?ultimos anos){_END}|最近|近年来?|新片|新电影|最新|新出|新的"
)
_OLD: Final = re.compile(
    rf"(?:old|older|oldies|classics?|vintage|antigu[oa]s?|viej[oa]s?|viejitas?|clasic[oa]s?){_END}|老片|老电影|经典|怀旧|老的|古老|老(?=$|[，,。！!])"
)
_MODERN: Final = re.compile(rf"(?:modern|contemporary|modern[oa]s?|contemporane[oa]s?){_END}|现代")


@dataclass(frozen=True, slots=True)
class Years:
    """Years asked for, both ends included, None where there is none.

    Attributes:
        is_bound: said with before, after or the like, so that others narrow it; else others add to it.
        is_vague: said without a number.
    """

    first: int | None
    last: int | None
    is_bound: bool = False
    is_vague: bool = False


def opposite(years: Years) -> Years | None:
    """Return the years that are left where these are not wanted; None where they have two ends, or none."""
    if years.first is None and years.last is not None:
        return Years(years.last + 1, None, years.is_bound, years.is_vague)
    if years.last is None and years.first is not None:
        return Years(None, years.first - 1, years.is_bound, years.is_vague)
    return None


def read_years(text: str, at: int, this_year: int) -> tuple[Years, int] | None:
    """Return the years that a text, in lower case, asks for at a place, and where that ends; None where it does not."""
    for read in (_read_before_it, _read_vague, _read_span, _read_period):
        if found := read(text, at, this_year):
            return found
    return None


def _read_vague(text: str, at: int, this_year: int) -> tuple[Years, int] | None:
    if found := _LAST_YEARS.match(text, at):
        number = found["number"] or found["chinese"] or found["spanish"] or found["within"] or "10"
        count = int(number) if number.isascii() and number.isdigit() else (_NUMBERS | _SPANISH_NUMBERS)[number]
        return Years(this_year - count, None, is_bound=True), found.end()
    for words, years in (
        (_NEW, Years(this_year - NEW_FOR, None, is_vague=True)),
        (_OLD, Years(None, OLD_BEFORE - 1, is_vague=True)),
        (_MODERN, Years(MODERN_SINCE, None, is_vague=True)),
    ):
        if found := words.match(text, at):
            return years, found.end()
    return None


def _read_before_it(text: str, at: int, this_year: int) -> tuple[Years, int] | None:
    """Read a bound that stands before its period: "before 1970"."""
    for words in (_BEFORE, _UNTIL, _AFTER, _SINCE):
        start = words.match(text, at)
        period = _match_period(text, start.end(), this_year) if start else None
        if period:
            (first, last), end = period
            years = {
                _BEFORE: Years(None, first - 1, is_bound=True),
                _UNTIL: Years(None, last, is_bound=True),
                _AFTER: Years(last + 1, None, is_bound=True),
                _SINCE: Years(first, None, is_bound=True),
            }
            return years[words], end
    return None


def _read_span(text: str, at: int, this_year: int) -> tuple[Years, int] | None:
    """Read "between 1970 and 1980", "1970-1980", "1970到1980年"."""
    if short := _SHORT_SPAN.match(text, at):
        first_year, last_year = sorted(1900 + int(short[group]) for group in ("first", "last"))
        return Years(first_year, last_year, is_bound=True), short.end()
    start = _BETWEEN.match(text, at)
    first = _match_period(text, start.end() if start else at, this_year)
    link = _TO.match(text, first[1]) if first else None
    if (
        first is None
        or link is None
        or (link[0].strip() in _BOTH and not (start and start[0].startswith(("between", "entre"))))
    ):
        return None
    last = _match_period(text, link.end(), this_year)
    if last is None:
        return None
    periods = sorted((first[0], last[0]))
    return Years(periods[0][0], periods[1][1], is_bound=True), last[1]


def _read_period(text: str, at: int, this_year: int) -> tuple[Years, int] | None:
    """Read a period, alone or with a bound behind it: "90s", "1970年以前", "from 2010 on"."""
    start = _OF.match(text, at)
    period = _match_period(text, start.end() if start else at, this_year)
    if period is None:
        return None
    (first, last), end = period
    open_end = last - first == _CENTURY and last > this_year
    for words, years in (
        (_BEHIND_BEFORE, Years(None, first - 1, is_bound=True)),
        (_BEHIND_AFTER, Years(first, None, is_bound=True)),
        (_BEHIND_ON, Years(first, None, is_bound=True)),
        (_BEHIND_OR_OLDER, Years(None, last, is_bound=True)),
    ):
        if found := words.match(text, end):
            return years, found.end()
    if start and start[0].startswith(_AROUND) and first == last:
        return Years(first - AROUND, first + AROUND), end
    return Years(first, None if open_end else last), end


def _match_period(text: str, at: int, this_year: int) -> tuple[tuple[int, int], int] | None:
    found = PERIOD.match(text, at)
    if found is None:
        return None
    first, last = _period(found, this_year)
    return ((first, last), found.end()) if FIRST_YEAR - 10 < first <= this_year + AHEAD else None


def _period(found: re.Match[str], this_year: int) -> tuple[int, int]:
    if found["this"] or found["last"]:
        year = this_year if found["this"] else this_year - 1
        return year, year
    if found["decade"]:
        return this_year // 10 * 10, this_year // 10 * 10 + 9
    if found["short"]:
        year = int(found["short"]) + (1900 if int(found["short"]) > (this_year + AHEAD) % 100 else 2000)
        return year, year
    if found["year"]:
        return int(found["year"]), int(found["year"])
    if not any(found[group] for group in _OF_DECADES):
        named = found["alone"] or found["ordinal"] or found["that"] or found["roman"] or "este"
        return _CENTURIES[named], _CENTURIES[named] + _CENTURY
    if word := found["words"] or found["spelt"] or found["early"]:
        start = (_DECADES | _SPANISH_DECADES | _EARLY_SPANISH_DECADES)[word]
    else:
        digits = found["digits"] or found["spanish"] or found["los"] or found["chinese"]
        start = _decade(digits, found["century"])
    third = _THIRDS.get(found["third"] or "") or _CHINESE_THIRDS.get(found["chinese_third"] or "")
    return (start + third[0], start + third[1]) if third else (start, start + 9)


def _decade(digits: str, century: str | None) -> int:
    """Return a decade's first year; of two digits, those from 30 on are of the last century."""
    if digits == "零零":
        return 2000
    number = int(digits) if digits.isascii() else _NUMBERS[digits[0]] * 10
    if number >= 100:
        return number
    return number + (_CENTURIES[century] if century else 1900 if number >= 30 else 2000)
