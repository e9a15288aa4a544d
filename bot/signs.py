"""Signs of writing: letters without their accents, each in its place."""

from __future__ import annotations

import unicodedata


def fold_signs(text: str) -> str:
    """Return a text with Latin letters bare of accents, as many signs as before: año is ano; 가 and 龍 stay."""
    return text if text.isascii() else "".join(map(_fold, text))


def _fold(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign
