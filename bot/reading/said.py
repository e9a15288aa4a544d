"""What was said in a wish, put together: filters of genres and years, and parts that films shall have or not."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from bot.reading.years import Years
from bot.wanted import GENRES, YEARS, Part, span
from recommender.domain import Filters


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said.

    Attributes:
        goes_on: whether it was said behind "or", so that what was said before will do as well.
    """

    part: Part
    goes_on: bool = False


def without_years(years: Years) -> Said:
    """Return that films shall not be of some years that have two ends."""
    return Said(replace(span(YEARS, years.first, years.last), is_wanted=False))


def filters_of(said: Sequence[Said], years: Sequence[Years], *, is_either: bool) -> tuple[Filters, bool]:
    """Return the genres and years asked for, and whether there can be such films."""
    genres = [one.part for one in said if one.part.kind == "genre"]
    wanted = {name for part in genres if part.is_wanted for name in part.values}
    out = {name for part in genres if not part.is_wanted for name in _turned_away(part, wanted)}
    first, last = _narrow([one for one in years if not one.is_vague] or years)  # of "new films of 2023" the year counts
    if (first is not None and last is not None and first > last) or (wanted and wanted <= out):
        return Filters(), False
    wanted -= out
    together = len(wanted) > 1 and not is_either
    filters = Filters(
        genres_in=frozenset() if together else frozenset(wanted),
        genres_out=frozenset(out),
        year_from=first,
        year_to=last,
        genres_all=frozenset(wanted) if together else frozenset(),
    )
    return filters, True


def _turned_away(part: Part, wanted: Set[str]) -> tuple[str, ...]:
    """Return the genres that go with a part that is not wanted: of "comedies, but no romantic comedies" romance."""
    if _is_blend(part, wanted):
        return ()
    return tuple(name for name in part.values if name not in wanted) if len(part.values) > 1 else part.values


def _is_blend(part: Part, wanted: Set[str]) -> bool:
    """Tell whether films of several genres at once are not wanted, and each of these may be: "no romcoms"."""
    return not part.is_wanted and len(part.values) > 1 and not wanted & {*part.values}


def parts_of(said: Sequence[Said]) -> tuple[tuple[Part, ...], bool]:
    """Return all else that was asked for, each part once, and whether there can be such films."""
    parts = list[Part]()
    wanted = {name for one in said if one.part.kind == "genre" and one.part.is_wanted for name in one.part.values}
    for one in said:
        last = parts[-1] if parts else None
        if one.part.kind == "genre" and _is_blend(one.part, wanted):
            parts.append(Part(GENRES, one.part.values, is_wanted=False))
        if one.part.kind == "genre":
            continue
        if one.goes_on and last and (last.kind, last.is_wanted) == (one.part.kind, one.part.is_wanted):
            parts[-1] = replace(last, values=tuple(dict.fromkeys((*last.values, *one.part.values))))
        elif one.part not in parts:
            parts.append(one.part)
    runtimes = [part.ends for part in parts if part.kind == "runtime"]
    least = max((first for first, _ in runtimes if first is not None), default=None)
    most = min((last for _, last in runtimes if last is not None), default=None)
    others = tuple(part for part in parts if part.kind != "runtime")
    opposites = {replace(part, is_wanted=not part.is_wanted) for part in others}
    if opposites & {*others} or (least is not None and most is not None and least > most):
        return (), False
    return (*others, *([span("runtime", least, most)] if runtimes else ())), True


def _narrow(years: Sequence[Years]) -> tuple[int | None, int | None]:
    """Return the first and last year: periods add up, bounds narrow."""
    periods = [one for one in years if not one.is_bound]
    firsts = [one.first for one in periods]
    lasts = [one.last for one in periods]
    first = None if not firsts or None in firsts else min(one for one in firsts if one is not None)
    last = None if not lasts or None in lasts else max(one for one in lasts if one is not None)
    bounds = [one for one in years if one.is_bound]
    return (
        max([one for one in (first, *(bound.first for bound in bounds)) if one is not None], default=None),
        min([one for one in (last, *(bound.last for bound in bounds)) if one is not None], default=None),
    )
