"""People of films by what they are called: in full, by the last name where that is plain, and in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set
from typing import Final

from bot.catalogue.starter import load_chinese_names

# Who made or played in fewer films is not meant by the last name alone.
FEWEST_BY_LAST_NAME: Final = 4
_SHORTEST_LAST_NAME: Final = 5
_MOST_WORDS: Final = 5
_MOST_SIGNS: Final = 14
# Last names that are words, which mean something else more often.
_WORDS: Final = re.compile(
    "stone|black|brown|white|young|king|moore|banks|brooks|fields|foster|gibson|glover|grant|hunter|jordan|"
    "knight|marshall|miller|mills|night|parker|price|reed|rivers|short|smith|spring|story|taylor|turner|"
    "waters|winter|wright|world|fisher|baker|mason|cross|rush|mann|cage|penn|pitt|crowe|hart|holly|woods|"
    "stewart|powers|harris|martin|allen|scott|james"
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
            if named := chinese.get(name):
                self._by_name.setdefault(named, name)
        for name in sorted(films_of, key=lambda name: (name not in directors, -films_of[name], name)):
            for last in (_last_name(name), chinese.get(name, "").rpartition("·")[2]):
                if _is_plain(last, films_of[name]):
                    self._by_name.setdefault(last, name)

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

    def _chinese_at(self, text: str, at: int) -> tuple[str, int] | None:
        for length in range(_MOST_SIGNS, 1, -1):
            person = self._by_name.get(text[at : at + length]) if at + length <= len(text) else None
            if person:
                return person, at + length
        return None


def fold_signs(text: str) -> str:
    """Return a text without accents, each sign in its place."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text)


def _is_plain(name: str, films: int) -> bool:
    """Tell whether a single name means its bearer."""
    return films >= FEWEST_BY_LAST_NAME and len(name) >= 2 and not _WORDS.fullmatch(name)


def _last_name(name: str) -> str:
    last = fold_signs(name.casefold()).rpartition(" ")[2]
    return last if len(last) >= _SHORTEST_LAST_NAME else ""
