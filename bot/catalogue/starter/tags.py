"""The closed vocabulary of tags, in English and Chinese."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

TagKind = Literal["mood", "theme", "style", "setting"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One line of `tags.csv`; `meaning` says in English which films bear it."""

    name: str
    kind: TagKind
    zh: str
    meaning: str


@cache
def load_tags() -> tuple[Tag, ...]:
    """Return every tag that a film may bear, in the order of the file; `make check` has proved it sound."""
    text = files(__package__).joinpath("tags.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Tag(row["tag"], cast(TagKind, row["kind"]), row["zh"], row["meaning"]) for row in rows)
