"""Films as the endpoint's answers tell them: the lines of an answer gathered into one value for every item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue.wikidata.endpoint import Binding
from bot.catalogue.wikidata.genres import our_genres
from bot.facts import FilmFacts

_ITEM: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]{0,11})")
_IMDB: Final = re.compile(r"tt[0-9]{7,12}")
_TIME: Final = re.compile(r"\+?([0-9]{4})-([0-9]{2})-([0-9]{2})T")
# How exact a time is: 9 to the year, 11 to the day (Wikibase, RDF Dump Format).
_TO_THE_YEAR, _TO_THE_DAY = 9, 11
# Minutes of each unit that durations are given in.
_MINUTES: Final = {"Q7727": 1.0, "Q25235": 60.0, "Q11574": 1 / 60}
_LONGEST_MIN: Final = 1200
_FIRST_YEAR: Final = 1888
# What counts as a whole evening's film where several durations are given.
_FEATURE_MIN: Final = 40
_MOST_CAST, _MOST_DIRECTORS, _MOST_COUNTRIES, _MOST_TITLES = 5, 3, 3, 4
# What the catalogue stores; no title or name of a film's people is longer.
_LONGEST_TITLE, _LONGEST_NAME = 400, 120
_MAINLAND: Final = ("zh-cn", "zh-hans", "zh-sg", "zh-my", "zh")
_ELSEWHERE: Final = ("zh-tw", "zh-hk", "zh-hant", "zh")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3041-\u30fa]")
_LAST: Final = 10**6


@dataclass(frozen=True, slots=True)
class Item:
    """A film of Wikidata; what is not said is empty or None.

    Attributes:
        name: its English name, else the one that it has in every language, else a title of its own.
        names: that name and all others in English, in every language and its own.
        own_titles: its titles in the languages it was made in.
        year: of its first publication.
        released_on: the first day of publication that is known to the day, as "2026-11-05".
        genres: ours.
        facts: the rest.
    """

    wikidata_id: str
    name: str
    names: tuple[str, ...]
    own_titles: tuple[str, ...]
    year: int | None
    released_on: str
    imdb_ids: tuple[str, ...]
    genres: tuple[str, ...]
    facts: FilmFacts


def read_items(lines: Iterable[Binding]) -> dict[str, list[Item]]:
    """Return the items of an answer by what was asked for: an id of Wikidata or IMDb, or a title."""
    by_item: dict[str, dict[str, list[_Said]]] = {}
    asked_for: dict[str, dict[str, None]] = {}
    for line in lines:
        item, key = _item_id(line, "film"), _text(line, "key")
        if not item or "value" not in line or line["value"]["type"] == "bnode":
            continue
        asked_for.setdefault(_item_id(line, "asked") or _text(line, "asked"), {})[item] = None
        by_item.setdefault(item, {}).setdefault(key, []).append(_said(line))
    items = {item: _gather(item, said) for item, said in by_item.items()}
    return {asked: [items[item] for item in found] for asked, found in asked_for.items()}


def read_ids(lines: Iterable[Binding]) -> list[str]:
    """Return the ids of the films that an answer names, in the order of their numbers."""
    found = {_item_id(line, "film") for line in lines} - {""}
    return sorted(found, key=lambda item: int(item[1:]))


@dataclass(frozen=True, slots=True)
class _Said:
    """One line: a value in its language, of what, its place and how well known it is."""

    value: str
    lang: str
    of: str
    order: int
    fame: int


def _said(line: Binding) -> _Said:
    return _Said(
        value=_clean(_text(line, "value")),
        lang=line["value"].get("lang", "").lower(),
        of=_item_id(line, "of"),
        order=_number(_text(line, "order"), _LAST),
        fame=_number(_text(line, "fame"), 0),
    )


def _gather(item: str, said: dict[str, list[_Said]]) -> Item:
    labels = {one.lang: one.value[:_LONGEST_TITLE] for one in said.get("label", []) if one.value}
    titles = tuple(dict.fromkeys(one.value[:_LONGEST_TITLE] for one in said.get("title", []) if one.value))
    name = labels.get("en") or labels.get("mul") or next(iter(titles), "")
    year, released_on = _published(said.get("date", []))
    zh_title = next((labels[code] for code in _MAINLAND if _is_chinese(labels.get(code, ""))), None)
    others = [labels[code] for code in _ELSEWHERE if _is_chinese(labels.get(code, ""))]
    facts = FilmFacts(
        wikidata_id=item,
        original_title="" if name in titles else next(iter(titles), ""),
        zh_title=zh_title,
        other_titles=tuple(other for other in dict.fromkeys(others) if other != zh_title)[:_MOST_TITLES],
        directors=_people(said.get("director", []), _MOST_DIRECTORS),
        cast=_people(said.get("cast", []), _MOST_CAST),
        countries=_countries(said.get("country", [])),
        runtime_min=_runtime(said.get("runtime", [])),
        sitelinks=max((_number(one.value, 0) for one in said.get("sitelinks", [])), default=None),
    )
    imdb_ids = tuple(sorted({one.value for one in said.get("imdb", []) if _IMDB.fullmatch(one.value)}))
    genres = our_genres(one.value for one in said.get("genre", []))
    names = tuple(dict.fromkeys(text for text in (name, labels.get("mul", ""), *titles) if text))
    return Item(item, name, names, titles, year, released_on, imdb_ids, genres, facts)


def _published(dates: Sequence[_Said]) -> tuple[int | None, str]:
    """Return the first year, and the first day of those that are known to the day."""
    years, days = [], []
    for one in dates:
        found = _TIME.match(one.value)
        if found and _TO_THE_YEAR <= one.order < _LAST and int(found[1]) >= _FIRST_YEAR:
            years.append(int(found[1]))
            if one.order >= _TO_THE_DAY:
                days.append("-".join(found.groups()))
    return min(years, default=None), min(days, default="")


def _runtime(lengths: Sequence[_Said]) -> int | None:
    """Return the shortest length of a feature in minutes: longer ones are later cuts."""
    minutes = []
    for one in lengths:
        try:
            length = round(float(one.value) * _MINUTES.get(one.of, 0.0))
        except (ValueError, OverflowError):
            continue
        if 0 < length <= _LONGEST_MIN:
            minutes.append(length)
    return min((length for length in minutes if length >= _FEATURE_MIN), default=max(minutes, default=None))


def _people(said: Sequence[_Said], most: int) -> tuple[str, ...]:
    """Return names by their place where one is given, then the best known first; a name in English before any."""
    names: dict[str, _Said] = {}
    for one in said:
        if one.value and one.of and (one.of not in names or one.lang == "en"):
            names[one.of] = one
    ordered = sorted(names.items(), key=lambda entry: (entry[1].order, -entry[1].fame, int(entry[0][1:])))
    return tuple(dict.fromkeys(one.value[:_LONGEST_NAME] for _, one in ordered))[:most]


def _countries(said: Sequence[_Said]) -> tuple[str, ...]:
    codes = (one.value.upper() for one in said)
    return tuple(dict.fromkeys(code for code in codes if re.fullmatch("[A-Z]{2}", code)))[:_MOST_COUNTRIES]


def _is_chinese(text: str) -> bool:
    """Tell that a text is in Chinese characters; a title in Latin letters, or in kana, is none of Chinese."""
    return bool(_HAN.search(text)) and not _KANA.search(text)


def _item_id(line: Binding, name: str) -> str:
    """Return the id of an item; nothing for a value that is unknown, which has an address of another kind."""
    found = _ITEM.fullmatch(_text(line, name))
    return found[1] if found else ""


def _text(line: Binding, name: str) -> str:
    return line[name]["value"] if name in line else ""


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else otherwise


def _clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
