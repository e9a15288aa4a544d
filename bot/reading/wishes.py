"""Wishes for a list in plain words, in English and Chinese: what films shall be and shall not be, part by part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from bot.reading.genre_words import GENRE, genres_of, guess_genres, names_genre
from bot.reading.known import NOTHING_KNOWN, Known
from bot.reading.phrases import match_phrase
from bot.reading.runtimes import read_runtime
from bot.reading.said import Said, filters_of, parts_of
from bot.reading.seeds import read_seed
from bot.reading.wish import Wish
from bot.reading.wish_words import (
    AND,
    ASKING,
    BLANK,
    BY,
    FILLER,
    HARSH,
    KIND,
    LISTS_ON,
    MADE_BEHIND,
    MILD,
    NOT,
    NOT_BEHIND,
    NOT_ONE,
    OF,
    OR,
    PLAYED_BEHIND,
    SETTING,
    THAN,
    UNSEEN,
    WANT,
    WITH,
    WORD,
)
from bot.reading.years import Years, opposite, read_years
from bot.wanted import NOTHING_WANTED, Part, Wanted

# Nobody wishes in more words; what is longer is no wish.
LONGEST: Final = 200


def read_wish(text: str, this_year: int, known: Known = NOTHING_KNOWN) -> Wish:
    """Return what a text asks of a list, and what in it was not understood."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = " ".join(plain.split())[:LONGEST]
    reading = _Reading(this_year, known)
    for word, start, end in _pieces(words, reading):
        reading.leave(word, start, end)
    return reading.wish(words)


@dataclass(slots=True)
class _Reading:
    """What was read so far, from left to right."""

    this_year: int
    known: Known
    said: list[Said] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    left: list[tuple[str, int, int]] = field(default_factory=list)
    is_asked: bool = False
    is_either: bool = False
    names_films: bool = False
    # Whether what follows is not wanted, whether that is so of one word alone, what was read last, and what the next
    # person did.
    _is_not: bool = False
    _is_not_one: bool = False
    _lately: str = ""
    _role: str = "person"
    # Whether what follows shall be only less, and whether a name is all that was said.
    _is_mild: bool = False
    _is_bare: bool = True

    def read(self, text: str, at: int) -> int:
        """Read what stands at a place, and return where it ends; the same place where it means nothing."""
        for read in (
            *(self._read_unseen, self._read_seed, self._read_than, self._read_runtime, self._read_not_behind),
            *(self._read_phrase, self._read_not, self._read_person, self._read_asking, self._read_years),
            *(self._read_role, self._read_link),
        ):
            end = read(text, at)
            if end > at:
                return end
        for words in (WANT, KIND, SETTING, OF, FILLER):
            if found := words.match(text, at):
                self._pass_by(words)
                return found.end()
        return at

    def leave(self, word: str, start: int, end: int) -> None:
        """Keep a word that means nothing; a slip in the name of a genre is forgiven."""
        if names := guess_genres(word):
            self._add(Part("genre", names))
        else:
            self.left.append((word, start, end))
            self._is_not, self._lately = False, ""

    def wish(self, text: str) -> Wish:
        filters, are_possible = filters_of(self.said, self.years, is_either=self.is_either)
        parts, fit = parts_of(self.said)
        is_possible = are_possible and fit
        return Wish(
            wanted=Wanted(filters, parts) if is_possible else NOTHING_WANTED,
            unknown=tuple(_joined(text, self.left)) if is_possible else (text.strip(),),
            is_asked=self.is_asked or any(not one.part.is_wanted for one in self.said),
            is_vague=not self.said and bool(self.years) and all(one.is_vague for one in self.years),
            is_bare_genre=names_genre(text.strip()),
            is_bare_year=re.fullmatch(r"\s*[12][0-9]{3}\s*", text) is not None,
            is_bare_name=len(self.said) == 1 and self.said[0].part.kind == "person" and self._is_bare,
            is_bare_part=self._is_bare_part(),
            is_contradictory=not is_possible,
        )

    def _is_bare_part(self) -> bool:
        """Tell whether no more is understood than one thing that a title may say as well."""
        is_alone = len(self.said) == 1 and not self.years and self.said[0].part.kind != "genre"
        return is_alone and not (self.names_films or self.is_asked)

    def _pass_by(self, words: re.Pattern[str]) -> None:
        """Pass by what says nothing; where something else begins, what is wanted begins, too."""
        self.names_films = self.names_films or words is KIND
        if words is WANT or (words in (SETTING, OF) and self._lately != "not"):
            self._is_not = False
        if words is WANT:
            self._role = "person"

    def _read_unseen(self, text: str, at: int) -> int:
        found = UNSEEN.match(text, at)
        if found is None or found.end() == at:
            return at
        self.is_asked = True
        return found.end()

    def _read_seed(self, text: str, at: int) -> int:
        found = read_seed(text, at, self.known)
        if found is None:
            return at
        self.is_asked = True
        self._add(Part("like", (str(found[0]),)))
        self._is_not = False
        return found[1]

    def _read_than(self, text: str, at: int) -> int:
        """Read "shorter" and the like, where a film is named that others shall be like."""
        if self._is_not or all(one.part.kind != "like" for one in self.said):
            return at
        for what, words in THAN.items():
            if found := words.match(text, at):
                self._add(Part("than", (what,)))
                return found.end()
        return at

    def _read_runtime(self, text: str, at: int) -> int:
        found = read_runtime(text, at, is_not=self._is_not)
        if found is None or match_is_longer(match_phrase(text, at), found[1]):
            return at
        self.said.append(Said(found[0]))
        self._lately = "runtime"
        return found[1]

    def _read_not_behind(self, text: str, at: int) -> int:
        behind = NOT_BEHIND.match(text, at)
        if not behind or self._lately != "part" or GENRE.match(text, behind.end()) or match_phrase(text, behind.end()):
            return at
        self.said[-1] = Said(replace(self.said[-1].part, is_wanted=False))
        return behind.end()

    def _read_not(self, text: str, at: int) -> int:
        for words in (NOT, NOT_ONE):
            if found := words.match(text, at):
                self._is_not, self._is_not_one, self._lately = True, words is NOT_ONE, "not"
                self._is_mild = MILD.match(text, found.start()) is not None
                return found.end()
        return at

    def _read_asking(self, text: str, at: int) -> int:
        found = ASKING.match(text, at)
        if not found or not found[0].strip():
            return at
        self.is_asked, self._is_not = True, False
        return found.end()

    def _read_years(self, text: str, at: int) -> int:
        found = read_years(text, at, self.this_year)
        years = opposite(found[0]) if found and self._is_not and self._lately == "not" else found and found[0]
        if found is None or years is None:
            return at
        self.years.append(years)
        self._is_not, self._lately = False, "years"
        return found[1]

    def _read_phrase(self, text: str, at: int) -> int:
        """Read a genre or a fixed phrase, whichever is longer."""
        genre, phrase = GENRE.match(text, at), match_phrase(text, at)
        if phrase and (genre is None or genre.end() <= phrase[1]):
            years = read_years(text, at, self.this_year)
            if match_is_longer(years, phrase[1]):
                return at
            self._add(phrase[0])
            return phrase[1]
        if genre is None:
            return at
        self._add(Part("genre", genres_of(genre[0])))
        return genre.end()

    def _read_person(self, text: str, at: int) -> int:
        found = self.known.person_at(text, at)
        if found is None:
            return at
        name, end = found
        role, behind = self._role, end
        for kind, words in (("director", MADE_BEHIND), ("cast", PLAYED_BEHIND)):
            if after := words.match(text, end):
                role, behind = kind, after.end()
        self._add(Part(role, (name,)))
        self._is_bare = self._is_bare and at == 0 and end == len(text)
        return behind + 2 * text.startswith("'s", behind)

    def _read_role(self, text: str, at: int) -> int:
        """Read what tells whether the next person made films or plays in them."""
        for kind, words in (("director", BY), ("cast", WITH)):
            found = words.match(text, at)
            if found and found.end() > at:
                self._role = kind
                self._is_not = self._is_not and self._lately == "not"
                return found.end()
        return at

    def _read_link(self, text: str, at: int) -> int:
        for words in (OR, AND):
            if found := words.match(text, at):
                if found[0] in ",，" and self._is_not and not _lists_on(text, found.end()):
                    self._is_not = False
                elif words is OR and not self._is_not and self._lately == "part":
                    self._lately = "comma" if found[0] in ",，、" else "or"
                return found.end()
        return at

    def _add(self, part: Part) -> None:
        """Add what was read, wanted or not; genres behind a comma are wanted one by one, all else together."""
        if self._is_not and self._is_mild and Said(part) in self.said:
            part = Part("tag", HARSH)  # "horror, but not too scary"
        said = Said(replace(part, is_wanted=part.is_wanted != self._is_not), goes_on=self._lately == "or")
        if part.kind == "genre" and self._lately in ("or", "comma") and not self._is_not:
            self.is_either = True
        self.said.append(said)
        self._lately = "part"
        if self._is_not_one:
            self._is_not = self._is_not_one = False


def match_is_longer(found: tuple[object, int] | None, end: int) -> bool:
    """Tell whether something read at a place ends later than something else there."""
    return found is not None and found[1] > end


def _pieces(text: str, reading: _Reading) -> Iterator[tuple[str, int, int]]:
    """Yield what means nothing, word by word."""
    at = 0
    while at < len(text):
        if (end := reading.read(text, at)) > at:
            at = end
        elif blank := BLANK.match(text, at):
            at = blank.end()
        elif word := WORD.match(text, at):
            yield word[0], at, word.end()
            at = word.end()


def _lists_on(text: str, at: int) -> bool:
    """Tell whether a comma stands in a list that ends in or, nor, and: "no horror, war or crime"."""
    start = at + (text[at : at + 1] == " ")
    genre, phrase = GENRE.match(text, start), match_phrase(text, start)
    end = max(genre.end() if genre else start, phrase[1] if phrase else start)
    return end > start and LISTS_ON.match(text, end) is not None


def _joined(text: str, left: list[tuple[str, int, int]]) -> Iterator[str]:
    """Yield words that stand side by side as one."""
    start = end = -1
    for _, at, behind in left:
        if start >= 0 and not text[end:at].strip():
            end = behind
            continue
        if start >= 0:
            yield text[start:end]
        start, end = at, behind
    if start >= 0:
        yield text[start:end]
