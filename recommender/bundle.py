"""Published rankers on disk: versioned folders with checksums, and a pointer to the one that serves.

<bundles>/<version>/manifest.json, ranker.onnx, ranker.keras, tables.npz, movies.json
<bundles>/current       the version that serves
<bundles>/refused/...   what the gate turned down, with its report
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from recommender.catalogue import Catalogue
from recommender.domain import Movie, MovieId
from recommender.errors import BundleError
from recommender.ranker import Calibration, Ranker
from recommender.retrieval import PAIR_FEATURES, PERSON_FEATURES, Retrieval

SCHEMA_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
NETWORK: Final = "ranker.onnx"
ARCHIVE: Final = "ranker.keras"
TABLES: Final = "tables.npz"
MOVIES: Final = "movies.json"
CURRENT: Final = "current"
REFUSED: Final = "refused"


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One published version and its manifest."""

    version: str
    manifest: Mapping[str, Any]
    is_current: bool


def pack(retrieval: Retrieval, network: bytes, archive: bytes) -> dict[str, bytes]:
    """Return a bundle's files by name; the same contents give the same bytes."""
    tables = io.BytesIO()
    np.savez(tables, allow_pickle=False, **{name: retrieval.tables[name] for name in sorted(retrieval.tables)})
    movies = [[movie.id, movie.title, movie.year, list(movie.genres)] for movie in retrieval.catalogue.movies]
    text = json.dumps(movies, ensure_ascii=False, separators=(",", ":"))
    return {NETWORK: network, ARCHIVE: archive, TABLES: tables.getvalue(), MOVIES: text.encode()}


class BundleStore:
    """The folder of bundles: readers see the old or the new one, never half of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> str | None:
        """Return the version that serves, or None when nothing was published."""
        try:
            return (self.folder / CURRENT).read_text().strip() or None
        except FileNotFoundError:
            return None

    def entries(self) -> list[BundleEntry]:
        """Return all published versions, oldest first.

        Raises:
            BundleError: a manifest cannot be read.
        """
        current = self.current()
        folders = sorted(path.parent for path in self.folder.glob(f"[0-9]*/{MANIFEST}"))
        return [BundleEntry(path.name, self.manifest(path.name), path.name == current) for path in folders]

    def manifest(self, version: str) -> dict[str, Any]:
        """Return a version's manifest.

        Raises:
            BundleError: it is missing, damaged or of another schema.
        """
        try:
            manifest = json.loads((self._of(version) / MANIFEST).read_bytes())
            schema = manifest["schema_version"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BundleError(f"bundle {version} must have a manifest. Received: {error}") from error
        if schema != SCHEMA_VERSION:
            raise BundleError(f"bundle {version} must have schema {SCHEMA_VERSION}. Received: {schema}")
        return dict(manifest)

    def load(self, version: str) -> Ranker:
        """Load a version as the object that serves, every file checked against the manifest.

        Raises:
            BundleError: a file is missing, changed, foreign, or the network answers with NaN.
        """
        manifest = self.manifest(version)
        files = {name: self._checked(version, name, digest) for name, digest in manifest["sha256"].items()}
        try:
            return _ranker(files, manifest, version)
        except (KeyError, ValueError, TypeError, OSError) as error:
            raise BundleError(f"bundle {version} must hold a ranker. Received: {error}") from error

    def publish(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> None:
        """Write a bundle aside, make it durable, and point `current` at it.

        Raises:
            BundleError: the version exists.
        """
        if self._of(version).exists():
            raise BundleError(f"a bundle's version must be new. Received: {version}")
        self._write(self._of(version), files, manifest)
        self.point_at(version)

    def refuse(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Path:
        """Keep a refused bundle aside and return its folder."""
        folder = self.folder / REFUSED / version
        self._write(folder, files, manifest)
        return folder

    def point_at(self, version: str) -> None:
        """Make a published version the one that serves.

        Raises:
            BundleError: no such version.
        """
        self.manifest(version)
        pointer = self.folder / f".{CURRENT}.{os.getpid()}"
        pointer.write_text(version + "\n")
        _sync(pointer)
        pointer.replace(self.folder / CURRENT)
        _sync(self.folder)

    def rollback(self) -> str:
        """Point at the version before the current one and return it.

        Raises:
            BundleError: there is none.
        """
        versions = [entry.version for entry in self.entries()]
        current = self.current()
        before = [version for version in versions if current is not None and version < current]
        if not before:
            raise BundleError(f"a rollback needs an older bundle. Received: {', '.join(versions) or 'no bundle'}")
        self.point_at(before[-1])
        return before[-1]

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` versions and the current one; return what went."""
        current = self.current()
        versions = [entry.version for entry in self.entries() if entry.version != current]
        gone = versions[: max(0, len(versions) - keep)]
        for version in gone:
            shutil.rmtree(self._of(version))
        return gone

    def _of(self, version: str) -> Path:
        if not version or not all(sign.isalnum() or sign in "-_" for sign in version):
            raise BundleError(f"a bundle's version must be letters, digits and dashes. Received: {version!r}")
        return self.folder / version

    def _checked(self, version: str, name: str, digest: str) -> bytes:
        try:
            content = (self._of(version) / Path(name).name).read_bytes()
        except OSError as error:
            raise BundleError(f"bundle {version} must hold {name}. Received: {error}") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise BundleError(f"{name} of bundle {version} must match its checksum. Received: a changed file")
        return content

    def _write(self, folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        aside = folder.parent / f".{folder.name}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
        full = {"schema_version": SCHEMA_VERSION, **manifest, "sha256": sums}
        for name, content in {**files, MANIFEST: json.dumps(full, indent=1, default=str).encode()}.items():
            (aside / name).write_bytes(content)
            _sync(aside / name)
        _sync(aside)
        aside.replace(folder)
        _sync(folder.parent)


def _ranker(files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Ranker:
    features = [list(PAIR_FEATURES), list(PERSON_FEATURES)]
    if manifest["features"] != features:
        raise ValueError("features of another version of the code")
    with np.load(io.BytesIO(files[TABLES]), allow_pickle=False) as arrays:
        tables = {name: arrays[name] for name in arrays.files}
    rows = json.loads(files[MOVIES])
    movies = [Movie(MovieId(movie_id), title, year, tuple(genres)) for movie_id, title, year, genres in rows]
    calibration = Calibration(**manifest["calibration"])
    ranker = Ranker(Retrieval(Catalogue(movies), tables), files[NETWORK], calibration, version)
    ranker.warm()
    return ranker


def _sync(path: Path) -> None:
    """Make a file or folder durable: a rename may not outrun what it points at."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
