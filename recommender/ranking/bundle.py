"""Published rankers on disk: versioned folders with checksums, and a pointer to the one that serves.

<bundles>/<version>/manifest.json, ranker.onnx, ranker.keras, tables.npz, movies.json
<bundles>/current       the version that serves
<bundles>/challenge     which two serve side by side meanwhile (challenge.py)
<bundles>/refused/...   what the gate turned down, with its report
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from recommender.data.durable import make_durable
from recommender.errors import BundleError
from recommender.ranking.challenge import Challenge, read_challenge
from recommender.ranking.checked_file import read_bearable, require_unchanged
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.seal import is_sealed, sealed
from recommender.ranking.unpacking import UNFIT, check_tables, unpack

SCHEMA_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
NETWORK: Final = "ranker.onnx"
ARCHIVE: Final = "ranker.keras"
TABLES: Final = "tables.npz"
MOVIES: Final = "movies.json"
CURRENT: Final = "current"
REFUSED: Final = "refused"
# A version is a moment; more in a pointer is none.
LONGEST_VERSION: Final = 100
# The only files ever opened; whatever else lies in a bundle's folder is left alone.
FILES: Final = (NETWORK, ARCHIVE, TABLES, MOVIES)


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One published version and its manifest; an empty one, and what is wrong, where it cannot be read."""

    version: str
    manifest: Mapping[str, Any]
    is_current: bool
    fault: str | None = None


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
            BundleError: the pointer cannot be read, or there are bundles and none that it names.
        """
        pointer, expected = self.folder / CURRENT, f"{self.folder / CURRENT} must name the version that serves"
        try:
            with pointer.open(errors="replace") as file:
                version = file.read(LONGEST_VERSION + 2).strip()
        except FileNotFoundError:
            version = ""
        except OSError as error:
            raise BundleError(f"{expected}. Received: {error}") from error
        if not version and self.versions():
            raise BundleError(f"{expected}. Received: {'an empty file' if pointer.exists() else 'no such file'}")
        return version or None

    def challenge(self) -> Challenge | None:
        """Return the challenge that is on.

        Raises:
            BundleError: there is one, and it cannot be read.
        """
        return read_challenge(self.folder)

    def entries(self) -> list[BundleEntry]:
        """Return all published versions, oldest first; a BundleError says that their folder cannot be read."""
        if self.folder.is_dir() and not os.access(self.folder, os.R_OK | os.X_OK):
            raise BundleError(f"the folder of bundles must be readable; check its rights. Received: {self.folder}")
        try:
            current = self.current()
        except BundleError:
            current = None
        return [self._entry(version, is_current=version == current) for version in self.versions()]

    def versions(self) -> list[str]:
        """Return all published versions, oldest first, damaged ones included."""
        return sorted(path.parent.name for path in self.folder.glob(f"[0-9]*/{MANIFEST}"))

    def manifest(self, version: str) -> dict[str, Any]:
        """Return a version's manifest.

        Raises:
            BundleError: it is missing, damaged or of another schema.
        """
        try:
            manifest = json.loads(read_bearable(self._of(version) / MANIFEST))
            schema = manifest["schema_version"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BundleError(f"bundle {version} must have a manifest. Received: {error}") from error
        if schema != SCHEMA_VERSION:
            raise BundleError(f"bundle {version} must have schema {SCHEMA_VERSION}. Received: {schema}")
        if not is_sealed(manifest):
            raise BundleError(f"{MANIFEST} of bundle {version} must match its seal. Received: a changed file")
        if not isinstance(manifest.get("sha256"), dict):
            raise BundleError(f"bundle {version} must list its files' checksums. Received: none")
        return dict(manifest)

    def load(self, version: str) -> Ranker:
        """Load a version as the object that serves, every file checked against the manifest, and tried out.

        Raises:
            BundleError: a file is missing, changed, too large or foreign, or the ranker fails its trial.
        """
        manifest = self.manifest(version)
        self._verify(version, manifest, [name for name in FILES if name in manifest["sha256"]])
        missing = [name for name in FILES if name not in manifest["sha256"]]
        if missing:
            raise BundleError(f"bundle {version} must hold {', '.join(FILES)}. Received: none named {missing[0]}")
        network, tables, movies = (self._of(version) / name for name in (NETWORK, TABLES, MOVIES))
        try:
            with tables.open("rb") as file:
                check_tables(file, movies.read_bytes())
            return unpack(network.read_bytes(), tables.read_bytes(), movies.read_bytes(), manifest, version)
        except UNFIT as error:
            raise BundleError(f"bundle {version} must hold a ranker of this Reelmate. Received: {error}") from error

    def load_stand_in(self) -> Ranker | None:
        """Return the newest good version that may serve where the current one cannot; None without one."""
        for version in reversed(self.older()):
            try:
                return self.load(version)
            except BundleError:
                continue
        return None

    def networks(self, version: str) -> tuple[bytes, bytes]:
        """Return a version's network as ONNX and as a Keras archive, which training can go on from.

        Raises:
            BundleError: one of them is missing or changed.
        """
        self._verify(version, self.manifest(version), (NETWORK, ARCHIVE))
        return (self._of(version) / NETWORK).read_bytes(), (self._of(version) / ARCHIVE).read_bytes()

    def publish(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> None:
        """Write a bundle aside, make it durable, and point `current` at it.

        Raises:
            BundleError: the version exists.
        """
        if self._of(version).exists():
            raise BundleError(f"a bundle's version must be new. Received: {version}")
        self.sweep()
        self._write(self._of(version), files, manifest)
        self.point_at(version)

    def refuse(self, files: Mapping[str, bytes], manifest: Mapping[str, Any], version: str) -> Path:
        """Keep a refused bundle aside and return its folder."""
        folder = self.folder / REFUSED / self._of(version).name
        self.sweep()
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
        """Point at the newest good version before the current one and return it.

        Raises:
            BundleError: there is none.
        """
        for version in reversed(self.older()):
            if self._is_good(version):
                self.point_at(version)
                return version
        listed = ", ".join(self.versions()) or "no bundle"
        raise BundleError(f"a rollback needs an older bundle that is undamaged. Received: {listed}")

    def older(self) -> list[str]:
        """Return the versions before the current one, oldest first; all of them when the pointer names none."""
        try:
            current = self.current()
            is_there = current is not None and current[0].isdigit() and self._of(current).is_dir()
        except (BundleError, OSError):
            return self.versions()
        return [version for version in self.versions() if not is_there or version < str(current)]

    def prune(self, keep: int, held: str = "") -> list[str]:
        """Delete all but the newest `keep` versions, those that serve and as many refused ones; return what went.

        Args:
            held: a version that serves although it is not the current one.

        Raises:
            BundleError: the pointer names none, or a challenge cannot be read: what serves is not known then.
        """
        challenge = self.challenge()
        spared = {self.current(), held, *(challenge.bundles if challenge else ())}
        versions = [version for version in self.versions() if version not in spared]
        refused = sorted(path.parent.name for path in (self.folder / REFUSED).glob(f"[0-9]*/{MANIFEST}"))
        gone = versions[: max(0, len(versions) - keep)]
        for version in gone:
            _remove(self._of(version))
        for version in refused[: max(0, len(refused) - keep)]:
            _remove(self.folder / REFUSED / version)
        return gone

    def sweep(self) -> list[str]:
        """Remove what an interrupted publish left behind, and return it; only for who keeps others from publishing."""
        leftovers = [path for pattern in (".[0-9]*", f"{REFUSED}/.[0-9]*") for path in self.folder.glob(pattern)]
        for leftover in leftovers:
            shutil.rmtree(leftover, ignore_errors=True)
        return [leftover.name for leftover in leftovers]

    def _of(self, version: str) -> Path:
        if not version or not all(sign.isalnum() or sign in "-_" for sign in version):
            raise BundleError(f"a bundle's version must be letters, digits and dashes. Received: {version!r}")
        return self.folder / version

    def _entry(self, version: str, *, is_current: bool) -> BundleEntry:
        try:
            return BundleEntry(version, self.manifest(version), is_current)
        except BundleError as error:
            return BundleEntry(version, {}, is_current, str(error))

    def _is_good(self, version: str) -> bool:
        """Tell whether a version is undamaged, and a ranker that would serve where it has all of one's files."""
        try:
            listed = [name for name in FILES if name in self.manifest(version)["sha256"]]
            self._verify(version, self.manifest(version), listed)
            if len(listed) == len(FILES):
                self.load(version)
        except BundleError:
            return False
        return True

    def _verify(self, version: str, manifest: Mapping[str, Any], names: Sequence[str]) -> None:
        for name in names:
            require_unchanged(self._of(version) / name, manifest)

    def _write(self, folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
        aside = folder.parent / f".{folder.name}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
        sizes = {name: len(content) for name, content in sorted(files.items())}
        full = sealed({"schema_version": SCHEMA_VERSION, **manifest, "sha256": sums, "bytes": sizes})
        try:
            aside.mkdir(parents=True)
            for name, content in {**files, MANIFEST: json.dumps(full, indent=1).encode()}.items():
                (aside / name).write_bytes(content)
                make_durable(aside / name)
            make_durable(aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)  # a full disk needs the room
            raise
        aside.replace(folder)
        make_durable(folder.parent)


def _remove(folder: Path) -> None:
    """Delete a bundle: out of sight first, so that nobody meets half of one."""
    hidden = folder.with_name(f".{folder.name}.gone")
    folder.replace(hidden)
    shutil.rmtree(hidden)
