"""MovieLens releases fetched from GroupLens: with progress, resumed after an interruption, checked."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import httpx

from bot.catalogue.errors import DownloadError
from bot.catalogue.progress import Progress, no_progress
from bot.catalogue.web_client import open_client
from bot.settings import GROUPLENS
from recommender.data.durable import make_durable

BASE_URL: Final = GROUPLENS
RELEASES: Final = ("ml-latest-small", "ml-latest", "ml-25m", "ml-32m", "ml-20m", "ml-10m", "ml-1m", "ml-100k")
MAX_BYTES: Final = 4 * 1024**3
_TIMEOUT_S: Final = 30.0
_ATTEMPTS: Final = 6
_FIRST_PAUSE_S: Final = 1.0

T = TypeVar("T")


class _InterruptedError(Exception):
    """The transfer broke off; what came is kept, and another attempt goes on from there."""


def download_release(
    release: str,
    folder: Path,
    progress: Progress = no_progress,
    *,
    base_url: str = BASE_URL,
    attempts: int = _ATTEMPTS,
    pause: Callable[[float], None] = time.sleep,
) -> Path:
    """Return the release's zip in `folder`, downloading what is missing of it.

    Raises:
        DownloadError: unknown release, no such file there, too many interruptions, or a wrong checksum.
    """
    if release not in RELEASES:
        raise DownloadError(f"expected one of {', '.join(RELEASES)}. Received: {release!r}")
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / f"{release}.zip", folder / f"{release}.zip.part"
    url = f"{base_url.rstrip('/')}/{release}.zip"
    with open_client(base_url, DownloadError, timeout=_TIMEOUT_S, follow_redirects=True) as client:
        checksum = _retry(lambda: _fetch_checksum(client, f"{url}.md5"), attempts, pause)
        if target.is_file() and _md5(target) == checksum:
            return target
        _retry(lambda: _fetch(client, url, part, progress), attempts, pause)
    _publish(part, target, checksum)
    return target


def _retry(step: Callable[[], T], attempts: int, pause: Callable[[float], None]) -> T:
    """Repeat a step that breaks off, with growing pauses."""
    reason = ""
    for attempt in range(attempts):
        try:
            return step()
        except (_InterruptedError, httpx.TransportError) as error:
            reason = str(error) or type(error).__name__
        if attempt + 1 < attempts:
            pause(_FIRST_PAUSE_S * 2**attempt)
    hint = "check the network and try again, it goes on from there"
    raise DownloadError(f"the download broke off {attempts} times ({reason}): {hint}")


def _fetch_checksum(client: httpx.Client, url: str) -> str:
    answer = client.get(url)
    _check_status(answer)
    found = re.search(r"\b[0-9a-fA-F]{32}\b", answer.text[:1000])
    if not found:
        raise DownloadError(f"expected an MD5 checksum at {url}. Received: {answer.text[:60]!r}")
    return found[0].lower()


def _fetch(client: httpx.Client, url: str, part: Path, progress: Progress) -> None:
    """Append what is missing to `part`; a server that knows no ranges starts over."""
    have = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # All of it is there; the checksum tells whether it is right.
        _check_status(answer)
        if answer.status_code != httpx.codes.PARTIAL_CONTENT:
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length else None
        _append(answer, part, have, total, progress)


def _append(answer: httpx.Response, part: Path, have: int, total: int | None, progress: Progress) -> None:
    step = f"Downloading {part.name.removesuffix('.part')}"
    with part.open("ab" if have else "wb") as stream:
        for chunk in answer.iter_raw():
            stream.write(chunk)
            have += len(chunk)
            if have > MAX_BYTES:
                raise DownloadError(f"a release must be below {MAX_BYTES // 1024**3} GiB; this one never ends")
            progress(step, have, total)
    if total is not None and have < total:
        raise _InterruptedError(f"{have} of {total} bytes came")


def _check_status(answer: httpx.Response) -> None:
    if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise _InterruptedError(f"the server answered {answer.status_code}")
    if answer.is_error:
        raise DownloadError(f"expected a file at {answer.url}. Received: status {answer.status_code}")


def _publish(part: Path, target: Path, checksum: str) -> None:
    received = _md5(part)
    if received != checksum:
        part.unlink()
        raise DownloadError(f"{target.name} must have the MD5 {checksum}. Received: {received}; download it again")
    make_durable(part)
    part.replace(target)


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        # GroupLens publishes MD5; it guards against damage here, not against forgery.
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
