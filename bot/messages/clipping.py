"""Text made safe to send: cleaned of what Telegram refuses and cut by UTF-16 units, the length Telegram counts."""

from __future__ import annotations

import html
import re
from typing import Final

TITLE_UNITS: Final = 120  # a list of ten titles, with all around them, stays far below Telegram's 4096
NAME_UNITS: Final = 30  # on a button: what a phone shows of a whole row
ECHO_UNITS: Final = 60  # what a person typed, repeated back to them
# Control characters, lone surrogates, and the marks that turn the rest of a line around (bidi overrides, isolates).
_UNSENDABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")


def utf16_units(text: str) -> int:
    """Return the length that Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return the text on one line, without what cannot be sent."""
    return _UNSENDABLE.sub(" ", text).strip()


def clip(text: str, units: int = TITLE_UNITS) -> str:
    """Return the clean text, cut with an ellipsis so that it takes at most so many UTF-16 units."""
    text = clean(text)
    if utf16_units(text) <= units:
        return text
    kept = text.encode("utf-16-le")[: (units - 1) * 2].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"


def escape(text: str) -> str:
    """Return the text for Telegram's HTML."""
    return html.escape(text, quote=False)
