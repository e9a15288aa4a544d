"""A person's file of whatever site: its content tells what it is, and its name only what that leaves open."""

from __future__ import annotations

import codecs

from bot.histories.caps import MAX_BYTES, Pace
from bot.histories.entry import History
from bot.histories.errors import HistoryError, Refusal
from bot.histories.harvest import Harvest
from bot.histories.json_layouts import read_json
from bot.histories.packed import is_zip, unpack
from bot.histories.tables import read_table
from bot.histories.text import find_encoding


def read_history(name: str, content: bytes, pace: Pace) -> History:
    """Read a file, or the files of a zip.

    Raises:
        HistoryError: it is not taken, for the reason that it names.
    """
    if len(content) > MAX_BYTES:
        raise HistoryError(Refusal.TOO_BIG)
    if not content.strip():
        raise HistoryError(Refusal.EMPTY)
    harvest = Harvest(pace)
    if is_zip(content):
        _read_zip(content, harvest)
    elif not _read_file(name, content, harvest):
        raise HistoryError(Refusal.UNKNOWN)
    return harvest.history()


def _read_zip(content: bytes, harvest: Harvest) -> None:
    """Read what is known among a zip's files, and pass over the rest."""
    for file, (name, unpacked) in enumerate(unpack(content, harvest.pace)):
        if is_zip(unpacked):
            raise HistoryError(Refusal.ZIP_IN_ZIP)
        if unpacked.strip():
            _read_member(name, unpacked, harvest, file)


def _read_member(name: str, content: bytes, harvest: Harvest, file: int) -> None:
    try:
        _read_file(name, content, harvest, file)
    except HistoryError as error:
        if error.refusal not in (Refusal.UNKNOWN, Refusal.DAMAGED):
            raise


def _read_file(name: str, content: bytes, harvest: Harvest, file: int = 0) -> bool:
    content = content.removeprefix(codecs.BOM_UTF8)
    encoding = find_encoding(content, harvest.pace)
    if content[:64].decode(encoding, "ignore").lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return read_json(content.decode(encoding, "replace"), name, harvest, file)
    return read_table(content, encoding, name, harvest, file)
