"""People of films by what they are called: in full, by one name where that is plain, in Chinese, by a nickname."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalogue.starter import load_chinese_names, load_nicknames
from bot.signs import fold_signs

# Who made or played in fewer films is not meant by the last name alone.
FEWEST_BY_LAST_NAME: Final = 4
_SHORTEST_LAST_NAME: Final = 5
# The same by the first name, where nobody else bears it; of Chinese ones, of which more are translated alike.
FEWEST_BY_FIRST_NAME: Final = 7
_FEWEST_BY_CHINESE_FIRST_NAME: Final = 8
_SHORTEST_FIRST_NAME: Final = 5
_MOST_WORDS: Final = 5
# A shorter name with a slip is a word: gardener.
_SHORTEST_SLIP: Final = 8
_MOST_SIGNS: Final = 14
# Last names that are words, which mean something else more often.
_WORDS: Final = re.compile(
    "stone|black|brown|white|young|king|moore|banks|brooks|fields|foster|gibson|glover|grant|hunter|jordan|"
    "knight|marshall|miller|mills|night|parker|price|reed|rivers|short|smith|spring|story|taylor|turner|"
    "waters|winter|wright|world|fisher|baker|mason|cross|rush|mann|cage|penn|pitt|crowe|hart|holly|woods|"
    "stewart|powers|harris|martin|allen|scott|james|bacon|bloom|blunt|bridges|close|columbus|david|driver|field|hannah|"
    "hawks|heard|henry|holland|irons|keener|miles|plummer|rains|sellers|singer|strong|viola|washington|weathers|weaver|"
    "winters"
)
_NAME: Final = re.compile(r"[\w.'-]+(?: [\w.'-]+){0," + str(_MOST_WORDS - 1) + "}")


class PeopleNames:
    """Finds a person's name in a text."""

    def __init__(self, films_of: Mapping[str, int], directors: Set[str]) -> None:
        """Take the people.

        Args:
            films_of: how many films each is known of; of two with one last name who is known of more is meant.
            directors: those of them who made films.
        """
        self._by_name: dict[str, str] = {}
        chinese = load_chinese_names()
        for name in sorted(films_of, key=lambda name: (-films_of[name], name)):
            full = fold_signs(name.casefold())
            if " " in full or _is_plain(full, films_of[name]):
                self._by_name.setdefault(full, name)
            if "-" in full:  # bong joon ho
                self._by_name.setdefault(full.replace("-", " "), name)
            if named := chinese.get(name):
                self._by_name.setdefault(named, name)
        for name in sorted(films_of, key=lambda name: (name not in directors, -films_of[name], name)):
            for last in (_last_name(name), chinese.get(name, "").rpartition("·")[2]):
                if _is_plain(last, films_of[name]):
                    self._by_name.setdefault(last, name)
        for first, name in _first_names(films_of, chinese):
            self._by_name.setdefault(first, name)
        for nickname, name in load_nicknames().items():
            if name in films_of:
                self._by_name.setdefault(nickname, name)

    def at(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the person named at a place of a text in lower case, and where the name ends."""
        signs = fold_signs(text)
        if not signs[at : at + 1].isascii():
            return self._chinese_at(signs, at)
        found = _NAME.match(signs, at)
        words = found[0] if found else ""
        while words:
            for name in (words, words.removesuffix("'s"), words.rstrip(".'-")):
                if person := self._by_name.get(name):
                    return person, at + len(name)
            words = words.rpartition(" ")[0]
        return None

    def misspelt(self, word: str) -> str | None:
        """Return who is meant by a long last name with one slip; None where nobody is."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha():
            return None
        found = process.extractOne(word, self._long_names, scorer=OSA.distance, score_cutoff=1)
        return self._by_name[found[0]] if found else None

    @cached_property
    def _long_names(self) -> list[str]:
        return [name for name in self._by_name if len(name) >= _SHORTEST_SLIP and name.isalpha() and name.isascii()]

    def _chinese_at(self, text: str, at: int) -> tuple[str, int] | None:
        for length in range(_MOST_SIGNS, 1, -1):
            person = self._by_name.get(text[at : at + length]) if at + length <= len(text) else None
            if person:
                return person, at + length
        return None


def _is_plain(name: str, films: int) -> bool:
    """Tell whether a single name means its bearer."""
    return films >= FEWEST_BY_LAST_NAME and len(name) >= 2 and not _WORDS.fullmatch(name)


def _last_name(name: str) -> str:
    last = fold_signs(name.casefold()).rpartition(" ")[2]
    return last if len(last) >= _SHORTEST_LAST_NAME else ""


def _first_names(films_of: Mapping[str, int], chinese: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the first names that mean one person alone, with that person."""
    latin = {name: fold_signs(name.casefold()).partition(" ")[::2] for name in films_of}
    named = [(first, name, FEWEST_BY_FIRST_NAME) for name, (first, last) in latin.items() if last]
    named = [one for one in named if len(one[0]) >= _SHORTEST_FIRST_NAME]
    parts = {name: chinese.get(name, "").partition("·")[::2] for name in films_of}
    named += [(first, name, _FEWEST_BY_CHINESE_FIRST_NAME) for name, (first, last) in parts.items() if last]
    bearers = Counter(first for first, _, _ in named)
    for first, name, fewest in named:
        if bearers[first] == 1 and films_of[name] >= fewest and _is_plain(first, films_of[name]):
            yield first, name
