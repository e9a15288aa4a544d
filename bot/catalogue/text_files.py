"""The bytes of a text file as text, whatever saved it; what cannot be read for certain is refused by line."""

from __future__ import annotations

import re
from typing import Final

from bot.catalogue.errors import SourceError

_REMEDY: Final = "save it as CSV in UTF-8"
_CONTROLS: Final = re.compile("[\x80-\x9f]")
# Four letters beyond ASCII in a row: no Latin title has them, any Chinese, Russian or Japanese one has.
_NO_LATIN: Final = re.compile(rb"[\x80-\xff]{4}")


def decode(content: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, or in Latin-1 as the releases before 2009 are, or as Windows extends it.

    Raises:
        SourceError: it is neither; names the line and what to do.
    """
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise SourceError(f"the file is not text: {_REMEDY}", file=file, line=line if line > 1 else None)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decode_latin(content, file, error.start)


def _decode_latin(content: bytes, file: str, fault_at: int) -> str:
    """Return a text in Latin-1; one in UTF-8 with a fault, or in the code of another script, is refused."""
    is_utf8 = bool(re.search("[^\\x00-\\x7f\ufffd]", content.decode("utf-8", "replace").removeprefix("\ufeff")))
    foreign = _NO_LATIN.search(content)
    if is_utf8 or foreign:
        place = fault_at if is_utf8 or foreign is None else foreign.start()
        line = content[:place].count(b"\n") + 1
        received = content[place : place + 8]
        raise SourceError(f"expected text in UTF-8: {_REMEDY}. Received: {received!r}", file=file, line=line)
    return _printed(content.decode("latin-1"))


def _printed(text: str) -> str:
    """Return a text whose control signs are the dashes and quotation marks that Windows writes in their places."""
    return _CONTROLS.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text)
