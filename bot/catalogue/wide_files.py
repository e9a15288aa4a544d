"""Files in UTF-16, which spreadsheets call Unicode text, read as if they were in UTF-8."""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import IO, Any, Final, cast

_SIGN_BYTES: Final = 4
# A sign of UTF-8 takes at most so many bytes.
_LONGEST: Final = 4


def in_utf8(stream: IO[bytes]) -> IO[bytes]:
    """Return a stream of the same text in UTF-8: the stream itself unless it is in UTF-16, with its mark or without.

    Reading it raises UnicodeDecodeError where it is cut in the middle of a sign.
    """
    encoding = _wide_encoding(cast(Any, stream).peek(_SIGN_BYTES)[:_SIGN_BYTES])
    if encoding is None:
        return stream
    return cast("IO[bytes]", io.BufferedReader(_Recoded(stream, encoding)))


def _wide_encoding(start: bytes) -> str | None:
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if re.match(rb"[\x20-\x7e]\0", start):
        return "utf-16-le"
    return "utf-16-be" if re.match(rb"\0[\x20-\x7e]", start) else None


class _Recoded(io.RawIOBase):
    """The bytes of a text in another encoding."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding, newline="")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = self._text.read(max(1, len(buffer) // _LONGEST)).encode()
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count
