"""Folders and zips: what is unsafe or too large is refused before it is read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from bot.catalogue.archive import open_archive
from bot.catalogue.errors import SourceError
from tests.bot.catalogue.fakes import pack, write_csv_release


def zip_of(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("member", ["../movies.csv", "/etc/movies.csv", "a/../../movies.csv", "C:/x.csv", "..\\x.csv"])
def test_a_path_out_of_the_zip_is_refused(tmp_path: Path, member: str) -> None:
    with pytest.raises(SourceError, match="paths must stay inside it"):
        open_archive(zip_of(tmp_path / "bad.zip", {member: b"x"}))


def test_a_zip_of_two_releases_is_refused_by_both_names(tmp_path: Path) -> None:
    members = {"a/movies.csv": b"x", "b/movies.csv": b"x", "a/README": b"x", "b/README": b"x"}
    with pytest.raises(SourceError, match=r"one release\. Received: 'a/movies\.csv' and 'b/movies\.csv'"):
        open_archive(zip_of(tmp_path / "two.zip", members))


def test_backslashes_are_read_as_folders(tmp_path: Path) -> None:
    archive = open_archive(zip_of(tmp_path / "packed.zip", {"ml-1m\\movies.dat": b"x", "ml-1m\\README": b"y"}))
    assert archive.name == "ml-1m"
    with archive.open("movies.dat") as stream:
        assert stream.read() == b"x"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="200 times its size"):
        open_archive(zip_of(tmp_path / "bomb.zip", {"ml/ratings.csv": b"0" * 20_000_000}))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = pack(write_csv_release(tmp_path / "ml"), tmp_path / "ml.zip")
    with pytest.raises(SourceError, match="may unpack to 100 bytes at most"):
        open_archive(path, max_unpacked_bytes=100)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = pack(write_csv_release(tmp_path / "ml"), tmp_path / "ml.zip")
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    with (
        pytest.raises(SourceError, match=r"links\.csv: the file cannot be read"),
        open_archive(path).open("links.csv") as stream,
    ):
        stream.read()


def test_what_a_mac_adds_to_a_zip_is_overlooked(tmp_path: Path) -> None:
    found = open_archive(zip_of(tmp_path / "mac.zip", {"ml-1m/movies.dat": b"x", "__MACOSX/ml-1m/._movies.dat": b"y"}))
    assert found.name == "ml-1m"
    assert set(found.members) == {"movies.dat"}


def test_a_folder_with_nothing_but_a_zip_is_that_zip(tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    zip_of(tmp_path / "downloads" / "packed.zip", {"ml-1m/movies.dat": b"x", "ml-1m/ratings.dat": b"y"})
    (tmp_path / "downloads" / "notes.pdf").write_bytes(b"z")
    archive = open_archive(tmp_path / "downloads")
    assert archive.name == "ml-1m"
    with archive.open("movies.dat") as stream:
        assert stream.read() == b"x"


def test_a_zip_without_a_folder_is_named_after_itself(tmp_path: Path) -> None:
    assert open_archive(zip_of(tmp_path / "ml-own.zip", {"movies.csv": b"x"})).name == "ml-own"


@pytest.mark.parametrize("kind", ["gztar", "bztar", "xztar", "tar"])
def test_what_is_packed_in_another_way_is_told_so(tmp_path: Path, kind: str) -> None:
    path = shutil.make_archive(str(tmp_path / "release"), kind, write_csv_release(tmp_path / "ml"))
    with pytest.raises(SourceError, match=r"packed in another way: unpack it and give the folder"):
        open_archive(Path(path))
