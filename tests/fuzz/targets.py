"""What strangers can send, each as a function of bytes that may raise nothing: what is refused is refused by name.

`tests/fuzz/test_targets.py` tries each with Hypothesis; `scripts/fuzz` with a fuzzer that follows coverage (atheris).
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from telegram import Update
from telegram.error import TelegramError

from bot.callbacks import decode, encode
from bot.catalogue.errors import SourceError
from bot.catalogue.file_names import title_in_file_name
from bot.catalogue.links import read_link
from bot.catalogue.movielens import read_movielens
from bot.catalogue.titles import normalise_title, search_forms, split_year
from bot.delivery.incoming import as_readable, inbox_update, lane_of, parse_delivery
from bot.delivery.requests import parse_answer
from bot.histories import HistoryError, Pace, read_history
from bot.reading.small_talk import read_small_talk
from bot.reading.wishes import read_wish
from bot.sandbox.entities import read_text
from bot.sandbox.errors import SandboxError
from bot.sandbox.markup import read_keyboard
from bot.sandbox.parameters import Parameters, read_parameters
from recommender.errors import CorpusError

THIS_YEAR: Final = 2026
# A release of which each part in turn is what somebody made of it.
RELEASE: Final = {
    "movies.csv": b"movieId,title,genres\n1,Heat (1995),Action|Crime\n2,Alien (1979),Horror|Sci-Fi\n",
    "ratings.csv": b"userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,3.5,964982704\n",
    "links.csv": b"movieId,imdbId,tmdbId\n1,0113277,949\n2,0078748,348\n",
}
OLD_RELEASE: Final = {
    "movies.dat": b"1::Heat (1995)::Action|Crime\n2::Alien (1979)::Horror\n",
    "ratings.dat": b"1::1::4::964982703\n1::2::3::964982704\n",
}
HISTORY_NAMES: Final = ("ratings.csv", "watched-history.json", "export.zip", "watchlist.txt")


def callback(data: bytes) -> None:
    """Read a button's payload; what is understood is written as it was."""
    text = data.decode("utf-8", "replace")
    action = decode(text)
    assert action is None or encode(action) == text


def message(data: bytes) -> None:
    """Read what somebody wrote: small talk, a wish, a link, a file's name, a title."""
    text = data.decode("utf-8", "surrogatepass" if is_utf8(data) else "replace")
    read_small_talk(text)
    read_wish(text, THIS_YEAR)
    read_link(text)
    title_in_file_name(text)
    normalise_title(text)
    search_forms(text)
    split_year(text)


def answer(data: bytes) -> None:
    """Read what a poll brought, and make rows of the inbox of it."""
    with suppress(TelegramError):
        found = parse_answer(data).get("result")
        for raw in found if isinstance(found, list) else ():
            if isinstance(raw, dict) and isinstance(raw.get("update_id"), int):
                as_readable(raw)
                inbox_update(raw)


def delivery(data: bytes) -> None:
    """Read what was posted to the webhook, and make a row of the inbox of it, which must be found as its person's."""
    raw, can_be_read = as_readable(parse_delivery(data))
    row = inbox_update(raw)
    stored = json.loads(row.payload)
    if can_be_read:
        update = Update.de_json(stored, None)
        assert row.update_id == update.update_id
        assert lane_of(update) in (0, row.person)


def call(data: bytes) -> None:
    """Read a call of the local Telegram: JSON, form or parts, by the first byte."""
    kinds = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    kind = kinds[(data[0] if data else 0) % len(kinds)]
    with suppress(SandboxError):
        parameters = asyncio.run(read_parameters(_request(kind, data[1:])))
        _formatted(parameters)


def markup(data: bytes) -> None:
    """Read Telegram's HTML and a keyboard."""
    text = data.decode("utf-8", "replace")
    with suppress(SandboxError):
        read_text(text, "HTML")
    with suppress(SandboxError):
        read_keyboard(Parameters({"reply_markup": text}))


def films_csv(data: bytes) -> None:
    """Import a release whose films are these."""
    _import({**RELEASE, "movies.csv": data})


def ratings_csv(data: bytes) -> None:
    """Import a release whose ratings are these."""
    _import({**RELEASE, "ratings.csv": data})


def links_csv(data: bytes) -> None:
    """Import a release whose links are these."""
    _import({**RELEASE, "links.csv": data})


def ratings_dat(data: bytes) -> None:
    """Import an old release whose ratings are these."""
    _import({**OLD_RELEASE, "ratings.dat": data})


def history(data: bytes) -> None:
    """Read a file of another site; its first byte chooses what it is called."""
    with suppress(HistoryError):
        read_history(HISTORY_NAMES[(data[0] if data else 0) % len(HISTORY_NAMES)], data[1:], Pace())


def archive(data: bytes) -> None:
    """Import a zip."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "release.zip")
        path.write_bytes(data)
        with suppress(SourceError, CorpusError):
            read_movielens(path)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    target.__name__: target
    for target in (
        callback,
        message,
        answer,
        delivery,
        call,
        markup,
        films_csv,
        ratings_csv,
        links_csv,
        ratings_dat,
        archive,
        history,
    )
}


def is_utf8(data: bytes) -> bool:
    """Say whether these bytes are text, lone surrogates included."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _import(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        with suppress(SourceError, CorpusError):
            read_movielens(folder)


def _formatted(parameters: Parameters) -> None:
    for name in ("text", "caption"):
        if isinstance(parameters.values.get(name), str):
            read_text(parameters.values[name], "HTML")
    read_keyboard(parameters)


def _request(kind: str, body: bytes) -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode())]
    return Request({"type": "http", "method": "POST", "query_string": b"", "headers": headers}, receive)
