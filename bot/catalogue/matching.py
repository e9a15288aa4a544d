"""Which film of a release is which movie of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from bot.catalogue.film_facts import facts_of
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.known_movies import KnownMovie, next_imported_id
from bot.catalogue.titles import normalise_title
from recommender.domain import MovieId

T = TypeVar("T", int, str)
# Releases of MovieLens give one film several spellings; numbers of somebody's own agree by chance alone.
_SHARED_NUMBERS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Matched:
    """A release's films in the catalogue's terms.

    Attributes:
        movies: one per film of the release, in its order; twins have the same.
        added, updated: those of them that the catalogue lacks, or holds with less.
    """

    movies: tuple[KnownMovie, ...]
    added: tuple[KnownMovie, ...]
    updated: tuple[KnownMovie, ...]

    @property
    def unique_movies(self) -> list[KnownMovie]:
        """Return every movie once, in the order of the release."""
        return list({movie.movie.id: movie for movie in self.movies}.values())


@dataclass(frozen=True, slots=True)
class _Titled:
    """A film of a release, and its titles in normal form: they are compared in several ways, and read once.

    Attributes:
        title: its own; empty where nothing of it can be compared.
        titles: all that can be, its own first.
    """

    film: FilmRow
    title: str
    titles: tuple[str, ...]

    @classmethod
    def of(cls, film: FilmRow) -> _Titled:
        """Read a film's titles."""
        own, *others = map(normalise_title, (film.movie.title, *film.other_titles))
        return cls(film, own, tuple(title for title in dict.fromkeys((own, *others)) if title))

    def keys(self) -> Iterator[tuple[str, int]]:
        """Yield each title with the film's year; nothing where that is unknown."""
        year = self.film.movie.year
        if year is not None:
            yield from ((title, year) for title in self.titles)

    def near_keys(self) -> Iterator[tuple[str, int]]:
        """Yield each title with the film's year, the one before and the one after."""
        for title, year in self.keys():
            yield from ((title, year + off) for off in (0, -1, 1))


def match_films(
    films: Sequence[FilmRow], known: Sequence[KnownMovie], popularity: Sequence[float], *, shared_ids: bool
) -> Matched:
    """Find each film's movie by ids where title or year agree, else by title and year give or take one.

    A movie is matched twice only by twins: one film that stands in the release under two numbers.

    Args:
        popularity: of each film, as in KnownMovie.
        shared_ids: the release may number films as MovieLens' other releases do; whether it does, titles tell.
    """
    titled = [_Titled.of(film) for film in films]
    shared_ids = shared_ids and _shares_numbers(titled, known)
    twin_of = _find_twins(titled)
    singles = [film for row, film in enumerate(titled) if row not in twin_of]
    matched = _match_singles(singles, known, _joined(popularity, twin_of), shared_ids=shared_ids)
    first = dict(zip((row for row in range(len(films)) if row not in twin_of), matched.movies, strict=True))
    return replace(matched, movies=tuple(first[twin_of.get(row, row)] for row in range(len(films))))


def find_twins(films: Sequence[FilmRow]) -> dict[int, int]:
    """Return, for each film that stands before under another number, the row of its first: same title and year.

    Of the titles in parentheses one in common will do. Films whose ids at IMDb or TMDB differ are two of one name.
    """
    return _find_twins([_Titled.of(film) for film in films])


def _find_twins(films: Sequence[_Titled]) -> dict[int, int]:
    firsts: dict[tuple[str, int], list[int]] = {}
    twins: dict[int, int] = {}
    for row, film in enumerate(films):
        keys = list(film.keys())
        alike = dict.fromkeys(other for key in keys for other in firsts.get(key, ()))
        first = next((other for other in alike if _may_be_one(films[other].film, film.film)), None)
        if first is not None:
            twins[row] = first
        for key in keys:
            firsts.setdefault(key, []).append(row if first is None else first)
    return twins


def _may_be_one(one: FilmRow, other: FilmRow) -> bool:
    ids = ((one.imdb_id, other.imdb_id), (one.tmdb_id, other.tmdb_id))
    return all(left == right for left, right in ids if left and right)


def _joined(popularity: Sequence[float], twin_of: Mapping[int, int]) -> list[float]:
    """Return the popularity of each film that is no twin: that of its best known number."""
    best = list(popularity)
    for row, first in twin_of.items():
        best[first] = max(best[first], popularity[row])
    return [value for row, value in enumerate(best) if row not in twin_of]


def _match_singles(
    films: Sequence[_Titled], known: Sequence[KnownMovie], popularity: Sequence[float], *, shared_ids: bool
) -> Matched:
    found = _find(films, known, shared_ids=shared_ids)  # row of `known` by row of `films`
    ids = _Ids(known)
    next_id = next_imported_id(known)
    movies, added, updated = [], [], []
    for row, film in enumerate(each.film for each in films):
        if row in found:
            before = known[found[row]]
        else:
            before = KnownMovie(replace(film.movie, id=next_id))
            next_id = MovieId(next_id + 1)
        after = _complete(before, film, popularity[row], film.movie.id if shared_ids else None, ids)
        movies.append(after)
        if row not in found:
            added.append(after)
        elif after != before:
            updated.append(after)
    return Matched(tuple(movies), tuple(added), tuple(updated))


class _Ids:
    """The external ids in use: each belongs to one movie, and of two claims the first holds."""

    def __init__(self, known: Iterable[KnownMovie]) -> None:
        self._taken: set[object] = set()
        for movie in known:
            self._taken |= {("imdb", movie.imdb_id), ("tmdb", movie.tmdb_id), ("movielens", movie.movielens_id)}

    def claim(self, scheme: str, held: T | None, wanted: T | None) -> T | None:
        """Return what the movie holds, else the wanted id when no other movie holds that."""
        if held is not None or wanted is None or (scheme, wanted) in self._taken:
            return held
        self._taken.add((scheme, wanted))
        return wanted


def _complete(known: KnownMovie, film: FilmRow, popularity: float, movielens_id: int | None, ids: _Ids) -> KnownMovie:
    """Return the movie with what the film adds; what the catalogue says already stays."""
    return replace(
        known,
        imdb_id=ids.claim("imdb", known.imdb_id, film.imdb_id or None),
        tmdb_id=ids.claim("tmdb", known.tmdb_id, film.tmdb_id),
        movielens_id=ids.claim("movielens", known.movielens_id, movielens_id),
        popularity=max(known.popularity or 0.0, popularity),
    )


def _shares_numbers(films: Sequence[_Titled], known: Sequence[KnownMovie]) -> bool:
    """Tell whether films and movies of one number mostly have one title; true where no number is known yet."""
    by_number = {movie.movielens_id: movie for movie in known}
    met = [_same_title(by_number[each.film.movie.id], each) for each in films if each.film.movie.id in by_number]
    return sum(met) >= _SHARED_NUMBERS * len(met)


def _find(films: Sequence[_Titled], known: Sequence[KnownMovie], *, shared_ids: bool) -> dict[int, int]:
    """Return the row of `known` of each film that has one: the surest ways first."""
    ways = [
        _Way(lambda movie: iter((movie.imdb_id,)), lambda each: iter((each.film.imdb_id,)), _same_title_or_year),
        _Way(_key_of_known, lambda each: iter(((each.title, each.film.movie.year),)), _may_be_known),
        _Way(_key_of_known, _Titled.near_keys, _numbers_agree if shared_ids else _may_be_known),
        _Way(_other_keys_of_known, _Titled.keys, _numbers_agree if shared_ids else _may_be_known),
    ]
    if shared_ids:
        by_number = _Way(
            lambda movie: iter((movie.movielens_id,)), lambda each: iter((each.film.movie.id,)), _same_by_number
        )
        ways.insert(0, by_number)
    found: dict[int, int] = {}
    free = set(range(len(known)))
    for way in ways:
        _match(films, known, found, free, way)
    return found


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of finding films: the keys of a movie, the keys a film may have, and what else must agree."""

    keys_of_known: Callable[[KnownMovie], Iterator[object]]
    keys_of_film: Callable[[_Titled], Iterator[object]]
    agree: Callable[[KnownMovie, _Titled], bool]


def _match(
    films: Sequence[_Titled], known: Sequence[KnownMovie], found: dict[int, int], free: set[int], way: _Way
) -> None:
    """Match what is still free in one way."""
    by_key: dict[object, list[int]] = {}
    for row in sorted(free):
        for key in way.keys_of_known(known[row]):
            by_key.setdefault(key, []).append(row)
    for row, film in enumerate(films):
        if row in found:
            continue
        candidates = (place for key in way.keys_of_film(film) if key for place in by_key.get(key, ()) if place in free)
        place = next((place for place in candidates if way.agree(known[place], film)), None)
        if place is not None:
            found[row] = place
            free.discard(place)


def _same_title(known: KnownMovie, each: _Titled) -> bool:
    titles = {normalise_title(known.movie.title), *_other_titles_of_known(known)}
    return any(title in titles for title in each.titles)


def _same_title_or_year(known: KnownMovie, each: _Titled) -> bool:
    """Tell that title or year, give or take one, bear out an id: numbers are mistyped, and lists of them outdated."""
    years = (known.movie.year, each.film.movie.year)
    near = years[0] is not None and years[1] is not None and abs(years[0] - years[1]) <= 1
    return near or _same_title(known, each)


def _same_by_number(known: KnownMovie, each: _Titled) -> bool:
    return _may_be_known(known, each) and _same_title_or_year(known, each)


def _may_be_known(known: KnownMovie, each: _Titled) -> bool:
    """Tell that no id at IMDb says these are two films."""
    return not (known.imdb_id and each.film.imdb_id) or known.imdb_id == each.film.imdb_id


def _numbers_agree(known: KnownMovie, each: _Titled) -> bool:
    """Tell that neither IMDb's nor MovieLens' number says these are two films."""
    if known.imdb_id and each.film.imdb_id:
        return known.imdb_id == each.film.imdb_id
    return known.movielens_id in (None, each.film.movie.id)


def _key_of_known(known: KnownMovie) -> Iterator[object]:
    yield normalise_title(known.movie.title), known.movie.year


def _other_keys_of_known(known: KnownMovie) -> Iterator[object]:
    """Yield what else the starter knows a movie by, in any language."""
    for title in _other_titles_of_known(known):
        yield title, known.movie.year


def _other_titles_of_known(known: KnownMovie) -> list[str]:
    facts = facts_of(known.movie)
    titles = (facts.original_title, facts.zh_title or "", *facts.other_titles)
    return [title for title in map(normalise_title, titles) if title]
