"""Spanish words in the forms they take: masculine and feminine, one and several; without accents, as in wishes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.signs import fold_signs

_VOWELS: Final = "aeiou"
# Ends of feminine words whose masculine has none: francesa, alemana, española.
_HARD: Final = ("esa", "ana", "ola", "ora", "ona", "ina")
# Of a phrase that begins so no word is bent.
_LITTLE: Final = frozenset(
    {"para", "con", "en", "de", "que", "el", "la", "lo", "un", "mas", "muy", "por", "sin", "toda"}
)
# Before a word that is bent in their place: poco conocidas, mejor valorados.
_DEGREES: Final = frozenset({"mas", "mejor", "mejores", "menos", "muy", "peor", "poco"})


def forms(phrases: str) -> Iterator[str]:
    """Yield the forms of phrases with | between, the first word of each bent: tensa, tenso, tensas, tensos.

    Behind a word of degree it is the next one: poco conocida, poco conocidas.

    Forms that nobody uses (sangro of sangre) harm nothing.
    """
    for phrase in fold_signs(phrases).split("|"):
        degree, blank, _ = phrase.partition(" ")
        before = f"{degree} " if blank and degree in _DEGREES else ""
        first, blank, rest = phrase.removeprefix(before).partition(" ")
        for form in dict.fromkeys(_bent(first)):
            yield before + form + blank + rest


def _bent(word: str) -> Iterator[str]:
    yield word
    if len(word) < 3 or not word.isalpha() or word in _LITTLE:
        return
    stem = word.removesuffix("es" if word.endswith(("nes", "res", "les")) else "s")
    if stem.endswith(_HARD):
        yield from (stem[:-1], f"{stem[:-1]}es")
    if stem[-1] in "ao":
        yield from (stem[:-1] + end for end in ("o", "a", "os", "as"))
    elif stem[-1] in _VOWELS:
        yield from (stem, f"{stem}s")
    elif word.endswith("z"):
        yield f"{word[:-1]}ces"
    else:
        for one in dict.fromkeys((word, stem)):
            yield from (one, f"{one}es", f"{one}a", f"{one}as")
