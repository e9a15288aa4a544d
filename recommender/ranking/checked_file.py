"""A file of a bundle: read once its size is bearable, and handed on once its checksum is right."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from recommender.errors import BundleError

_MIB: Final = 1 << 20
# No file may be larger, whatever its manifest says: at least twice what a model of 100,000 films takes.
MOST_BYTES: Final = {
    "manifest.json": 4 * _MIB,
    "ranker.onnx": 256 * _MIB,
    "ranker.keras": 1024 * _MIB,
    "tables.npz": 512 * _MIB,
    "movies.json": 16 * _MIB,
}


def read_bearable(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        BundleError: it is missing, or has more bytes than it may.
    """
    with _translated(path):
        _require_size(path)
        return path.read_bytes()


def require_unchanged(path: Path, manifest: Mapping[str, Any]) -> None:
    """Make sure that a file is as a manifest describes it; it is read in pieces and takes no memory.

    Raises:
        BundleError: it is missing, too large, or changed.
    """
    sizes = manifest.get("bytes")
    with _translated(path):
        found, size = _require_size(path), sizes.get(path.name) if isinstance(sizes, dict) else None
        if size not in (None, found):
            raise BundleError(f"{_of(path)} must match its checksum. Received: {found} of {size} bytes")
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != manifest["sha256"].get(path.name):
            raise BundleError(f"{_of(path)} must match its checksum. Received: a changed file")


def _require_size(path: Path) -> int:
    found, most = path.stat().st_size, MOST_BYTES[path.name]
    if found > most:
        raise BundleError(f"{_of(path)} must have at most {most} bytes. Received: {found}")
    return found


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise BundleError(f"bundle {path.parent.name} must hold {path.name}. Received: {error}") from error


def _of(path: Path) -> str:
    return f"{path.name} of bundle {path.parent.name}"
