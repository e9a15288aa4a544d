"""The film that others shall be like: "like Arrival but lighter", 像《降临》那样, "parecida a Arrival"."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.known import Known
from bot.reading.pieces import says_nothing
from bot.reading.titles_said import titles_at
from bot.wanted import Part
from recommender.domain import MovieId

# "Less scary than Hereditary": it is not the film that is not wanted.
THAN_A_FILM: Final = "than "
_LIKE: Final = re.compile(
    r"(?:(?:something|anything|movies?|films?|more|one|stuff) )?(?:just |exactly |kind of |a bit )?"
    r"(?:like|similar to|in the (?:style|vein|spirit) of|reminiscent of|along the lines of|as good as) (?P<title>.+)"
    r"|(?:(?:algo|alguna|una|pelis?|peliculas?|mas) )?(?:parecid[oa]s? a|similar(?:es)? a|igual(?:es)? que|como|tipo|"
    r"(?:al|del|con el) estilo (?:de)?|en la linea de) (?P<spanish>.+)"
    r"|(?:类似于?|好?像|如同)\s*(?P<chinese>.+)"
)
# Words that link much else, too: what stands behind them is a film only if it is called just so.
_WITH: Final = re.compile(r"(?:跟|和|与|同)\s*(?P<title>.+)")
_BEHIND: Final = re.compile(
    r"\s*(?:(?:那样|那种|这样|这种|一样|差不多|类似|相似|同类)+)?(?:风格|感觉|类型)?的?\s*(?:电影|影片|片子|片)?"
)
# What somebody has seen and loved: a film only if it is called just so.
_LOVED: Final = re.compile(
    r"(?:(?:if )?(?:i|we) )?(?:really |just |absolutely )*(?:loved?|liked?|enjoyed|adored?|watched|saw)\s+(?P<title>.+)"
    r"|(?:a |big |huge )*fans? of\s+(?P<fan>.+)|than\s+(?P<than>.+)"
    r"|(?:me|nos) (?:gusto|gustaron|encanto|encantaron|flipo)(?: mucho)?\s+(?P<spanish>.+)"
    r"|(?:我)?(?:刚|很|最|特别)*(?:喜欢|爱看|看完|看了|看过)了?\s*(?P<chinese>.+)"
)
# Before one more such film.
_ALSO: Final = re.compile(r"(?:\b(?:or|and|o|y)|[,，、&+]|和|或者?|跟|还有)\s*$")
_ARTICLE: Final = re.compile(r"(?:the|el|la|los|las)\s+")
# A word that is a film's title, too, says something else after "not" more often.
_SHORTEST_UNWANTED: Final = 4
# What tells that the films of a series are meant: behind its name, or before it.
_FILMS_BEHIND: Final = re.compile(
    r"\s*(?:(?:movies?|films?|flicks|ones|pelis|peliculas|series|saga|franchise)\b|系列的?(?:电影|影片|片子)?|的?(?:电影|影片|片子))"
)
_ALL_BEFORE: Final = re.compile(
    r"(?:\b(?:all (?:of )?(?:the )?|every |(?:movies|films) (?:of|from) (?:the )?|"
    r"todas? las? (?:pelis? |peliculas? )?(?:de )?|(?:pelis?|peliculas?) de )|所有的?|全部的?)$"
)
# A series is called so, and years are meant.
_BEFORE: Final = re.compile(r"before\b")


def read_seed(text: str, at: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film named behind a word for likeness at a place, and where that ends; None where none is."""
    found = _LIKE.match(text, at)
    linked = found or _LOVED.match(text, at) or _WITH.match(text, at)
    if linked is None:
        return None
    start = next(linked.start(group) for group, title in linked.groupdict().items() if title)
    seed = _called(text, start, known) or (_meant(text, start, known) if found else None)
    return None if seed is None else (seed[0], _behind(text, seed[1]))


def _read_series(text: str, at: int, known: Known) -> tuple[Part, int] | None:
    """Return the series whose films are asked for at a place, and where its name ends: "the Bond films", 007系列."""
    is_all = _ALL_BEFORE.search(text, 0, at) is not None
    if not is_all and not _FILMS_BEHIND.search(text, at):
        return None
    for title, end in titles_at(text, at):
        behind = _FILMS_BEHIND.match(text, end)
        if (is_all or behind) and (name := known.series_called(title)):
            return (Part("series", (name,)), behind.end() if behind else end) if known.means_series(title) else None
    return None


def read_film(text: str, at: int, known: Known, *, is_unwanted: bool, is_one_more: bool) -> tuple[Part, int] | None:
    """Return the series asked for at a place, one more film that others shall be like, or what is not wanted.

    With it comes where its name ends. Whose name is a series' is that series: "not Star Wars".
    """
    if not is_unwanted and not is_one_more:
        return _read_series(text, at, known)
    if not is_unwanted:
        film = _read_one_more(text, at, known)
        return None if film is None else (Part("like", (str(film[0]),)), film[1])
    film, series = _read_unwanted(text, at, known), _read_unwanted_series(text, at, known)
    if series and (film is None or series[1] >= film[1]):
        return Part("series", (series[0],)), series[1]
    return None if film is None else (Part("like", (str(film[0]),)), film[1])


def _read_one_more(text: str, at: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film named at a place right behind another one that others shall be like; None where none is."""
    seed = _called(text, at, known) if _ALSO.search(text, 0, at) else None
    return None if seed is None else (seed[0], _behind(text, seed[1]))


def _read_unwanted(text: str, at: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film named at a place behind what turns away: "not Ocean's Eleven"; None where none is.

    A film whose title only begins so will do where the words mean nothing else and name nobody.
    """
    article = _ARTICLE.match(text, at)
    start = article.end() if article else at
    film = _called(text, at, known) or _called(text, start, known)
    title = next(titles_at(text, start), ("", start))[0]
    if film is None and " " in title and says_nothing(text, start) and known.person_at(text, start) is None:
        film = _meant(text, start, known)
    return film if film and _is_long_enough(text, start, film[1]) else None


def _read_unwanted_series(text: str, at: int, known: Known) -> tuple[str, int] | None:
    """Return the series named at a place behind what turns away, and where its name ends; None where none is."""
    if _BEFORE.match(text, at):
        return None
    named = ((known.series_called(title), end) for title, end in titles_at(text, at))
    series = next(((name, end) for name, end in named if name is not None), None)
    return series if series and _is_long_enough(text, at, series[1]) else None


def _is_long_enough(text: str, start: int, end: int) -> bool:
    """Tell whether what is not wanted has letters enough to be a title, and no word that says something else."""
    return sum(map(str.isalnum, text[start:end])) >= (_SHORTEST_UNWANTED if text[start].isascii() else 2)


def _called(text: str, start: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film that is called just as the text goes on, the longest title first, and where it ends."""
    named = ((known.film_called(title), end) for title, end in titles_at(text, start))
    return next(((movie_id, end) for movie_id, end in named if movie_id is not None), None)


def _meant(text: str, start: int, known: Known) -> tuple[MovieId, int] | None:
    """Return the film whose title the rest of the text begins, or has a slip in."""
    title, end = next(titles_at(text, start), ("", start))
    meant = known.film_meant(title) if title else None
    return None if meant is None else (meant, end)


def _behind(text: str, end: int) -> int:
    """Return where ends what is said behind a title and means nothing."""
    found = _BEHIND.match(text, end)
    return found.end() if found else end
