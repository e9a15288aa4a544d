"""What can be wrong with the films taken together: numbers used twice, twins, too few of a kind, lopsided numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np

from bot.catalogue.starter.rows import Row, find_repeats
from bot.catalogue.titles import fold, normalise_title
from recommender.domain import GENRES

FEWEST_FILMS: Final = 2_000
FEWEST_OF_A_GENRE: Final = 60
FEWEST_NOT_ENGLISH: Final = 250
FEWEST_CHINESE: Final = 60
CHINESE: Final = ("zh", "yue")
# No value of popularity or acclaim for more films than this: a scale of a hundred steps is meant.
LARGEST_SHARE: Final = 0.05
# A tag that goes with a genre beyond this (phi coefficient) is that genre by another name.
LARGEST_PHI: Final = 0.75


def find_catalogue_faults(films: Sequence[Row], ids: Sequence[Row]) -> Iterator[str]:
    """Yield one line per fault that shows between films.

    Args:
        ids: of `ids.csv`: which film got which number, for ever.
    """
    yield from _find_number_faults(films, ids)
    yield from _find_twins(films)
    yield from _find_spellings(films)
    yield from _find_series_faults(films)
    yield from _find_lacks(films)
    yield from _find_heaps(films)
    yield from _find_genres_by_another_name(films)


def _find_number_faults(films: Sequence[Row], ids: Sequence[Row]) -> Iterator[str]:
    for row, first in find_repeats(films, "movie_id"):
        yield row.fault(f"a number belongs to one film: {row['movie_id']} is {first['title']}'s", row["movie_id"])
    missing = set(map(str, range(1, len(films) + 1))) - {row["movie_id"] for row in films}
    if missing:
        yield f"films: numbers run from 1 to {len(films)} without a gap. Missing: {', '.join(sorted(missing, key=int))}"
    held = {row["movie_id"]: row for row in ids}
    for row in films:
        before = held.get(row["movie_id"])
        line = f"{row['movie_id']},{row['title']},{row['year']}"
        if before is None:
            yield row.fault("a new film gets a line in ids.csv: append number, title and year", line)
        elif (before["title"], before["year"]) != (row["title"], row["year"]):
            is_now = f"{before['movie_id']} is {before['title']} ({before['year']}) for ever"
            yield row.fault(f"{is_now}: give this film the next free number", line)
    for gone in held.keys() - {row["movie_id"] for row in films}:
        yield held[gone].fault("a film never leaves the starter catalogue: write its line again", gone)


def _find_twins(films: Sequence[Row]) -> Iterator[str]:
    by_director: dict[str, list[Row]] = defaultdict(list)
    for row in films:
        for director in row.parts("directors"):
            by_director[director].append(row)
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in films:
        by_name[f"{normalise_title(row['title'])} {row['year']}"].append(row)
    seen = set()
    for group in by_name.values():
        for one, other in combinations(group, 2):
            seen.add((one["movie_id"], other["movie_id"]))
            yield other.fault(f"a film stands once: {one.file}:{one.line} is it already", other["title"])
    for group in by_director.values():
        for one, other in combinations(group, 2):
            if _are_twins(one, other) and (one["movie_id"], other["movie_id"]) not in seen:
                seen.add((one["movie_id"], other["movie_id"]))
                yield other.fault(f"a film stands once: {one.file}:{one.line} seems to be it", other["title"])


def _are_twins(one: Row, other: Row) -> bool:
    years = [row["year"] for row in (one, other)]
    return (
        all(map(str.isdecimal, years)) and abs(int(years[0]) - int(years[1])) <= 1 and bool(_names(one) & _names(other))
    )


def _names(row: Row) -> set[str]:
    titles = {normalise_title(title) for title in (row["title"], row["original_title"], row["zh_title"])}
    return titles - {""}


def _find_spellings(films: Sequence[Row]) -> Iterator[str]:
    """Find people and series spelled in two ways."""
    for columns in (("directors", "cast"), ("series",)):
        spellings: dict[str, tuple[str, Row]] = {}
        for row in films:
            for name in (name for column in columns for name in row.parts(column)):
                first, before = spellings.setdefault(fold(name).replace(" ", ""), (name, row))
                if first != name:
                    yield row.fault(f"a name has one spelling: {before.file}:{before.line} has {first!r}", name)


def _find_series_faults(films: Sequence[Row]) -> Iterator[str]:
    places: dict[tuple[str, str], Row] = {}
    for row in films:
        first = places.setdefault((row["series"], row["part"]), row) if row["series"] else row
        if first is not row:
            yield row.fault(f"a place in a series is one film's: {row['part']} is {first['title']}'s", row["part"])


def _find_lacks(films: Sequence[Row]) -> Iterator[str]:
    genres = Counter(genre for row in films for genre in row.parts("genres"))
    languages = Counter(part for row in films for part in row.parts("languages")[:1])
    found: list[tuple[str, int, int]] = [
        ("films", len(films), FEWEST_FILMS),
        *((f"{genre} films", genres[genre], FEWEST_OF_A_GENRE) for genre in GENRES),
        ("films not in English", len(films) - languages["en"], FEWEST_NOT_ENGLISH),
        ("Chinese-language films", sum(languages[code] for code in CHINESE), FEWEST_CHINESE),
    ]
    for what, count, fewest in found:
        if count < fewest:
            yield f"films: there must be at least {fewest} {what}: write more. Received: {count}"


def _find_heaps(films: Sequence[Row]) -> Iterator[str]:
    for column in ("popularity", "acclaim"):
        value, count = Counter(row[column] for row in films).most_common(1)[0] if films else ("", 0)
        if count > LARGEST_SHARE * len(films):
            most = f"at most {LARGEST_SHARE:.0%} of films may have one {column}"
            yield f"films: {most}: tell those of {value} apart. Received: {count} of {len(films)}"


def _find_genres_by_another_name(films: Sequence[Row]) -> Iterator[str]:
    tags = sorted({tag for row in films for tag in row.parts("tags")})
    borne = _incidence(films, tags, lambda row: row.parts("tags"))
    of_genre = _incidence(films, GENRES, lambda row: row.parts("genres"))
    if len(films) < 2 or not tags:
        return
    with np.errstate(invalid="ignore"):  # a tag of every film has no correlation
        phi = np.nan_to_num(np.corrcoef(borne.T, of_genre.T)[: len(tags), len(tags) :])  # (tags, genres)
    for place, genre_place in np.argwhere(phi > LARGEST_PHI):
        tag, genre = tags[place], GENRES[genre_place]
        expected = f"a tag says more than a genre: drop {tag!r} from tags.csv, which is {genre} by another name"
        yield f"films: {expected}. Received: a correlation of {phi[place, genre_place]:.2f}"


def _incidence(
    films: Sequence[Row], names: Sequence[str], of: Callable[[Row], Sequence[str]]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    places: Mapping[str, int] = {name: place for place, name in enumerate(names)}
    array = np.zeros((len(films), len(names)))
    for row_number, row in enumerate(films):
        array[row_number, [places[name] for name in of(row) if name in places]] = 1
    return array
