"""A text with each of its signs in one form, in its place."""

from __future__ import annotations

import unicodedata

from bot.signs.chinese import SIMPLIFIED


def fold_signs(text: str) -> str:
    """Return a text with Latin letters bare of accents and Chinese signs simplified, as many signs as before.

    año is ano, 龍 is 龙; 가 stays.
    """
    return text if text.isascii() else "".join(map(_fold, text)).translate(SIMPLIFIED)


def _fold(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign
