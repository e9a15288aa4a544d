"""Showings: every time that a film was shown to somebody, and what they went on to say of it.

A rating counts for the last time that the film was shown before it, so that it counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, get_args

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from bot.storage.outcomes import NO_BAND, Outcomes, ShownBand, band_number, count_shown_again
from bot.storage.tables import ImpressionRow, MarkRow, RatingRow
from recommender.domain import LIKE, Slot, UserId

SLOTS: Final[tuple[str, ...]] = get_args(Slot)
REASONS: Final = ("film", "genre", "liked_with", "none")
# A page holds fewer; the place of a film within it is one digit of its group's number.
PLACES: Final = 64


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
    shown: int
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


def count_showings(connection: Connection) -> Showings:
    """Count showings by where they stood, and by bundle and person."""
    shown_to = _count_by_person(connection)
    bundles = sorted({bundle for _, bundle in shown_to})
    if not bundles:
        return Showings()
    number = _group_number(bundles)
    outcomes = Outcomes()
    shown, last = _count_by_group(connection, number, bundles, outcomes)
    shown_again = count_shown_again(connection, outcomes)
    rated, liked = Counter[int](), Counter[int]()
    liked_by = Counter[tuple[int, str]]()
    for person, film, bundle, group, chance, half_stars in connection.execute(_rated_showings(number)):
        if chance is not None and (person, film) not in shown_again:
            outcomes.rate(chance, half_stars)
        rated[group] += 1
        if half_stars >= LIKE.half_stars:
            liked[group] += 1
            liked_by[person, bundle] += 1
    groups = (_group(bundles, code, shown[code], rated[code], liked[code]) for code in sorted(shown))
    by_bundle = _by_bundle(shown_to, liked_by)
    return Showings(tuple(groups), by_bundle, last, _count_seen(connection), outcomes.bands())


def count_shown_since(connection: Connection, since: datetime) -> dict[str, list[ShownTo]]:
    """Return by bundle how many pages it showed to each person since then, and how many of their films they liked."""
    fresh = ImpressionRow.shown_at >= since
    liked_by = Counter[tuple[int, str]]()
    liked = _rated_showings(literal(0)).where(fresh, RatingRow.half_stars >= LIKE.half_stars)
    for person, _, bundle, *_ in connection.execute(liked):
        liked_by[person, bundle] += 1
    return _by_bundle(_count_by_person(connection, fresh), liked_by)


def _count_by_person(connection: Connection, *where: ColumnElement[bool]) -> dict[tuple[int, str], int]:
    """Return how many pages each bundle showed to each person; each page has a first place."""
    row = ImpressionRow
    pages = select(row.person_id, row.version, func.count()).where(row.position == 0, *where)
    wanted = pages.group_by(row.person_id, row.version)
    return {(person, bundle): count for person, bundle, count in connection.execute(wanted)}


def _count_by_group(
    connection: Connection, number: ColumnElement[int], bundles: Sequence[str], outcomes: Outcomes
) -> tuple[dict[int, int], dict[str, datetime]]:
    """Return how many showings each group has, and when each bundle last showed anything; count them by chance."""
    last = func.max(ImpressionRow.shown_at, type_=ImpressionRow.shown_at.type)
    shown, latest = Counter[int](), dict[str, datetime]()
    # The band of the chance is the last digit of the number: a table is read once for both.
    banded = (number * (NO_BAND + 1) + band_number()).label("banded")
    for banded_code, count, at in connection.execute(select(banded, func.count(), last).group_by(banded)):
        code, band = divmod(banded_code, NO_BAND + 1)
        shown[code] += count
        if band != NO_BAND:
            outcomes.show(band, count)
        bundle = bundles[_parts(code)[0]]
        latest[bundle] = max(at, latest.get(bundle, at))
    return shown, latest


def _rated_showings(number: ColumnElement[int]) -> Select[int, int, str, int, float | None, int]:
    """Return person, film, bundle, group, chance and half stars of each rating whose film had been shown."""
    row, earlier = ImpressionRow, aliased(ImpressionRow)
    last = (
        select(func.max(earlier.shown_at))
        .where(
            earlier.person_id == RatingRow.person_id,
            earlier.movie_id == RatingRow.movie_id,
            earlier.shown_at <= RatingRow.rated_at,
        )
        .correlate(RatingRow)
        .scalar_subquery()
    )
    same = and_(row.person_id == RatingRow.person_id, row.movie_id == RatingRow.movie_id, row.shown_at == last)
    columns = (row.person_id, row.movie_id, row.version, number, row.like_probability, RatingRow.half_stars)
    return select(*columns).select_from(RatingRow).join(row, same).where(RatingRow.half_stars > 0)


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


def _group_number(bundles: Sequence[str]) -> ColumnElement[int]:
    """Return a group as one number: a database sorts numbers a few times faster than four columns (measured)."""
    row = ImpressionRow
    bundle = case({name: at for at, name in enumerate(bundles)}, value=row.version)
    slot = case({name: at for at, name in enumerate(SLOTS)}, value=row.slot, else_=0)
    reason = case(
        (row.because_movie_id.is_not(None), 0),
        (row.because_genre.is_not(None), 1),
        (row.because_liked_with.is_not(None), 2),
        else_=3,
    )
    number = ((bundle * len(SLOTS) + slot) * len(REASONS) + reason) * PLACES + row.position
    return func.coalesce(number, literal(0), type_=Integer()).label("number")


def _parts(number: int) -> tuple[int, int, int, int]:
    """Return bundle, slot, reason and position of a group's number."""
    rest, position = divmod(number, PLACES)
    rest, reason = divmod(rest, len(REASONS))
    bundle, slot = divmod(rest, len(SLOTS))
    return bundle, slot, reason, position


def _group(bundles: Sequence[str], number: int, shown: int, rated: int, liked: int) -> ShowingsOf:
    bundle, slot, reason, position = _parts(number)
    return ShowingsOf(bundles[bundle], position + 1, SLOTS[slot], REASONS[reason], shown, rated, liked)


def _by_bundle(
    shown_to: Mapping[tuple[int, str], int], liked_by: Mapping[tuple[int, str], int]
) -> dict[str, list[ShownTo]]:
    found: dict[str, list[ShownTo]] = {}
    for (person, bundle), lists in sorted(shown_to.items()):
        found.setdefault(bundle, []).append(ShownTo(UserId(person), lists, liked_by.get((person, bundle), 0)))
    return found
