"""A list that was asked for in words: what of them was understood, and what not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.messages.clipping import ECHO_UNITS, clip
from bot.messages.films import genre_names
from bot.messages.onboarding import list_button
from bot.messages.words import Html, Words
from bot.outgoing import Outgoing
from recommender.domain import GENRES, Filters


def with_wish(
    words: Words, page: Outgoing, wish: Filters, *, unknown: Sequence[str] = (), is_widened: bool = False
) -> Outgoing:
    """Put above a page of a list what it was asked for.

    Args:
        unknown: what was said besides, and means nothing here.
        is_widened: whether the genres were wanted together, and there are too few such films.
    """
    lines = [understood(words, wish), *_left_out(words, unknown)]
    if is_widened:
        lines.append(words.html("wish.either"))
    return _above(page, lines)


def with_nothing_understood(
    words: Words, page: Outgoing, unknown: Sequence[str], *, has_no_year: bool = False
) -> Outgoing:
    """Put above the usual list that it has nothing to do with what was said.

    Args:
        has_no_year: whether that was years which leave none.
    """
    key = "wish.no_year" if has_no_year else "wish.nothing_understood"
    return _above(page, [words.html(key, words=_quoted(unknown))])


def no_films(words: Words, wish: Filters, round_: int, *, unknown: Sequence[str] = ()) -> Outgoing:
    """Say that no film fits a wish, and offer the usual list."""
    lines = (understood(words, wish), *_left_out(words, unknown), "", words.html("wish.none"))
    return Outgoing("\n".join(lines), ((list_button(words, round_, "list.fresh"),),))


def understood(words: Words, wish: Filters) -> Html:
    """Say in one line what was understood."""
    parts = (*_genres(words, wish), *_years(words, wish), *_unwanted(words, wish))
    return words.html("wish.understood", wish=" · ".join(parts))


def _genres(words: Words, wish: Filters) -> Iterable[str]:
    if wish.genres_all:
        yield genre_names(words, _ordered(wish.genres_all), " + ")
    if wish.genres_in:
        yield genre_names(words, _ordered(wish.genres_in), f" {words.plain('wish.or')} ")


def _years(words: Words, wish: Filters) -> Iterable[str]:
    first, last = wish.year_from, wish.year_to
    if first is not None and first == last:
        yield words.plain("wish.year", year=first)
    elif first is not None and last is not None:
        yield words.plain("wish.years", first=first, last=last)
    elif first is not None:
        yield words.plain("wish.since", first=first)
    elif last is not None:
        yield words.plain("wish.until", last=last)


def _unwanted(words: Words, wish: Filters) -> Iterable[str]:
    for genre in _ordered(wish.genres_out):
        yield words.plain("wish.without", genre=genre_names(words, (genre,)))


def _left_out(words: Words, unknown: Sequence[str]) -> tuple[Html, ...]:
    return (words.html("wish.left_out", words=_quoted(unknown)),) if unknown else ()


def _quoted(unknown: Sequence[str]) -> str:
    return clip(", ".join(unknown), ECHO_UNITS)


def _above(page: Outgoing, lines: Sequence[str]) -> Outgoing:
    return replace(page, text="\n".join((*lines, "", page.text)))


def _ordered(genres: Iterable[str]) -> tuple[str, ...]:
    wanted = set(genres)
    return tuple(genre for genre in GENRES if genre in wanted)
