"""A folder or a zip as a set of named files, opened for reading under stated caps."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from bot.catalogue.errors import SourceError
from bot.catalogue.wide_files import in_utf8
from bot.catalogue.zips import DAMAGED, files_of, open_file

# ml-32m unpacks to 1.2 GB; nothing of this kind comes near the cap.
MAX_UNPACKED_BYTES: Final = 8 * 1024**3
# Text compresses 4 to 6 times; deflate's own limit, 1032 to 1, is what bombs use.
MAX_COMPRESSION: Final = 200
# How the files of a release end.
DATA_FILES: Final = (".csv", ".dat", ".item")
_PACKED: Final = ".gz"
# What some editors put behind every name.
_TEXT: Final = ".txt"
# So much of a file tells what it is.
_SIGN_BYTES: Final = 512
# What Kaggle calls the files of the 20m release.
_OTHER_NAMES: Final = {"movie.csv": "movies.csv", "rating.csv": "ratings.csv", "link.csv": "links.csv"}
# What browsers and file managers make of a name that is there already: "ratings (1).csv", "Copy of ratings.csv".
_COPIED: Final = re.compile(r"^copy of (?=\w)|(?: - copy|[ _]copy)?(?: ?\([0-9]{1,3}\))?(?=\.\w+$)")
# A spreadsheet's texts with tabs; which sign stands between fields shows in the header.
_TABBED: Final = re.compile(r"^(movies?|ratings?|links?|tags)(?:\.tsv|\.txt)$")
# How files begin that are packed in ways that are not read.
_OTHER_PACKINGS: Final = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"(\xb5/\xfd")
_TAR: Final = (b"ustar", 257)  # where a tar says that it is one


@dataclass(frozen=True, slots=True)
class Archive:
    """Files by bare name; `name` is that of the folder they lie in.

    Attributes:
        path: the folder or the zip.
        name: the innermost folder's name, else the zip's own name without its ending.
        members: where each file is: a path below the folder, or a zip's member.
    """

    path: Path
    name: str
    members: dict[str, str]

    def __contains__(self, file: str) -> bool:
        return file in self.members

    @contextmanager
    def open(self, file: str) -> Iterator[IO[bytes]]:
        """Open one file for reading bytes.

        Raises:
            SourceError: it is absent, unreadable or damaged.
        """
        if file not in self.members:
            packed = next((name for name in self.members if name.lower().startswith(f"{file}.")), None)
            remedy = f": unpack {packed!r} first" if packed else ""
            raise SourceError(f"the file is missing{remedy}", file=file)
        try:
            with self._open(self.members[file]) as stream, _unpacked(stream, self.members[file]) as content:
                yield in_utf8(content)
        except UnicodeDecodeError as error:
            raise SourceError("the file is in UTF-16 and cut short: save it as CSV in UTF-8", file=file) from error
        except (OSError, zipfile.BadZipFile, RuntimeError, EOFError, zlib.error) as error:
            raise SourceError(f"the file cannot be read ({error})", file=file) from error

    @contextmanager
    def _open(self, member: str) -> Iterator[IO[bytes]]:
        if self.path.is_dir():
            with (self.path / member).open("rb") as stream:
                yield stream
        else:
            with zipfile.ZipFile(self.path) as packed, open_file(packed, member) as stream:
                yield stream


def open_archive(path: Path, max_unpacked_bytes: int = MAX_UNPACKED_BYTES) -> Archive:
    """Find the files of a folder (or of the one folder or zip in it), or of a zip.

    Raises:
        SourceError: there is no such folder or zip, or the zip breaks a cap or holds an unsafe path.
    """
    if path.is_dir():
        return _open_folder(path.resolve())
    if not path.exists():
        raise SourceError(f"expected a folder or a zip. Received: {path}, which does not exist")
    if not zipfile.is_zipfile(path):
        raise SourceError(f"expected a folder or a zip. Received: {path.name}, {_kind_of(path)}", file=path.name)
    return _open_zip(path, max_unpacked_bytes)


def _open_folder(folder: Path) -> Archive:
    files = _by_file({entry.name: entry.name for entry in sorted(folder.iterdir()) if entry.is_file()})
    inner = [entry for entry in sorted(folder.iterdir()) if entry.is_dir() and not entry.name.startswith((".", "_"))]
    if not any(file.endswith(DATA_FILES) for file in files) and len(inner) == 1:
        return _open_folder(inner[0])
    packed = [file for file in files if file.lower().endswith(".zip") and zipfile.is_zipfile(folder / file)]
    if not inner and len(packed) == 1 and not any(file.endswith((*DATA_FILES, ".data")) for file in files):
        return _open_zip(folder / packed[0], MAX_UNPACKED_BYTES)
    _refuse_wrapped([*files], folder.name)
    return Archive(folder, folder.name, files)


def _open_zip(path: Path, max_unpacked_bytes: int) -> Archive:
    try:
        with zipfile.ZipFile(path) as packed:
            entries = files_of(packed)
    except DAMAGED as error:
        raise SourceError(f"the zip is damaged ({error}): download it again", file=path.name) from error
    for entry in entries:
        _check_member(path.name, entry)
    if sum(entry.file_size for entry in entries) > max_unpacked_bytes:
        raise SourceError(f"a zip may unpack to {max_unpacked_bytes:,} bytes at most", file=path.name)
    wanted = [entry.filename for entry in entries if not entry.filename.startswith("__MACOSX")]
    _refuse_wrapped(wanted, path.name)
    folders = {_place(member).parent.name for member in wanted} - {""}
    name = folders.pop() if len(folders) == 1 else path.stem
    return Archive(path, name, _by_bare_name(path.name, wanted))


def _kind_of(path: Path) -> str:
    """Say what a file is that should be a zip, and what to do about it."""
    with path.open("rb") as stream:
        start = stream.read(_SIGN_BYTES)
    if start.startswith(b"PK"):
        return "which is a zip cut short, as by a download that broke off: download it again"
    if re.match(rb"\s*<(?:!doctype|html)", start, re.IGNORECASE):
        return "which is a web page: download the file itself"
    if start.startswith(_OTHER_PACKINGS) or start[_TAR[1] :].startswith(_TAR[0]):
        return "which is packed in another way: unpack it and give the folder"
    if _file_of(path.name).endswith((*DATA_FILES, ".data")):
        return "which is neither: give the folder that it lies in"
    return "which is neither"


def _refuse_wrapped(names: list[str], holder: str) -> None:
    """Refuse a folder or a zip whose release is wrapped once more, or still a spreadsheet.

    Raises:
        SourceError: it is; says what to do.
    """
    if any(_file_of(name).endswith((*DATA_FILES, ".data")) for name in names):
        return
    if "xl/workbook.xml" in names:
        raise SourceError("expected CSV files: save each sheet as CSV in UTF-8. Received: a spreadsheet", file=holder)
    for name in names:
        if name.lower().endswith((".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".xz", ".bz2", ".zst")):
            raise SourceError(f"expected the files of a release: unpack {name!r} first, or import that", file=holder)
        if name.lower().endswith((".xlsx", ".xls", ".ods", ".numbers")):
            raise SourceError(f"expected CSV files: save {name!r} as CSV in UTF-8", file=holder)


def _by_bare_name(zip_name: str, wanted: list[str]) -> dict[str, str]:
    members = dict[str, str]()
    for member in wanted:
        file = _file_of(_place(member).name)
        if file.endswith(DATA_FILES) and file in members:
            both = f"{members[file]!r} and {member!r}"
            raise SourceError(f"a zip must hold one release. Received: {both}", file=zip_name)
        members[file] = member
    return members


def _by_file(names: dict[str, str]) -> dict[str, str]:
    """Return a folder's files by the names that readers know; a file of just that name goes before any other."""
    return {_file_of(name): place for name, place in names.items()} | names


def _file_of(name: str) -> str:
    """Return the name by which readers know a file, packed or not, by Kaggle's name or GroupLens', in any case."""
    own = _COPIED.sub("", name.lower().removesuffix(_PACKED))
    bare = _COPIED.sub("", _TABBED.sub(r"\1.csv", own).removesuffix(_TEXT))
    return _OTHER_NAMES.get(bare, bare) if bare.endswith((*DATA_FILES, ".data")) else name


@contextmanager
def _unpacked(stream: IO[bytes], member: str) -> Iterator[IO[bytes]]:
    if not member.lower().endswith(_PACKED):
        yield stream
        return
    limit = MAX_COMPRESSION * max(stream.seek(0, 2), 1024)
    stream.seek(0)
    with _CappedGzip(stream, limit) as content:
        yield cast("IO[bytes]", content)


class _CappedGzip(gzip.GzipFile):
    """A packed file that refuses to unpack to more than `limit` bytes."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._limit = limit

    def read(self, size: int | None = -1) -> bytes:
        """Read as a file does.

        Raises:
            OSError: it unpacks to more than the limit.
        """
        left = self._limit + 1 - self.tell()
        content = super().read(left if size is None or size < 0 else min(size, left))
        if self.tell() > self._limit:
            raise OSError(f"it unpacks to more than {MAX_COMPRESSION} times its size")
        return content


def _place(member: str) -> PurePosixPath:
    return PurePosixPath(member.replace("\\", "/"))  # some packers on Windows write what the format forbids


def _check_member(zip_name: str, entry: zipfile.ZipInfo) -> None:
    member = _place(entry.filename)
    if member.is_absolute() or ".." in member.parts or ":" in member.parts[0]:
        raise SourceError(f"a zip's paths must stay inside it. Received: {entry.filename!r}", file=zip_name)
    if entry.file_size > MAX_COMPRESSION * max(entry.compress_size, 1024):
        raise SourceError(f"{entry.filename!r} unpacks to more than {MAX_COMPRESSION} times its size", file=zip_name)
