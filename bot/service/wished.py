"""Films as a wish says: its parts as what a list keeps to, and the nearest where too few films fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.messages.lists import LIST_SIZE
from bot.service.service import Service
from bot.wanted import Part, Wanted, span
from recommender.domain import Filters, Movie, MovieId, Recommendation

# Who asks what somebody would like is asked again, less what was given already.
Ask = Callable[[Filters, frozenset[MovieId]], list[Recommendation]]
HIDDEN: Final = Part("order", ("hidden",))
# Films of the watchlist, which else no list holds.
OWN: Final = Part("own", ("later",))
# A film "shorter" than one of which no length is known is as short as what is called short.
_SHORT_MIN: Final = 100
_LONG_MIN: Final = 150


def fill_page(service: Service, wish: Wanted, ask: Ask, size: int = LIST_SIZE) -> list[Recommendation]:
    """Return a page of films that are as a wish says; where too few are, those follow that lack its softest parts."""
    found, left = ask(_filters(service, wish), frozenset()), wish
    while len(found) < size and (part := left.softest_part()):
        left = left.without(part)
        given = frozenset(one.movie_id for one in found)
        more = ask(_filters(service, left), given)[: size - len(found)]
        found += [replace(one, slot="nearest") for one in more]
    return _falling(found)


def is_fitting(one: Recommendation) -> bool:
    """Tell whether a film is all that was asked."""
    return one.slot != "nearest"


def like_of(wish: Wanted | None) -> MovieId | None:
    """Return the film that others shall be like, the first of several; None where none was named."""
    return next(iter(likes_of(wish)), None)


def likes_of(wish: Wanted | None) -> tuple[MovieId, ...]:
    """Return the films that others shall be like."""
    named = [part for part in wish.of_kind("like") if part.is_wanted] if wish else []
    return tuple(dict.fromkeys(MovieId(int(value)) for part in named for value in part.values))


def settle_than(wish: Wanted, movie: Movie | None, runtime: int | None) -> Wanted:
    """Return a wish in which "shorter", "newer" and the like are what they are beside the film that was named."""
    for part in wish.of_kind("than"):
        wish = _settled(wish.without(part), part.values[0], movie.year if movie else None, runtime)
    return wish


def _settled(wish: Wanted, than: str, year: int | None, runtime: int | None) -> Wanted:
    if than == "shorter":
        return replace(wish, parts=(*wish.parts, span("runtime", None, runtime - 1 if runtime else _SHORT_MIN)))
    if than == "longer":
        return replace(wish, parts=(*wish.parts, span("runtime", runtime + 1 if runtime else _LONG_MIN, None)))
    has_years = wish.filters.year_from is not None or wish.filters.year_to is not None
    if year is None or has_years:
        return wish
    first, last = (year + 1, None) if than == "newer" else (None, year - 1)
    return replace(wish, filters=replace(wish.filters, year_from=first, year_to=last))


def _filters(service: Service, wish: Wanted) -> Filters:
    if not wish.parts:
        return wish.filters
    content = service.titles.films.content
    among, apart = content.among(wish.parts), content.apart(wish.parts)
    return replace(wish.filters, among=among, apart=apart, any_genre=among is not None)


def _falling(found: list[Recommendation]) -> list[Recommendation]:
    """Return a page on which no film that only comes near is said to be surer than one that fits."""
    page, least = list[Recommendation](), 1.0
    for one in found:
        if one.like_probability is not None:
            least = min(least, one.like_probability)
            one = replace(one, like_probability=least)
        page.append(one)
    return page
