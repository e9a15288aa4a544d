"""Titles as people type them: one normal form for matching and search."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.signs import SIMPLIFIED

# A title is read in several ways, one after another.
_LATELY: Final = 64
# The articles that MovieLens moves behind the title, in the languages its films have.
_ARTICLES: Final = (
    "The|A|An|Le|La|Les|L'|Un|Une|Der|Die|Das|Ein|Eine|El|Los|Las|Una|Il|Lo|Gli|I|O|Os|As|Um|Uma|Det|Den|De|Het|En|Et"
)
_TRAILING_ARTICLE: Final = re.compile(rf"^(?P<rest>.+), (?P<article>{_ARTICLES})$", re.IGNORECASE)
_LEADING_ARTICLE: Final = re.compile(r"^(?:the|a|an|le|la|les|der|die|das|el|los|las|il|lo|gli) (?=.)")
_ENGLISH_ARTICLE: Final = re.compile(r"^(?:the|a|an) (?=.)")
_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_ACRONYM_DOT: Final = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_WORD: Final = re.compile(r"[^\w]+|_")
# Single letters i, v and x stay letters: "I, Robot", "V for Vendetta", "X".
_NUMERALS: Final = {
    **{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"},
    **{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"},
    **{"nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15"},
    **{"sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20"},
    # Spanish ones, but for eleven, which is a film's name: Once.
    **{"dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9"},
    **{"diez": "10", "doce": "12"},
}
_SHORT_FORMS: Final = {"vol": "volume", "pt": "part", "ep": "episode", "dr": "doctor", "mr": "mister", "st": "saint"}
_WORDS: Final = _NUMERALS | _SHORT_FORMS
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "·": "", "*": ""}
    | {"&": " and ", "+": " and ", "½": " 1 2"}
)
# Any four digits may be meant as a year: who asks for one that no film has still gets the films of that name.
_YEAR_BEHIND: Final = re.compile(
    r"^(?P<title>.*\S)(?:[\s,(\[{（【]+|(?<=[\u4e00-\u9fff]))(?P<year>[1-9]\d{3})年?[)\]}）】]?\s*$", re.DOTALL
)
# "The Matrix '99"; without the sign two digits are a part of a series.
_SHORT_YEAR_BEHIND: Final = re.compile(r"^(?P<title>.*\S)[\s,(]+['’](?P<year>[2-9]\d)\)?\s*$", re.DOTALL)
_YEAR_BEFORE: Final = re.compile(
    r"^[(\[（【]?(?P<year>(?:18|19|20)\d\d)[)\]）】]?年?的?\s+(?P<title>.*\S)\s*$", re.DOTALL
)


def natural_title(title: str) -> str:
    """Move a trailing article to the front: "Matrix, The" becomes "The Matrix"."""
    found = _TRAILING_ARTICLE.match(title.strip()) if "," in title else None
    if not found:
        return title.strip()
    article, rest = found["article"], found["rest"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{rest}"


@lru_cache(maxsize=_LATELY)
def normalise_title(title: str) -> str:
    """Return the form in which two spellings of one title are equal.

    Case, accents, punctuation, whether Chinese signs are simplified, a leading or trailing article, "&" or "and", Roman
    or Arabic numerals do not count.
    A title of nothing but signs comes back empty.
    """
    return _in_words(_LEADING_ARTICLE.sub("", fold(natural_title(title))))


def search_forms(title: str) -> tuple[str, ...]:
    """Return the normal form, and beside it the one with the article where that may be none: "Die Hard"."""
    normal = normalise_title(title)
    with_article = _in_words(_ENGLISH_ARTICLE.sub("", fold(natural_title(title))))
    return (normal,) if normal == with_article else (normal, with_article)


@lru_cache(maxsize=_LATELY)
def fold(text: str) -> str:
    """Return lower-case words without accents and punctuation, of any script, one space between."""
    folded = _without_case(text)
    if not text.isascii():
        # Once more, since a decomposed sign may be a capital: compatibility caseless match (The Unicode Standard, 3.13,
        # D146).
        folded = "".join(letter for letter in _without_case(folded) if not unicodedata.combining(letter))
    words = folded.split()
    if all(map(str.isalnum, words)):  # most names and titles: there is nothing to take out
        return " ".join(words)
    folded = _ACRONYM_DOT.sub(r"\1", _APOSTROPHES.sub("", folded))
    return " ".join(_NOT_WORD.sub(" ", folded).split())


def has_short_words(folded: str) -> bool:
    """Tell whether a folded title has words that its normal form writes otherwise: numbers, short forms."""
    return any(word in _WORDS for word in folded.split())


def _in_words(folded: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in folded.split())


def _without_case(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_LETTERS)
    return unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).translate(SIMPLIFIED)


def split_year(query: str) -> tuple[str, int | None]:
    """Split "heat 1995", "Heat (1995)" or "1995 heat" into title and year; "1984" alone is a title."""
    found = _YEAR_BEHIND.match(query) or _YEAR_BEFORE.match(query)
    if found:
        return found["title"].rstrip(" ,([{（【"), int(found["year"])
    short = _SHORT_YEAR_BEHIND.match(query)
    return (short["title"], 1900 + int(short["year"])) if short else (query, None)
