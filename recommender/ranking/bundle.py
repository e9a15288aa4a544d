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
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from recommender.data.catalogue import Catalogue
from recommender.data.durable import make_durable
from recommender.domain import Movie, MovieId
from recommender.errors import BundleError
from recommender.ranking.calibration import Calibration
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES, Retrieval

SCHEMA_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
NETWORK: Final = "ranker.onnx"
ARCHIVE: Final = "ranker.keras"
TABLES: Final = "tables.npz"
MOVIES: Final = "movies.json"
CURRENT: Final = "current"
REFUSED: Final = "refused"
# The only files ever opened; whatever else lies in a bundle's folder is left alone.
FILES: Final = (NETWORK, ARCHIVE, TABLES, MOVIES)

# What features were called in bundles published before they had their present names.
RENAMED_FEATURES: Final = {"generosity": "user_bias", "star_generosity": "user_star_bias"}
# What bundles had that were published before films were told apart by content: a network takes the first ones.
OLDER_PAIR_FEATURES: Final = PAIR_FEATURES[: PAIR_FEATURES.index("content_ratings")]


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
        """Return the version that serves, or None when nothing was published.

        Raises:
            BundleError: the pointer is there and cannot be read.
        """
        try:
            return (self.folder / CURRENT).read_text(errors="replace").strip() or None
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BundleError(
                f"{self.folder / CURRENT} must name the version that serves. Received: {error}"
            ) from error

    def entries(self) -> list[BundleEntry]:
        """Return all published versions, oldest first.

        Raises:
            BundleError: a manifest cannot be read.
        """
        current = self.current()
        return [BundleEntry(version, self.manifest(version), version == current) for version in self.versions()]

    def versions(self) -> list[str]:
        """Return all published versions, oldest first, damaged ones included."""
        return sorted(path.parent.name for path in self.folder.glob(f"[0-9]*/{MANIFEST}"))

    def manifest(self, version: str) -> dict[str, Any]:
        """Return a version's manifest.

        Raises:
            BundleError: it is missing, damaged or of another schema.
        """
        try:
            manifest = json.loads((self._of(version) / MANIFEST).read_bytes())
            schema = manifest["schema_version"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise BundleError(f"bundle {version} must have a manifest. Received: {error}") from error
        if schema != SCHEMA_VERSION:
            raise BundleError(f"bundle {version} must have schema {SCHEMA_VERSION}. Received: {schema}")
        if not isinstance(manifest.get("sha256"), dict):
            raise BundleError(f"bundle {version} must list its files' checksums. Received: none")
        return dict(manifest)

    def load(self, version: str) -> Ranker:
        """Load a version as the object that serves, every file checked against the manifest.

        Raises:
            BundleError: a file is missing, changed, foreign, or the network answers with NaN.
        """
        manifest, files = self._verified(version)
        if set(files) != set(FILES):
            raise BundleError(
                f"bundle {version} must hold {', '.join(FILES)}. Received: {', '.join(files) or 'nothing'}"
            )
        try:
            return _ranker(files, manifest, version)
        except _UNFIT as error:
            raise BundleError(f"bundle {version} must hold a ranker of this Reelmate. Received: {error}") from error

    def networks(self, version: str) -> tuple[bytes, bytes]:
        """Return a version's network as ONNX and as a Keras archive, which training can go on from.

        Raises:
            BundleError: one of them is missing or changed.
        """
        _, files = self._verified(version)
        if not {NETWORK, ARCHIVE} <= set(files):
            expected = f"{NETWORK} and {ARCHIVE}"
            raise BundleError(f"bundle {version} must hold {expected}. Received: {', '.join(files) or 'nothing'}")
        return files[NETWORK], files[ARCHIVE]

    def publish(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> None:
        """Write a bundle aside, make it durable, and point `current` at it.

        Raises:
            BundleError: the version exists.
        """
        if self._of(version).exists():
            raise BundleError(f"a bundle's version must be new. Received: {version}")
        self._sweep()
        self._write(self._of(version), files, manifest)
        self.point_at(version)

    def refuse(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Path:
        """Keep a refused bundle aside and return its folder."""
        folder = self.folder / REFUSED / self._of(version).name
        self._sweep()
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
        make_durable(pointer)
        pointer.replace(self.folder / CURRENT)
        make_durable(self.folder)

    def rollback(self) -> str:
        """Point at the newest undamaged version before the current one and return it.

        Raises:
            BundleError: there is none.
        """
        for version in reversed(self.older()):
            if self._is_whole(version):
                self.point_at(version)
                return version
        listed = ", ".join(self.versions()) or "no bundle"
        raise BundleError(f"a rollback needs an older bundle that is undamaged. Received: {listed}")

    def older(self) -> list[str]:
        """Return the versions before the current one, oldest first; all of them when the pointer is damaged."""
        try:
            current = self.current()
        except BundleError:
            return self.versions()
        if current is None:
            return []
        return [version for version in self.versions() if version < current or not current[0].isdigit()]

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` versions and the current one, and as many refused ones; return what went."""
        current = self.current()
        versions = [version for version in self.versions() if version != current]
        refused = sorted(path.parent.name for path in (self.folder / REFUSED).glob(f"[0-9]*/{MANIFEST}"))
        gone = versions[: max(0, len(versions) - keep)]
        for version in gone:
            _remove(self._of(version))
        for version in refused[: max(0, len(refused) - keep)]:
            _remove(self.folder / REFUSED / version)
        return gone

    def _of(self, version: str) -> Path:
        if not version or not all(sign.isalnum() or sign in "-_" for sign in version):
            raise BundleError(f"a bundle's version must be letters, digits and dashes. Received: {version!r}")
        return self.folder / version

    def _is_whole(self, version: str) -> bool:
        try:
            self._verified(version)
        except BundleError:
            return False
        return True

    def _verified(self, version: str) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return a version's manifest and files, each checked against its checksum."""
        manifest = self.manifest(version)
        names = [name for name in manifest["sha256"] if name in FILES]
        return manifest, {name: self._checked(version, name, manifest["sha256"][name]) for name in names}

    def _sweep(self) -> None:
        """Remove what an interrupted publish left behind; only one training runs at a time."""
        for pattern in (".[0-9]*", f"{REFUSED}/.[0-9]*"):
            for leftover in self.folder.glob(pattern):
                shutil.rmtree(leftover, ignore_errors=True)

    def _checked(self, version: str, name: str, digest: str) -> bytes:
        try:
            content = (self._of(version) / name).read_bytes()
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
        for name, content in {**files, MANIFEST: json.dumps(full, indent=1, default=_plain).encode()}.items():
            (aside / name).write_bytes(content)
            make_durable(aside / name)
        make_durable(aside)
        aside.replace(folder)
        make_durable(folder.parent)


# What damaged or foreign contents raise on their way to a ranker.
_UNFIT: Final = (KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, zipfile.BadZipFile)


def _ranker(files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Ranker:
    pairs, of_person = ([RENAMED_FEATURES.get(name, name) for name in names] for names in manifest["features"])
    if pairs not in (list(PAIR_FEATURES), list(OLDER_PAIR_FEATURES)) or of_person != list(PERSON_FEATURES):
        raise ValueError("features of another version")
    with np.load(io.BytesIO(files[TABLES]), allow_pickle=False) as arrays:
        tables = {name: arrays[name] for name in arrays.files}
    rows = json.loads(files[MOVIES])
    movies = [Movie(MovieId(movie_id), title, year, tuple(genres)) for movie_id, title, year, genres in rows]
    calibration = Calibration(**manifest["calibration"])
    is_simulated = manifest.get("real_people") == 0
    retrieval = Retrieval(Catalogue(movies), tables)
    ranker = Ranker(retrieval, files[NETWORK], calibration, version, is_simulated=is_simulated)
    ranker.warm()
    return ranker


def _remove(folder: Path) -> None:
    """Delete a bundle: out of sight first, so that nobody meets half of one."""
    hidden = folder.with_name(f".{folder.name}.gone")
    folder.replace(hidden)
    shutil.rmtree(hidden)


def _plain(value: object) -> object:
    """Return what JSON does not know as what it knows."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a manifest must hold plain values. Received: {type(value).__name__}")
