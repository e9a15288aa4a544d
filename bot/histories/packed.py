"""A zip in memory: its tables, under caps that no bomb gets past."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from bot.catalogue.zips import DAMAGED, files_of
from bot.histories.caps import MAX_COMPRESSION, MAX_FILES, MAX_UNPACKED, Pace
from bot.histories.errors import HistoryError, Refusal

_SIGNATURE: Final = b"PK\x03\x04"
# The end of the central directory (APPNOTE 6.3.10, 4.3.16): files at 10, the directory's length at 12.
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535
_END64: Final = b"PK\x06\x07"
_END64_SIZE: Final = 20
# Of one file in the directory, its name and all else included.
_LONGEST_RECORD: Final = 600
_ENCRYPTED: Final = 0x1
_READ_AT_ONCE: Final = 256 * 1024
_TABLES: Final = (".csv", ".tsv", ".txt", ".json")
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
# What Letterboxd's zip holds besides what was said of films: lists, and what was taken back.
_PASSED_OVER: Final = ("__macosx", "deleted", "orphaned", "lists")


def is_zip(content: bytes) -> bool:
    return content.startswith((_SIGNATURE, _END))


def unpack(content: bytes, pace: Pace) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file that may be a table, with the folders it lies in.

    Raises:
        HistoryError: it is damaged or locked, breaks a cap, or holds another archive and no table.
    """
    _check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in _wanted(files_of(packed)):
                yield entry.filename.replace("\\", "/"), _read(packed, entry, pace)
    except DAMAGED as error:
        raise HistoryError(Refusal.DAMAGED) from error


def _check_directory(content: bytes) -> None:
    """Refuse a directory longer than is read, before the library makes a value of each of its files."""
    end = content.rfind(_END, max(0, len(content) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0 or len(content) < end + _END_SIZE:
        raise HistoryError(Refusal.DAMAGED)
    files, length = struct.unpack_from("<HI", content, end + 10)
    is_long = content[max(0, end - _END64_SIZE) : end].startswith(_END64)
    if is_long or files > MAX_FILES or length > MAX_FILES * _LONGEST_RECORD:
        raise HistoryError(Refusal.TOO_MANY_FILES)


def _wanted(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    files = [entry for entry in entries if not _is_passed_over(entry.filename)]
    tables = [entry for entry in files if entry.filename.casefold().endswith(_TABLES)]
    if len(files) > MAX_FILES:
        raise HistoryError(Refusal.TOO_MANY_FILES)
    if any(entry.filename.casefold().endswith(_ARCHIVES) for entry in files):
        raise HistoryError(Refusal.ZIP_IN_ZIP)
    if any(entry.flag_bits & _ENCRYPTED for entry in tables):
        raise HistoryError(Refusal.LOCKED)
    bombs = any(entry.file_size > MAX_COMPRESSION * max(entry.compress_size, 1024) for entry in tables)
    if bombs or sum(entry.file_size for entry in tables) > MAX_UNPACKED:
        raise HistoryError(Refusal.UNPACKS_TOO_FAR)
    return tables


def _is_passed_over(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/").casefold())
    return path.name.startswith(".") or any(part in _PASSED_OVER for part in path.parent.parts)


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, pace: Pace) -> bytes:
    """Read a file to the length that the directory says, and never further."""
    parts: list[bytes] = []
    with packed.open(entry) as stream:
        while part := stream.read(_READ_AT_ONCE):
            pace.step()
            parts.append(part)
            if sum(map(len, parts)) > entry.file_size:
                raise HistoryError(Refusal.UNPACKS_TOO_FAR)
    return b"".join(parts)
