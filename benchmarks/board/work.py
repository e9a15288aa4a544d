"""The folder where a board's measurements are kept, a file each; what is there is not measured again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.board.hall import Hall
from benchmarks.board.measuring import Part
from recommender.data.corpus import corpus_digest

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Task:
    """One ranker in one exam."""

    name: str
    part: Part
    fold: int

    @property
    def file(self) -> str:
        return f"{self.name}-{self.part}-{self.fold}.json"


@dataclass(frozen=True, slots=True)
class Work:
    """Attributes: `folder`, of one corpus, kind of judges and number of learners."""

    folder: Path

    @classmethod
    def of(cls, hall: Hall, root: Path) -> Work:
        """Return the folder below `root` for what a hall measures: of another corpus there is another."""
        return cls(root / f"{corpus_digest(hall.corpus)[:12]}-{hall.judges}-{hall.learners}")

    def read(self, task: Task) -> dict[str, Any] | None:
        """Return what was measured; None where nothing was, or by another version of this file."""
        try:
            found: dict[str, Any] = json.loads((self.folder / task.file).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if found.get("schema_version") == SCHEMA_VERSION else None

    def write(self, task: Task, measured: Mapping[str, Any], git_commit: str | None) -> None:
        """Keep what was measured, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {"schema_version": SCHEMA_VERSION, "git_commit": git_commit, **measured}
        aside = self.folder / f".{task.file}.part"
        aside.write_text(json.dumps(content) + "\n", encoding="utf-8")
        aside.replace(self.folder / task.file)
