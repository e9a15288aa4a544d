"""Wishes for a list in plain words, in English and Chinese: what films shall be and shall not be, part by part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Final

from bot.reading.ages import GROWN, read_age, read_ages_behind
from bot.reading.emoji import in_words
from bot.reading.genre_words import GENRE, guess_genres, names_genre
from bot.reading.known import NOTHING_KNOWN, Known, Sparing
from bot.reading.makers import read_maker
from bot.reading.phrases import match_phrase
from bot.reading.pieces import lists_on, names_several, not_understood, part_end, pieces, read_word
from bot.reading.runtimes import read_runtime
from bot.reading.said import Said, filters_of, parts_of, without_years
from bot.reading.seeds import THAN_A_FILM, read_film, read_seed
from bot.reading.wish import Wish
from bot.reading.wish_words import (
    AND,
    ASKING,
    BY,
    COMPANY,
    FILLER,
    HARSH,
    KIND,
    LINKED,
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
)
from bot.reading.years import Years, opposite, read_years
from bot.signs import fold_signs
from bot.wanted import NOTHING_WANTED, Part, Wanted

# Nobody wishes in more words; what is longer is no wish.
LONGEST: Final = 200


def read_wish(text: str, this_year: int, known: Known = NOTHING_KNOWN) -> Wish:
    """Return what a text asks of a list, and what in it was not understood."""
    plain = unicodedata.normalize("NFKC", in_words(text)).casefold().replace("’", "'")
    words = " ".join(plain.split())[:LONGEST]
    reading = _Reading(this_year, Sparing(known))
    for word, start, end in pieces(fold_signs(words), reading.read):
        reading.leave(word, start, end)
    return reading.wish(words)


@dataclass(slots=True)
class _Reading:
    """What was read so far, from left to right."""

    this_year: int
    known: Known
    said: list[Said] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)
    is_asked: bool = False
    is_either: bool = False
    names_films: bool = False
    # Whether what follows is not wanted, or one word alone; what was read last, and what the next person did.
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
            *(self._read_film, self._read_phrase, self._read_maker, self._read_not, self._read_person),
            *(self._read_asking, self._read_years, self._read_age, self._read_role, self._read_link),
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
        """Keep a word that means nothing; a slip in the name of a genre or of a person is forgiven."""
        if names := guess_genres(word):
            self._add(Part("genre", names))
        elif name := self.known.person_meant(word):
            self._add(Part("person", (name,)))
        else:
            self.left.append((start, end))
            self._is_not, self._lately = False, ""

    def wish(self, text: str) -> Wish:
        filters, are_possible = filters_of(self.said, self.years, is_either=self.is_either)
        parts, fit = parts_of(self.said)
        is_possible, is_nothing = are_possible and fit, not (self.said or self.years or self.is_asked)
        return Wish(
            wanted=Wanted(filters, parts) if is_possible else NOTHING_WANTED,
            unknown=not_understood(text, self.left, is_all=is_nothing) if is_possible else (text,),
            is_asked=self.is_asked or any(not one.part.is_wanted for one in self.said),
            names_several=names_several(text),
            is_vague=not self.said and bool(self.years) and all(one.is_vague for one in self.years),
            is_bare_genre=names_genre(text),
            is_bare_year=re.fullmatch(r"[12][0-9]{3}", text) is not None,
            is_bare_name=len(self.said) == 1 and self.said[0].part.kind == "person" and self._is_bare,
            is_bare_part=self._is_bare_part(),
            is_contradictory=not is_possible,
        )

    def _is_bare_part(self) -> bool:
        """Tell whether no more is understood than one thing that a title may say as well."""
        kinds = [one.part.kind for one in self.said]
        return len(kinds) == 1 and kinds != ["genre"] and not (self.years or self.names_films or self.is_asked)

    def _pass_by(self, words: re.Pattern[str]) -> None:
        """Pass by what says nothing; where something else begins, what is wanted begins, too."""
        self.names_films = self.names_films or words is KIND
        if words is WANT or (words in (SETTING, OF) and self._lately != "not"):
            self._is_not = False
        if words is WANT:
            self._role = "person"

    def _read_unseen(self, text: str, at: int) -> int:
        found = UNSEEN.match(text, at) or COMPANY.match(text, at)
        self.is_asked = self.is_asked or bool(found and found[0])
        return found.end() if found else at

    def _read_seed(self, text: str, at: int) -> int:
        found = read_seed(text, at, self.known)
        if found is None:
            return at
        self.is_asked = True
        self._is_not = self._is_not and not text.startswith(THAN_A_FILM, at)
        self._add(Part("like", (str(found[0]),)))
        self._is_not = False
        return found[1]

    def _read_film(self, text: str, at: int) -> int:
        """Read what is not wanted behind what turns away, one more film that others are like, or a series asked for."""
        last = self.said[-1].part.kind if self.said else ""
        is_unwanted = self._lately == "not" or (self._is_not and last in ("like", "series"))
        is_one_more = last == "like" and self._lately in ("part", "or", "comma")
        found = read_film(text, at, self.known, is_unwanted=is_unwanted, is_one_more=is_one_more)
        if found is None or part_end(text, at) >= found[1]:
            return at
        self._lately = self._lately if self._is_not else "or"
        self._add(found[0])
        return found[1]

    def _read_maker(self, text: str, at: int) -> int:
        found = read_maker(text, at, self.known)
        if found is None:
            return at
        self.is_asked = True
        self._add(Part("director", (found[0],)))
        return found[1]

    def _read_age(self, text: str, at: int) -> int:
        """Read an age: whose films shall be for, or how old the children are who were named."""
        for_children = self.said and self._lately == "part" and self.said[-1].part.kind == "age"
        found = read_ages_behind(text, at) if for_children else None
        if found:
            self.said.pop()
        found = found or read_age(text, at)
        if found is None:
            return at
        if found[0]:
            self._is_not = False
            self._add(found[0])
        return found[1]

    def _read_than(self, text: str, at: int) -> int:
        """Read "shorter" and the like, where a film is named that others shall be like."""
        if self._is_not or all(one.part.kind != "like" or not one.part.is_wanted for one in self.said):
            return at
        for what, words in THAN.items():
            if found := words.match(text, at):
                self._add(Part("than", (what,)))
                return found.end()
        return at

    def _read_runtime(self, text: str, at: int) -> int:
        found = read_runtime(text, at, is_not=self._is_not)
        if found is None or part_end(text, at) > found[1]:
            return at
        self.said.append(Said(found[0]))
        self._lately = "runtime"
        return self._less(text, found[1])

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
        is_not = self._is_not and (self._lately == "not" or (self._lately == "runtime" and found and found[0].is_vague))
        years = opposite(found[0]) if found and is_not else found and found[0]
        if found is None:
            return at
        self.years += [years] if years else []
        self.said += [] if years else [without_years(found[0])]
        self._is_not, self._lately = False, "years"
        return found[1]

    def _read_phrase(self, text: str, at: int) -> int:
        found = read_word(text, at)
        years, want = read_years(text, at, self.this_year), WANT.match(text, at)
        person = self.known.person_at(text, at)  # Oscar Isaac is no award
        longest = max(years[1] if years else at, want.end() if want else at, person[1] if person else at)
        if found is None or (found[0].kind != "genre" and longest > found[1]):
            return at
        self._add(found[0])
        return self._less(text, found[1]) if self._is_mild else found[1]

    def _less(self, text: str, end: int) -> int:
        """Return where something ends that shall be only less: what follows is wanted, but where it is linked."""
        self._is_not = self._is_not and LINKED.match(text, end) is not None
        return end

    def _read_person(self, text: str, at: int) -> int:
        found = self.known.person_at(text, at)
        if found is None:
            return at
        (name, end), role, behind = found, self._role, found[1]
        for kind, words in (("director", MADE_BEHIND), ("cast", PLAYED_BEHIND)):
            if after := words.match(text, end):
                role, behind = kind, after.end()
        self._add(Part(role if self.known.has_role(name, role) else "person", (name,)))
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
                if found[0] in ",，" and self._is_not and not lists_on(text, found.end()):
                    self._is_not = False
                elif words is OR and not self._is_not and self._lately == "part":
                    self._lately = "comma" if found[0] in ",，、" else "or"
                return found.end()
        return at

    def _add(self, part: Part) -> None:
        """Add what was read, wanted or not; genres behind a comma are wanted one by one, all else together."""
        if self._is_not and self._is_mild and Said(part) in self.said:
            part = Part("tag", HARSH)  # "horror, but not too scary"
        if self._is_not and part.kind == "age":
            part, self._is_not = GROWN, False  # "not for kids"
        said = Said(replace(part, is_wanted=part.is_wanted != self._is_not), goes_on=self._lately == "or")
        if part.kind == "genre" and self._lately in ("or", "comma") and not self._is_not:
            self.is_either = True
        self.said.append(said)
        self._lately = "part"
        if self._is_not_one:
            self._is_not = self._is_not_one = False
