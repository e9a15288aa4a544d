"""Titles within a text: where they may end, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_QUOTED: Final = re.compile(r"\s*[《“\"'](?P<title>[^》”\"]+?)[》”\"']")
# Where a title ends, at the latest, unless it is quoted.
_TITLE_END: Final = re.compile(r"\s*(?:[,;，；。！!?？]| but | only | just | pero | aunque |但|不过|只是|可是)")
_LONGEST_WORDS: Final = 8


def titles_at(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield what a title that begins at a place may be, the longest first, with its end."""
    if quoted := _QUOTED.match(text, start):
        yield quoted["title"], quoted.end()
        return
    last = _TITLE_END.search(text, start)
    end = last.start() if last else len(text)
    ends = {end, *(at for at in range(start + 1, end) if _may_end(text, at))}
    for at in sorted(ends, reverse=True)[-_LONGEST_WORDS * 4 :]:
        if title := text[start:at].strip():
            yield title, at


def _may_end(text: str, at: int) -> bool:
    """Tell whether a title may end at a place: before a blank, or before a Chinese sign."""
    return text[at] == " " or not text[at].isascii()
