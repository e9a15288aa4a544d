"""What directors and actors are called in Chinese, where that is certain."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_chinese_names() -> Mapping[str, str]:
    """Return Chinese names by the names of English credits; `make check` has proved them sound."""
    text = files(__package__).joinpath("people.csv").read_text(encoding="utf-8")
    return {row["name"]: row["zh"] for row in csv.DictReader(text.splitlines())}


@cache
def load_nicknames() -> Mapping[str, str]:
    """Return who is meant by what people call them besides, in lower case and without accents."""
    text = files(__package__).joinpath("nicknames.csv").read_text(encoding="utf-8")
    return {row["nickname"]: row["name"] for row in csv.DictReader(text.splitlines())}
