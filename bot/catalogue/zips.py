"""Zips that anybody may have made: what is in them, and how the library says that they are damaged."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO, Final

# Whatever zipfile raises over bytes that are no sound zip; ValueError is a name in no encoding, RuntimeError a password
# or a method that it does not know.
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError)


def files_of(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files, without folders and without what has no name, over which the library trips."""
    return [entry for entry in packed.infolist() if entry.filename and not entry.is_dir()]


def open_file(packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a file of a zip for reading.

    Raises:
        BadZipFile: whatever is wrong with it; what is wrong with its content shows as it is read.
    """
    try:
        return packed.open(name)
    except DAMAGED as error:
        raise zipfile.BadZipFile(str(error)) from error
