"""What a text file may be before it is read: no line, and no file read whole, takes more memory than it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from bot.catalogue.errors import SourceError

# A film's line has its title, at most 400 letters, and its genres; nothing real comes near.
MAX_LINE_BYTES: Final = 64 * 1024
# Those of ml-32m, with 88,000 films, have 4 MB.
MAX_FILE_BYTES: Final = 128 * 1024**2
_CHUNK_BYTES: Final = 1024**2
_ENDS: Final = (b"\n", b"\r")


def read_bearable(stream: IO[bytes], file: str) -> bytes:
    """Return a file's content.

    Raises:
        SourceError: it has a line, or more bytes, than are worth holding; no more than that was read.
    """
    content = bytearray()
    for chunk in _chunks(stream, file):
        content += chunk
        if len(content) > MAX_FILE_BYTES:
            raise SourceError(f"a film file may have {MAX_FILE_BYTES:,} bytes at most. Received: more", file=file)
    return bytes(content)


def refuse_line(bytes_of_it: int, file: str, line: int) -> None:
    """Refuse a line that is too long.

    Raises:
        SourceError: it is.
    """
    if bytes_of_it > MAX_LINE_BYTES:
        raise SourceError(f"a line may have {MAX_LINE_BYTES:,} bytes at most. Received: more", file=file, line=line)


def end_of_lines(block: bytes) -> int:
    """Return where the last whole line of a block ends; 0 where none does."""
    return 1 + max(block.rfind(end) for end in _ENDS)


def _chunks(stream: IO[bytes], file: str) -> Iterator[bytes]:
    """Yield a file in pieces, as long as every line is short enough."""
    line, begun = 1, 0
    while chunk := stream.read(_CHUNK_BYTES):
        pieces = chunk.replace(b"\r", b"\n").split(b"\n")
        lengths = [begun + len(pieces[0]), *map(len, pieces[1:])]
        if max(lengths) > MAX_LINE_BYTES:
            place = next(place for place, length in enumerate(lengths) if length > MAX_LINE_BYTES)
            refuse_line(lengths[place], file, line + b"\n".join(pieces[:place]).count(b"\n") + (place > 0))
        begun = lengths[-1]
        line += chunk.count(b"\n")
        yield chunk
