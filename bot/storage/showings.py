"""Showings: every time that a film was shown to somebody, and what they went on to say of it.

A rating counts for the last time that the film was shown before it, so that it counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from bot.storage.cells import Cell
from bot.storage.outcomes import LIKED, ShownBand, banded, bands_of
from bot.storage.tables import ImpressionRow, MarkRow, RatingRow
from recommender.domain import UserId

# Person, film, half stars, bundle, number of the cell, chance.
_Rated: TypeAlias = tuple[int, int, int, str, int, float | None]


@dataclass(frozen=True, slots=True)
class ShowingsOf:
    """Showings at one place, for one purpose and reason, by one bundle.

    Attributes:
        place: on the page, from 1.
        reason: what the film was said to be there for: a liked film, a genre chosen, one whose choosers like it.
        rated: how many were rated before the film was shown again.
        liked: how many of those were given a like.
    """

    bundle: str
    place: int
    slot: str
    reason: str
    shown: int = 0
    rated: int = 0
    liked: int = 0


@dataclass(frozen=True, slots=True)
class ShownTo:
    """How many pages of films one bundle showed to one person, and how many of these films they liked."""

    person: UserId
    lists: int
    liked: int


@dataclass(frozen=True, slots=True)
class Showings:
    """Attributes:
    people: by bundle.
    last_shown_at: by bundle.
    seen: films marked as seen after they were shown, and not rated.
    bands: what became of the films that were shown with a chance.
    """

    groups: tuple[ShowingsOf, ...] = ()
    people: Mapping[str, Sequence[ShownTo]] = field(default_factory=dict)
    last_shown_at: Mapping[str, datetime] = field(default_factory=dict)
    seen: int = 0
    bands: tuple[ShownBand, ...] = ()


@dataclass(slots=True)
class _Said:
    """What was said of films after they were shown, counted by plain numbers: each of many costs a microsecond.

    Attributes:
        last: by bundle, cell and half stars, as films were last shown before.
        first: by cell and half stars, as films were first shown with a chance.
        chances: the sum of those, by cell.
        liked_by: by person and bundle.
    """

    last: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    first: Counter[tuple[int, int]] = field(default_factory=Counter)
    chances: dict[int, float] = field(default_factory=dict)
    liked_by: Counter[tuple[int, str]] = field(default_factory=Counter)


def count_showings(connection: Connection) -> Showings:
    """Count showings by where they stood, and by bundle and person."""
    shown_to, last = _count_by_person(connection)
    shown, cells = Counter[ShowingsOf](), Counter[int]()
    for bundle, number, count in connection.execute(_cells()):
        shown[_group_of(bundle, number)] += count
        cells[number] += count
    band_by_cell = banded(cells)
    said = _count_said(connection, band_by_cell.keys())
    rated, liked = Counter[ShowingsOf](), Counter[ShowingsOf]()
    for (bundle, number, half_stars), count in said.last.items():
        group = _group_of(bundle, number)
        rated[group] += count
        liked[group] += count * (half_stars >= LIKED)
    groups = (replace(one, shown=shown[one], rated=rated[one], liked=liked[one]) for one in sorted(shown, key=astuple))
    bands = bands_of(band_by_cell, cells, said.first, said.chances)
    return Showings(tuple(groups), _by_bundle(shown_to, said.liked_by), last, _count_seen(connection), bands)


def count_shown_since(connection: Connection, since: datetime) -> dict[str, list[ShownTo]]:
    """Return by bundle how many pages it showed to each person since then, and how many of their films they liked."""
    fresh = ImpressionRow.shown_at >= since
    liked_by = Counter[tuple[int, str]]()
    for showings in _rated_showings(connection, fresh, RatingRow.half_stars >= LIKED):
        person, _, _, bundle, _, _ = showings[-1]
        liked_by[person, bundle] += 1
    return _by_bundle(_count_by_person(connection, fresh)[0], liked_by)


def _count_by_person(
    connection: Connection, *where: ColumnElement[bool]
) -> tuple[dict[tuple[int, str], int], dict[str, datetime]]:
    """Return how many pages each bundle showed to each person, and when it last showed any.

    Each page has a first place.
    """
    row = ImpressionRow
    newest = func.max(row.shown_at, type_=row.shown_at.type)
    wanted = select(row.person_id, row.version, func.count(), newest).where(row.position == 0, *where)
    shown_to, last = dict[tuple[int, str], int](), dict[str, datetime]()
    for person, bundle, count, at in connection.execute(wanted.group_by(row.person_id, row.version)):
        shown_to[person, bundle] = count
        last[bundle] = max(at, last.get(bundle, at))
    return shown_to, last


def _cells() -> Select[str, int, int]:
    """Return bundle, cell and number of showings; an index holds all of it, in this order."""
    row = ImpressionRow
    return select(row.version, row.cell, func.count()).group_by(row.version, row.cell)


def _count_said(connection: Connection, first: Set[int]) -> _Said:
    """Count what was said of films; `first` are the cells of films first shown with a chance."""
    said = _Said()
    for showings in _rated_showings(connection):
        person, _, half_stars, bundle, number, _ = showings[-1]
        said.last[bundle, number, half_stars] += 1
        if half_stars >= LIKED:
            said.liked_by[person, bundle] += 1
        for *_, number, chance in showings:
            if chance is not None and number in first:
                said.first[number, half_stars] += 1
                said.chances[number] = said.chances.get(number, 0.0) + chance
    return said


def _rated_showings(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Sequence[_Rated]]:
    """Yield the showings of each film that was shown to somebody before they rated it, oldest first.

    SQLite reads ratings in this order, and the showings of each from an index.
    """
    row, rating = ImpressionRow, RatingRow
    mine = and_(row.person_id == rating.person_id, row.movie_id == rating.movie_id, row.shown_at <= rating.rated_at)
    columns = (rating.person_id, rating.movie_id, rating.half_stars, row.version, row.cell, row.like_probability)
    wanted = select(*columns).select_from(rating).join(row, mine).where(rating.half_stars > 0, *where)
    found = connection.execute(wanted.order_by(rating.person_id, rating.movie_id, row.shown_at))
    for _, showings in groupby(found, key=itemgetter(0, 1)):
        yield list(showings)


def _group_of(bundle: str, number: int) -> ShowingsOf:
    """Return the group that a bundle's cell belongs to, without counts."""
    cell = Cell.from_number(number)
    return ShowingsOf(bundle, cell.position + 1, cell.slot, cell.reason)


def _count_seen(connection: Connection) -> int:
    shown = exists().where(
        ImpressionRow.person_id == MarkRow.person_id,
        ImpressionRow.movie_id == MarkRow.movie_id,
        ImpressionRow.shown_at <= MarkRow.marked_at,
    )
    rated = exists().where(
        RatingRow.person_id == MarkRow.person_id, RatingRow.movie_id == MarkRow.movie_id, RatingRow.half_stars > 0
    )
    wanted = select(func.count()).select_from(MarkRow).where(MarkRow.kind == "seen", shown, ~rated)
    return connection.scalar(wanted) or 0


def _by_bundle(
    shown_to: Mapping[tuple[int, str], int], liked_by: Mapping[tuple[int, str], int]
) -> dict[str, list[ShownTo]]:
    found: dict[str, list[ShownTo]] = {}
    for (person, bundle), lists in sorted(shown_to.items()):
        found.setdefault(bundle, []).append(ShownTo(UserId(person), lists, liked_by.get((person, bundle), 0)))
    return found
