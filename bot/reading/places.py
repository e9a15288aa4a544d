"""Where people say they are: a city, a country, a zone by name or letters, an offset from UTC; in every language."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.languages import LOCALE_OF
from bot.reading.zone_letters import ZONE_LETTERS
from bot.zones import KNOWN_OFFSETS, OFFERED, city_names, same_clocks, today_name, zone_names

# Nobody types a longer place, its country behind it.
LONGEST: Final = 60
_ALIKE: Final = 86  # of a hundred: one slip in seven letters
_SHORTEST_MISSPELT: Final = 5
_SHORTEST_SLIP: Final = 6
_CONTINENTS: Final = frozenset(
    {*("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia"), *("Europe", "Indian", "Pacific")}
)
# Parts of zones' names that are no places by themselves.
_NO_PLACES: Final = frozenset({"north", "south", "west", "center", "easter island"})
_OFFSET: Final = re.compile(
    r"(?:(?:utc|gmt)\s*(?P<sign>[+\-−–]?)|(?P<bare>[+\-−–]))\s*"
    r"(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2})|(?P<part>\.\d{1,2}))?(?:\s*(?:h|hours?))?"
)
_UTC: Final = re.compile(r"utc|gmt|zulu|utc[+\-]?0|gmt[+\-]?0|世界时|协调世界时|零时区|格林威治|格林尼治")
_CHINESE_OFFSET: Final = re.compile(r"(?P<side>[东西])(?P<hours>十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])时?区")
CHINESE_NUMBERS: Final = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
_SHORT_NAMES: Final = {"usa": "US", "us": "US", "america": "US", "uae": "AE", "nz": "NZ", "burma": "MM"}
_BEFORE: Final = re.compile(
    r"^(?:(?:i'?m|i am|i live|we are|we're|it'?s|living|based|here|currently|estoy|vivo|vivimos)\s+)*"
    r"(?:(?:in|at|near|from|to|en|cerca de)\s+)?(?:the\s+)?"
    r"|^(?:我?现?在|我?住在|我是)+"
)
_BEHIND: Final = re.compile(
    r"\s*(?:(?:standard|daylight|summer|local)?\s*time(?:\s*zone)?|city)$|(?:标准|夏令|当地)?(?:时间|时区)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody's clock may be: one of some zones, or an offset; nothing where no place was meant."""

    zones: tuple[str, ...] = ()
    offset: timedelta | None = None

    def __bool__(self) -> bool:
        return bool(self.zones) or self.offset is not None


NOWHERE: Final = Place()


def read_place(text: str, now: datetime) -> Place:
    """Return where somebody says they are; several zones where clocks there differ within a year from now."""
    exact = text.strip()
    if exact in zone_names() and "/" in exact:
        return Place((exact,))
    said = unicodedata.normalize("NFKC", text).strip(" .!?。！？\t\n").lower()
    if not said or len(said) > LONGEST:
        return NOWHERE
    offset = _read_offset(said)
    if offset is not None:
        return Place(offset=offset) if KNOWN_OFFSETS[0] <= offset <= KNOWN_OFFSETS[1] else NOWHERE
    for part in (*_parts(said), *_behind_countries(said)):
        if zones := _places().get(_key(part)):
            return Place(_distinct(zones, now))
    return NOWHERE


def guess_place(text: str, now: datetime) -> Place:
    """Return the place that a misspelt name is most like; nothing where none is near."""
    said = _key(text.lower())
    if not _SHORTEST_MISSPELT <= len(said) <= LONGEST:
        return NOWHERE
    near = _alike(said)
    return Place(_distinct(_places()[near], now)) if near else NOWHERE


def _alike(said: str) -> str | None:
    """Return the nearest name, if any is near; in a short one a slip is one letter, or two that changed places."""
    names = _places().keys()
    if near := process.extractOne(said, names, scorer=fuzz.ratio, score_cutoff=_ALIKE):
        return near[0]
    slip = process.extractOne(said, names, scorer=OSA.distance, score_cutoff=1) if len(said) >= _SHORTEST_SLIP else None
    return slip[0] if slip else None


def _read_offset(said: str) -> timedelta | None:
    if _UTC.fullmatch(said.replace(" ", "")):
        return timedelta(0)
    if found := _CHINESE_OFFSET.search(said):
        hours = CHINESE_NUMBERS.get(found["hours"]) or int(found["hours"])
        return timedelta(hours=hours if found["side"] == "东" else -hours)
    found = _OFFSET.fullmatch(said)
    if found is None:
        return None
    away = timedelta(hours=int(found["hours"]) + float(found["part"] or 0), minutes=int(found["minutes"] or 0))
    return away if (found["sign"] or found["bare"] or "+") == "+" else -away


def _parts(said: str) -> Iterator[str]:
    """Yield the text, then less and less of it: "I'm in Berlin, Germany", "Berlin, Germany", "Berlin"."""
    bare = _BEHIND.sub("", _BEFORE.sub("", said))
    first, _, rest = (part.strip() for part in re.sub("[，、(（/]", ",", bare).partition(","))
    yield from dict.fromkeys(
        (said, bare, first, f"{first} {rest}".strip(), bare.removesuffix("市"), first.split(" - ")[0])
    )


def _behind_countries(said: str) -> Iterator[str]:
    """Yield what stands behind a place in a text without blanks: 北京 of 中国北京."""
    bare = _BEFORE.sub("", said)
    ends = range(2, min(len(bare) - 1, 8)) if not bare.isascii() else ()
    yield from (bare[end:] for end in ends if _key(bare[:end]) in _places())


def _distinct(zones: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Return one zone of each that differ, those that buttons offer before others."""
    groups = same_clocks(zones, now)
    if len(groups) == 1:
        return zones[:1]
    found = [min(group, key=_offered_place) for group in groups]
    return tuple(sorted(found, key=_offered_place))


def _offered_place(zone: str) -> int:
    return OFFERED.index(zone) if zone in OFFERED else len(OFFERED)


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Return every name of a place with its zones; what is named first wins."""
    found: dict[str, tuple[str, ...]] = {}
    for name, zones in (*_letters(), *_cities(), *_zone_cities(), *_countries()):
        if key := _key(name):
            found.setdefault(key, zones)
    return found


def _letters() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ZONE_LETTERS.items()


def _cities() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the cities that no zone is named after."""
    text = files(__package__).joinpath("cities.csv").read_text(encoding="utf-8")
    for zone, names, chinese in list(csv.reader(text.splitlines()))[1:]:
        for name in (*names.split("|"), *chinese.split("|")):
            yield name, (zone,)


def _zone_cities() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the cities that zones are named after, and the zones' full names, in every language."""
    for zone in sorted(zone_names(), key=lambda name: (name != today_name(name), name)):
        yield zone, (today_name(zone),)
        continent, _, city = zone.partition("/")
        if continent in _CONTINENTS and city.rpartition("/")[2].lower() not in _NO_PLACES:
            yield city.rpartition("/")[2], (today_name(zone),)
    for language in LOCALE_OF:
        for zone, name in city_names(language).items():
            yield name, (zone,)


def _countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every country with its zones, the offered ones first."""
    # Imported here: reading locales takes time that only who asks for a place should spend.
    from babel import Locale
    from babel.core import get_global

    zones_of: Mapping[str, list[str]] = get_global("territory_zones")
    for locale in map(Locale.parse, LOCALE_OF.values()):
        for code, name in locale.territories.items():
            zones = [today_name(zone) for zone in zones_of.get(code, ()) if today_name(zone) in zone_names()]
            if zones:
                yield name, _one_people(zones)
    for name, code in _SHORT_NAMES.items():
        yield name, _one_people([today_name(zone) for zone in zones_of[code]])


def _one_people(zones: Sequence[str]) -> tuple[str, ...]:
    """Return a country's zones; all China but a few lives by one clock."""
    return ("Asia/Shanghai",) if "Asia/Shanghai" in zones else tuple(zones)


def _key(text: str) -> str:
    """Return a name without accents, case and signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’.]", "", letters)).split())
