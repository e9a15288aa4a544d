"""Search of the catalogue: forgives typos, understands years and numbers of sequels, prefers the well known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.called import CalledFilms
from bot.catalogue.likeness import BEGINS, Texts
from bot.catalogue.parts import Part, part_asked, part_of_title
from bot.catalogue.phrasing import bare_title, series_name
from bot.catalogue.series import SeriesParts
from bot.catalogue.spelling import Spelling
from bot.catalogue.titles import fold, has_short_words, normalise_title, search_forms, split_year
from recommender.domain import Movie, MovieId

# Nobody types a longer title, and Telegram lets people send 4096 characters.
MAX_QUERY: Final = 120
# Below it, results look arbitrary to people.
MIN_SCORE: Final = 0.7
# From it on a film is found; below it may be another one's name, misspelt.
SURE: Final = 0.8
# An equal title beats any likeness, and equal as written beats equal in normal form.
_EQUAL_AS_WRITTEN: Final = 1.0
_EQUAL_FOLDED: Final = 0.99
_EQUAL_NORMAL: Final = 0.98
# The first letters of its words.
_INITIALS: Final = 0.86
_FEWEST_INITIALS: Final = 3
# The least that says: this very film. Films of its series begin with its title.
EXACT: Final = 0.97
# A film that bears the name of a person or a tag, beside one of that title.
_NAMES: Final = 0.93
# A name must be there in all its words: of names there are too many to guess.
_LEAST_NAMED: Final = 0.9
# What a year in the query takes off a film of the year beside it, and off one of another year.
_YEAR_BESIDE: Final = 0.02
_YEAR_OTHER: Final = 0.12
# What it takes off all others where a film of that very name and year exists.
_YEAR_DECIDES: Final = 0.3
# What is lost where something stood around the title.
_BARE_COST: Final = 0.01
_HUNDREDTH: Final = 0.01
# How far behind the best a film may be to be meant as well: after a find, after a guess.
_CLEARLY_WORSE: Final = 0.07
_CLEARLY_WORSE_GUESS: Final = 0.05
# 教父II: where Chinese ends and a number begins.
_GLUED_NUMERAL: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?=[IVX\u2160-\u2169]+$)")
_LETTER_DIGITS: Final = re.compile(r"\b[^\W\d]+\d+[^\W\d]+\b")

Pairs = Iterable[tuple[str, MovieId]]


@dataclass(frozen=True, slots=True)
class Match:
    """A film found: `score` is 1 for the title as written, falling to MIN_SCORE."""

    movie_id: MovieId
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """A title as it is looked for, and the row of its movie."""

    row: int
    written: str
    folded: str
    forms: tuple[str, ...]
    initials: set[str]
    lettered: re.Pattern[str] | None
    part: Part | None


class TitleIndex:
    """The catalogue's titles, prepared for search; build it again when the catalogue changes."""

    def __init__(
        self,
        movies: Sequence[Movie],
        popularity: Mapping[MovieId, float] | None = None,
        *,
        titles: Pairs = (),
        names: Pairs = (),
        parts: Iterable[tuple[str, int, MovieId]] = (),
    ) -> None:
        """Prepare every text by which a film is found.

        Args:
            titles: what films are called besides their titles, in any language: as good as their own.
            names: of people, series, or whatever else films are looked for by: less than a title.
            parts: each film's series and its number there, for films whose titles do not say it.
        """
        known = popularity or {}
        rows = {movie.id: row for row, movie in enumerate(movies)}
        own = ((movie.title, row) for row, movie in enumerate(movies))
        other = ((text, rows[movie_id]) for text, movie_id in titles if movie_id in rows)
        entries = [_read_title(text, row) for text, row in (*own, *other)]
        named = [(normalise_title(text), rows[movie_id]) for text, movie_id in names if movie_id in rows]
        forms = [(form, entry.row) for entry in entries for form in entry.forms]
        self._movies = list(movies)
        self._years = np.array([movie.year or 0 for movie in movies], dtype=np.int64)  # (movies,)
        self._popularity = np.array([known.get(movie.id, 0.0) for movie in movies], dtype=np.float64)  # (movies,)
        self._called = CalledFilms([(entry.written, entry.forms, entry.part, entry.row) for entry in entries])
        self._form_rows = np.array([row for _, row in forms], dtype=np.int64)  # (forms,)
        self._texts, self._names = Texts([form for form, _ in forms]), Texts([text for text, _ in named])
        self._name_rows = np.array([row for _, row in named], dtype=np.int64)  # (names,)
        self._as_typed = _group((entry.folded, entry.row) for entry in entries)
        self._equal = (
            (_group((entry.written, entry.row) for entry in entries), _EQUAL_AS_WRITTEN),
            (self._as_typed, _EQUAL_FOLDED),
            (_group(forms), _EQUAL_NORMAL),
            (_group((initials, entry.row) for entry in entries for initials in entry.initials), _INITIALS),
        )
        self.says_part = self._called.says_part
        self._lettered = [(entry.lettered, entry.row) for entry in entries if entry.lettered]
        told = [(Part(normalise_title(name), at), rows[movie_id]) for name, at, movie_id in parts if movie_id in rows]
        self._called.tell_parts(told)
        self._fame, self._places = self._in_series(told)
        self._parts = SeriesParts([(entry.forms[0], entry.part, entry.row) for entry in entries], told, self._years)
        self._spelling = Spelling(self._fame_of_words(forms), self._fame_of_words(named))

    def search(self, query: str, limit: int = 10) -> list[Match]:
        """Return at most `limit` films, best first; among equals what is typed to the letter, then the better known.

        Films of one series stand together, in its order.

        Raises:
            ValueError: `limit` is not positive.
        """
        if limit < 1:
            raise ValueError(f"limit must be positive. Received: limit={limit}")
        return self._search(query, limit, behind=1.0)

    def meant(self, query: str, limit: int) -> list[Match]:
        """Return what of a search may be the film meant: all of its name and series, or what is about as near."""
        return _meant(self._search(query, limit, behind=_CLEARLY_WORSE + _HUNDREDTH))

    def _search(self, query: str, limit: int, behind: float) -> list[Match]:
        """Search; films that are further behind the best may be left out, which takes less time."""
        asked = _GLUED_NUMERAL.sub(" ", " ".join(query[:MAX_QUERY].split()))
        if not asked or not self._movies:
            return []
        asked = asked if self._called.rows(asked) else series_name(asked)
        scores = self._answer(asked, MIN_SCORE, behind)  # (movies,)
        bare = bare_title(asked)
        if bare != asked and scores.max() < SURE:
            again = self._answer(bare, _least(scores, limit, behind) + _BARE_COST, behind)
            scores = np.maximum(scores, again - _BARE_COST)
        (corrected, *others), cost = self._spelling.correct(fold(bare))
        if cost and scores.max() < BEGINS:
            again = self._answer(corrected, _least(scores, limit, behind) + cost, behind)
            if again.max() >= EXACT:  # what only bears the word put right in a name or a tag is not meant
                again[again < BEGINS] = 0.0
            scores = np.maximum(scores, np.minimum(again, EXACT) - cost)
            # Of words equally near the one that makes a title whole is meant before one that only begins some.
            whole = [row for text in others for row in self._called.rows(text)]
            scores[whole] = np.maximum(scores[whole], EXACT - cost)
        differs = np.ones(len(self._movies), dtype=np.bool_)
        differs[list(self._as_typed.get(fold(asked), ()))] = False
        order = np.lexsort((-self._popularity, self._places, -self._fame, differs, -np.round(scores, 2)))[:limit]
        return [Match(self._movies[row].id, round(float(scores[row]), 4)) for row in order if scores[row] >= MIN_SCORE]

    def typed(self, text: str, limit: int) -> list[Match]:
        """Return at most `limit` films of whose title, or of whose people's names, a word begins as somebody types it.

        It forgives no slip, and takes a tenth of the time of a search.
        """
        form = search_forms(text[:MAX_QUERY])[-1]
        if not form:
            return []
        scores = {int(self._name_rows[at]): _NAMES for at in self._names.typed(form)}
        for at, score in self._texts.typed(form).items():
            row = int(self._form_rows[at])
            scores[row] = max(score, scores.get(row, 0.0))
        best = sorted(scores, key=lambda row: (-scores[row], -self._popularity[row], row))[:limit]
        return [Match(self._movies[row].id, scores[row]) for row in best]

    def called(self, title: str) -> list[MovieId]:
        """Return the films that bear a title in one of its writings, or the number in their series that it says."""
        return [self._movies[row].id for row in self._called.rows(title)]

    def best_called(self, title: str) -> MovieId | None:
        """Return the best known of the films that bear a title; None where none does."""
        rows = self._called.rows(title)
        return self._movies[max(rows, key=lambda row: self._popularity[row])].id if rows else None

    def headed(self, title: str) -> list[MovieId]:
        """Return the films whose title has this one before its colon."""
        return [self._movies[row].id for row in self._called.headed(title)]

    def series(self) -> dict[MovieId, str]:
        """Return the series of each film that is of one."""
        return {self._movies[row].id: name for row, name in self._parts.names().items()}

    def _in_series(self, told: Iterable[tuple[Part, int]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return how well known each film or the best known of its series is, and its place there.  (movies,) each"""
        fame, places = self._popularity.copy(), np.zeros(len(self._movies), dtype=np.int64)
        best: dict[str, float] = {}
        for part, row in told:
            best[part.name] = max(best.get(part.name, 0.0), float(self._popularity[row]))
            places[row] = part.number
        for part, row in told:
            fame[row] = best[part.name]
        return fame, places

    def _fame_of_words(self, texts: Iterable[tuple[str, int]]) -> Iterator[tuple[str, float]]:
        """Yield each word of texts with how well known the film in its row is."""
        return ((word, float(self._popularity[row])) for text, row in texts for word in text.split())

    def _answer(self, asked: str, least: float, behind: float) -> NDArray[np.float64]:
        """Return how well each film answers, a year in the query heeded.

        Below `least`, or so far behind the best, it may be anything less.
        Shape: (movies,)
        """
        title, year = split_year(asked)
        # What has the wrong number or year falls behind what is less alike.
        scores = self._read(asked, least, behind if year is None and part_asked(asked) is None else 1.0)
        if year is None:
            return scores
        of_title = np.minimum(self._read(title, min(least, BEGINS), 1.0), 0.999)
        distance = np.abs(self._years - year)
        decides = bool(((distance == 0) & (of_title >= BEGINS)).any())
        others = _YEAR_DECIDES if decides else _YEAR_OTHER
        of_title -= np.select([distance == 0, distance == 1], [0.0, others if decides else _YEAR_BESIDE], others)
        return np.maximum(scores if not decides else np.where(scores >= EXACT, scores, 0.0), of_title)

    def _read(self, text: str, least: float, behind: float) -> NDArray[np.float64]:
        """Return how well each film answers to a text without a year, as `_answer` does.  (movies,)"""
        scores = np.zeros(len(self._movies))
        forms, folded = search_forms(text), fold(text)
        np.maximum.at(scores, self._form_rows, self._texts.likeness(forms[-1], least, behind))
        if len(self._name_rows):
            of_names = self._names.likeness(forms[-1], max(least, _LEAST_NAMED))
            misspelt = _HUNDREDTH * (of_names < BEGINS)  # as near a title and a tag, the title is meant
            named = np.minimum(of_names, _NAMES) - misspelt
            np.maximum.at(scores, self._name_rows, np.where(of_names >= _LEAST_NAMED, named, 0.0))
        members = list(self._parts.members(forms[0]))
        scores[members] = np.maximum(scores[members], BEGINS)
        scores = self._parts.heed(text, scores, self._texts, self._form_rows)
        equal = {row: _EQUAL_NORMAL for pattern, row in self._lettered if folded and pattern.fullmatch(folded)}
        for rows, score in self._equal:
            for key in (text.casefold(), folded, *forms):
                equal |= {row: max(score, equal.get(row, 0.0)) for row in rows.get(key, ()) if key}
        for row, score in equal.items():
            scores[row] = max(scores[row], score)
        return scores


def _least(scores: NDArray[np.float64], limit: int, behind: float) -> float:
    """Return what a film must reach to come among the best so many, which are sorted by hundredths."""
    last = float(np.partition(scores, -limit)[-limit]) if len(scores) > limit else 0.0
    return max(MIN_SCORE, last - _HUNDREDTH, float(scores.max()) - behind)


def _meant(matches: Sequence[Match]) -> list[Match]:
    if not matches:
        return []
    best = matches[0].score
    least = BEGINS if best >= EXACT else best - (_CLEARLY_WORSE if best >= SURE else _CLEARLY_WORSE_GUESS)
    return [match for match in matches if match.score >= least]


def _read_title(title: str, row: int) -> _Entry:
    folded, forms = fold(title), search_forms(title)
    if has_short_words(folded):  # "Ocean's Eleven" may be misspelt in the very word that is 11 in normal form
        forms = tuple(dict.fromkeys((*forms, folded)))
    return _Entry(row, title.casefold(), folded, forms, _initials(title), _lettered(folded), part_of_title(title))


def _initials(title: str) -> set[str]:
    """Return the first letters of a title, and those of what stands before its colon: tdk, lotr."""
    heads = dict.fromkeys((title, re.split(r":| - ", title, maxsplit=1)[0]))
    letters = (
        "".join(word[0] for word in words.split()) for head in heads for words in (fold(head), normalise_title(head))
    )
    return {initials for initials in letters if len(initials) >= _FEWEST_INITIALS}


def _lettered(folded: str) -> re.Pattern[str] | None:
    """Return what a title with digits in place of letters is read as, such as Se7en; None for any other."""
    if not _LETTER_DIGITS.search(folded):
        return None
    words = (re.sub(r"\d", "[a-z]{1,2}", word) if _LETTER_DIGITS.fullmatch(word) else word for word in folded.split())
    return re.compile(" ".join(words))


def _group(pairs: Iterator[tuple[str, int]] | Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return the rows of each key, ascending."""
    rows: dict[str, list[int]] = {}
    for key, row in pairs:
        rows.setdefault(key, []).append(row)
    return rows
