"""Titles as people type them: one normal form for matching and search."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# The articles that MovieLens moves behind the title, in the languages its films have.
_ARTICLES: Final = (
    "The|A|An|Le|La|Les|L'|Un|Une|Der|Die|Das|Ein|Eine|El|Los|Las|Una|Il|Lo|Gli|I|O|Os|As|Um|Uma|Det|Den|De|Het|En|Et"
)
_TRAILING_ARTICLE: Final = re.compile(rf"^(?P<rest>.+), (?P<article>{_ARTICLES})$", re.IGNORECASE)
_LEADING_ARTICLE: Final = re.compile(r"^(?:the|a|an|le|la|les|der|die|das|el|los|las|il|lo|gli) (?=.)")
_APOSTROPHES: Final = re.compile(r"['’‘`´]")
_ACRONYM_DOT: Final = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_WORD: Final = re.compile(r"[^\w]+|_")
# Single letters i, v and x stay letters: "I, Robot", "V for Vendetta", "X".
_NUMERALS: Final = {
    **{"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"},
    **{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"},
    **{"nine": "9", "ten": "10"},
}
_SHORT_FORMS: Final = {"vol": "volume", "pt": "part", "dr": "doctor", "mr": "mister", "st": "saint"}
_WORDS: Final = _NUMERALS | _SHORT_FORMS
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "·": "", "*": ""}
    | {"&": " and ", "+": " and ", "½": " 1 2"}
)
_YEAR_BEHIND: Final = re.compile(r"^(?P<title>.*\S)[\s,(\[]+(?P<year>(?:18|19|20)\d\d)[)\]]?\s*$", re.DOTALL)


def natural_title(title: str) -> str:
    """Move a trailing article to the front: "Matrix, The" becomes "The Matrix"."""
    found = _TRAILING_ARTICLE.match(title.strip())
    if not found:
        return title.strip()
    article, rest = found["article"], found["rest"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{rest}"


def normalise_title(title: str) -> str:
    """Return the form in which two spellings of one title are equal.

    Case, accents, punctuation, a leading or trailing article, "&" or "and", Roman or Arabic numerals do not count.
    A title of nothing but signs comes back empty.
    """
    text = fold(natural_title(title))
    text = _LEADING_ARTICLE.sub("", text)
    return " ".join(_WORDS.get(word, word) for word in text.split())


def fold(text: str) -> str:
    """Return lower-case words without accents and punctuation, of any script, one space between."""
    # Twice, since a decomposed sign may be a capital: compatibility caseless match (The Unicode Standard, 3.13, D146).
    folded = _without_case(_without_case(text))
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = _ACRONYM_DOT.sub(r"\1", _APOSTROPHES.sub("", folded))
    return " ".join(_NOT_WORD.sub(" ", folded).split())


def _without_case(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))


def split_year(query: str) -> tuple[str, int | None]:
    """Split "heat 1995" or "Heat (1995)" into title and year; "1984" alone is a title."""
    found = _YEAR_BEHIND.match(query)
    return (found["title"].rstrip(" ,(["), int(found["year"])) if found else (query, None)
