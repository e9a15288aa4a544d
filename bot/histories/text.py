"""Bytes as text: in which encoding a file is written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from bot.histories.caps import Pace
from bot.histories.errors import HistoryError, Refusal

_CHUNK: Final = 256 * 1024
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD: Final = 4096
_LOOKED_AT: Final = 1024 * 1024
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
# In a text that is not UTF-8 nearly every such letter is torn.
_WHOLE_FOR_TORN: Final = 3
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
# Chinese text is pairs of high bytes; in Western text they stand alone, between letters.
_PAIRED: Final = 0.9
# Of Taiwan's pairs the second byte may be a letter, as of none of mainland China's; the first one is of common signs.
_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_COMMON_IN_BIG5: Final = range(0xA4, 0xC7)
_LETTERS_BEHIND: Final = 0.1


def find_encoding(content: bytes, pace: Pace) -> str:
    """Return the encoding in which the content can be read: all of it, but for a few torn letters of UTF-8.

    Raises:
        HistoryError: it is no text.
    """
    wide = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _bare_utf16(content)
    for encoding in (wide,) if wide else _narrow(content):
        is_text = _reads(content, encoding, pace)
        if is_text:
            return encoding
        if is_text is not None:
            break
        if encoding == "utf-8" and _is_almost_utf8(content):
            return encoding
    raise HistoryError(Refusal.UNKNOWN)


def _narrow(content: bytes) -> Iterator[str]:
    """Yield the encodings that a text of single bytes may have, the surest first."""
    yield "utf-8"
    if _is_big5(content):
        yield "big5hkscs"
    if _is_paired(content):
        yield "gb18030"
    yield from ("cp1252", "latin-1")


def _reads(content: bytes, encoding: str, pace: Pace) -> bool | None:
    """Tell whether what is decoded is text; None where it cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(content):
            pace.step()
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return True


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK))


def _bare_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros, which stand at every second place of Latin letters."""
    head = content[:_HEAD]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if len(head) < 4 or max(zeros) < len(head) * 0.4 or min(zeros) > len(head) * 0.05:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _is_almost_utf8(content: bytes) -> bool:
    """Tell that few of the letters beyond ASCII are torn, as where a file was cut or put together."""
    head = content[:_LOOKED_AT].decode("utf-8", "replace")
    torn = head.count("\ufffd")
    return len(_NOT_ASCII.findall(head)) >= _WHOLE_FOR_TORN * torn


def _is_big5(content: bytes) -> bool:
    pairs = _PAIR.findall(content[:_LOOKED_AT])
    common = sum(pair[0] in _COMMON_IN_BIG5 for pair in pairs)
    letters = sum(pair[1] < 0x80 for pair in pairs)
    return bool(pairs) and common >= _PAIRED * len(pairs) and letters >= _LETTERS_BEHIND * len(pairs)


def _is_paired(content: bytes) -> bool:
    runs = [len(found[0]) for found in _HIGH.finditer(content[:_LOOKED_AT])]
    return bool(runs) and sum(length % 2 == 0 for length in runs) >= _PAIRED * len(runs)
