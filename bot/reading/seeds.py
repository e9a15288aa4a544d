"""The film that others shall be like: "like Arrival but lighter", 像《降临》那样."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.reading.known import Known
from recommender.domain import MovieId

_LIKE: Final = re.compile(
    r"(?:(?:something|anything|movies?|films?|more|one|stuff) )?(?:just |exactly |kind of |a bit )?"
    r"(?:like|similar to|in the (?:style|vein|spirit) of|reminiscent of|along the lines of|as good as) (?P<title>.+)"
    r"|(?:类似于?|好?像|如同)\s*(?P<chinese>.+)"
)
# Words that link much else, too: what stands behind them is a film only if it is called just so.
_WITH: Final = re.compile(r"(?:跟|和|与|同)\s*(?P<title>.+)")
_QUOTED: Final = re.compile(r"\s*[《“\"'](?P<title>[^》”\"]+?)[》”\"']")
# Where a title ends, at the latest, unless it is quoted.
_TITLE_END: Final = re.compile(r"\s*(?:[,;，；。！!?？]| but | only | just |但|不过|只是|可是)")
_BEHIND: Final = re.compile(
    r"\s*(?:(?:那样|那种|这样|这种|一样|差不多|类似|相似|同类)+)?(?:风格|感觉|类型)?的?\s*(?:电影|影片|片子|片)?"
)
_LONGEST_WORDS: Final = 8


def read_seed(text: str, at: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film named behind a word for likeness at a place, and where that ends; None where none is."""
    found = _LIKE.match(text, at)
    linked = None if found else _WITH.match(text, at)
    if found:
        start = found.start("title" if found["title"] else "chinese")
    elif linked:
        start = linked.start("title")
    else:
        return None
    titles = list(_titles(text, start))
    named = ((known.film_called(title), end) for title, end in titles)
    seed = next(((movie_id, end) for movie_id, end in named if movie_id is not None), None)
    if seed is None and found and titles:
        meant = known.film_meant(titles[0][0])
        seed = None if meant is None else (meant, titles[0][1])
    return None if seed is None else (seed[0], _behind(text, seed[1]))


def _behind(text: str, end: int) -> int:
    """Return where ends what is said behind a title and means nothing."""
    found = _BEHIND.match(text, end)
    return found.end() if found else end


def _titles(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield what the title may be, the longest first, with its end."""
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
