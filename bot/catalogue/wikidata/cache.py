"""Answers on disk, by question, for as long as they are fresh."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Long enough to go on after a night without network, short enough that the next run asks anew.
FRESH_S: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """A folder of answers.

    Attributes:
        folder: made with the first answer; may be removed at any time.
        now: seconds since 1970, as files have them.
    """

    folder: Path
    fresh_s: float = FRESH_S
    now: Callable[[], float] = time.time

    def get(self, question: str) -> bytes | None:
        """Return the answer, if there is one and it is fresh."""
        try:
            file = self._file(question)
            return file.read_bytes() if self._is_fresh(file) else None
        except OSError:
            return None

    def put(self, question: str, answer: bytes) -> None:
        """Keep an answer; a reader sees a whole one or none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(question)
        aside = file.with_suffix(f".{os.getpid()}.new")
        aside.write_bytes(answer)
        aside.replace(file)

    def sweep(self) -> None:
        """Remove what is fresh no more, and what was left half written."""
        for file in self.folder.glob("*.*"):
            if file.suffix in (".json", ".new") and not self._is_fresh(file):
                file.unlink(missing_ok=True)

    def _file(self, question: str) -> Path:
        return self.folder / f"{hashlib.sha256(question.encode()).hexdigest()}.json"

    def _is_fresh(self, file: Path) -> bool:
        return 0 <= self.now() - file.stat().st_mtime < self.fresh_s
