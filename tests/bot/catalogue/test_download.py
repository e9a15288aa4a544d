"""Downloads, against a server of our own on loopback that breaks off, forgets ranges and lies."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.catalogue.download import download_release
from bot.catalogue.errors import DownloadError
from bot.catalogue.importing import import_movielens
from tests.bot.catalogue.fakes import CatalogueInMemory, pack, write_csv_release

CONTENT = bytes(range(256)) * 4096


@dataclass
class Mirror:
    """What the server serves, and how it misbehaves.

    Attributes:
        cuts: bytes after which the next answers break off.
        errors: statuses that the next answers have.
        asked: the Range header of each request for the zip.
    """

    url: str = ""
    content: bytes = CONTENT
    checksum: str = ""
    knows_ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    asked: list[str | None] = field(default_factory=list)

    def fetch(self, folder: Path, attempts: int = 4) -> Path:
        pauses: list[float] = []
        return download_release("ml-1m", folder, base_url=self.url, attempts=attempts, pause=pauses.append)


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    mirror = Mirror()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith(".md5"):
                checksum = mirror.checksum or hashlib.md5(mirror.content).hexdigest()
                self._answer(200, f"MD5 (ml-1m.zip) = {checksum}\n".encode())
            elif self.path != "/ml-1m.zip":
                self._answer(404, b"no such file")
            else:
                self._serve()

        def _serve(self) -> None:
            asked = self.headers.get("Range")
            mirror.asked.append(asked)
            if mirror.errors:
                self._answer(mirror.errors.pop(0), b"busy")
                return
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and mirror.knows_ranges else 0
            if start >= len(mirror.content):
                self._answer(416, b"")
                return
            cut = mirror.cuts.pop(0) if mirror.cuts else None
            self._answer(206 if start else 200, mirror.content[start:], cut)

        def _answer(self, status: int, body: bytes, cut: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:cut])
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    mirror.url = f"http://127.0.0.1:{server.server_port}"
    yield mirror
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_release_comes_whole(tmp_path: Path, mirror: Mirror) -> None:
    assert mirror.fetch(tmp_path).read_bytes() == CONTENT
    assert [file.name for file in tmp_path.iterdir()] == ["ml-1m.zip"]


def test_progress_is_told_in_bytes(tmp_path: Path, mirror: Mirror) -> None:
    told: list[tuple[str, int, int | None]] = []
    download_release("ml-1m", tmp_path, lambda *step: told.append(step), base_url=mirror.url)
    assert told[-1] == ("Downloading ml-1m.zip", len(CONTENT), len(CONTENT))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_an_interrupted_download_goes_on_where_it_broke_off(tmp_path: Path, mirror: Mirror) -> None:
    mirror.cuts = [300_000, 200_000]
    assert mirror.fetch(tmp_path).read_bytes() == CONTENT
    assert mirror.asked[0] is None
    starts = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in mirror.asked[1:] if asked]
    assert len(starts) == 2
    assert 0 < starts[0] <= 300_000 < starts[1] <= 500_000


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(tmp_path: Path, mirror: Mirror) -> None:
    mirror.cuts = [300_000]
    with pytest.raises(DownloadError, match="broke off 1 times"):
        mirror.fetch(tmp_path, attempts=1)
    assert mirror.fetch(tmp_path, attempts=1).read_bytes() == CONTENT
    assert mirror.asked[1] is not None


def test_a_server_without_ranges_starts_over(tmp_path: Path, mirror: Mirror) -> None:
    mirror.knows_ranges, mirror.cuts = False, [300_000]
    assert mirror.fetch(tmp_path).read_bytes() == CONTENT


def test_a_part_that_is_whole_already_is_only_checked(tmp_path: Path, mirror: Mirror) -> None:
    (tmp_path / "ml-1m.zip.part").write_bytes(CONTENT)
    assert mirror.fetch(tmp_path).read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(tmp_path: Path, mirror: Mirror) -> None:
    mirror.errors = [503, 429]
    assert mirror.fetch(tmp_path).read_bytes() == CONTENT


def test_a_wrong_checksum_is_refused_and_nothing_is_kept(tmp_path: Path, mirror: Mirror) -> None:
    mirror.checksum = "0" * 32
    with pytest.raises(DownloadError, match="must have the MD5 0000"):
        mirror.fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_checksum_that_is_none_is_refused(tmp_path: Path, mirror: Mirror) -> None:
    mirror.checksum = "soon"
    with pytest.raises(DownloadError, match="expected an MD5 checksum"):
        mirror.fetch(tmp_path)


def test_a_release_that_is_not_there_is_refused_at_once(tmp_path: Path, mirror: Mirror) -> None:
    mirror.errors = [404]
    with pytest.raises(DownloadError, match="Received: status 404"):
        mirror.fetch(tmp_path)
    assert len(mirror.asked) == 1


def test_nobody_answering_is_told(tmp_path: Path, mirror: Mirror) -> None:
    mirror.url = "http://127.0.0.1:9"
    with pytest.raises(DownloadError, match="broke off 2 times"):
        mirror.fetch(tmp_path, attempts=2)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "ftp://127.0.0.1:9", "http://[::"])
def test_a_proxy_that_cannot_be_used_is_told(
    tmp_path: Path, mirror: Mirror, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    mirror.url = "http://films.example"
    with pytest.raises(DownloadError, match="ALL_PROXY"):
        mirror.fetch(tmp_path)


def test_an_unknown_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="Received: 'ml-9'"):
        download_release("ml-9", tmp_path)


def test_what_was_downloaded_is_not_fetched_again(tmp_path: Path, mirror: Mirror) -> None:
    mirror.fetch(tmp_path)
    mirror.fetch(tmp_path)
    assert len(mirror.asked) == 1


def test_a_release_is_imported_by_its_name(tmp_path: Path, mirror: Mirror) -> None:
    mirror.content = pack(write_csv_release(tmp_path / "ml-1m"), tmp_path / "release.zip").read_bytes()
    report = import_movielens("ml-1m", CatalogueInMemory(), tmp_path / "state", base_url=mirror.url)
    assert (report.corpus, report.rating_count) == ("ml-1m", 5)
