"""A list that was asked for in words: what of them was understood, each part with a button that takes it away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callbacks import WithoutPart, encode
from bot.messages.clipping import ECHO_UNITS, clip, escape
from bot.messages.films import genre_names
from bot.messages.onboarding import list_button
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from bot.wanted import GENRE, GENRES, YEARS, Part, Wanted

# What people and films are called, by kind and value.
Names = Mapping[tuple[str, str], str]
# More parts than anybody asks for; the range of the button.
MOST_BUTTONS: Final = 12
_PER_ROW: Final = 2
# A wish with as many parts as there are buttons takes no more.
LONGEST_UNITS: Final = 400
# What is not here, in the languages that wishes are read in.
_SERIES: Final = re.compile(
    r"\b(?:(?:tv|mini|web)[ -]?)?(?:series|serie|shows?|sitcoms?|telenovelas?|miniseries?)\b|"
    r"电视剧|连续剧|剧集|[美韩日英国港台]剧|番剧"
)
_NAMED_BY_MESSAGES: Final = ("tone", "age", "order", "own")
# Closed vocabularies, each name of theirs an entry of the catalogue.
_VOCABULARIES: Final = {"country": "country", "area": "area", "language": "spoken", "tag": "tag", "studio": "studio"}
# From something on, up to something, and between.
_SPANS: Final = {
    YEARS: ("wish.since", "wish.until", "wish.years"),
    "runtime": ("wish.runtime_since", "wish.runtime_until", "wish.runtime_years"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A wish as a page shows it.

    Attributes:
        wanted: what the page keeps to.
        names: what its values are called.
        round: whose wish it is, for the buttons.
        stored: the wish as that round has it, without what the list was tuned to.
    """

    wanted: Wanted
    names: Names
    round: int
    stored: Wanted


def with_wish(
    words: Words, page: Outgoing, shown: Shown, *, unknown: Sequence[str] = (), is_widened: bool = False
) -> Outgoing:
    """Put above a page of a list what it was asked for, and below it the buttons that take parts of that away.

    Args:
        unknown: what was said besides, and means nothing here.
        is_widened: whether the genres were wanted together, and there are too few such films.
    """
    lines = [understood(words, shown.wanted, shown.names), *_left_out(words, unknown)]
    if is_widened:
        lines.append(words.html("wish.either"))
    page = _above(page, lines)
    return replace(page, keyboard=(*page.keyboard, *_part_buttons(words, shown)))


def with_nothing_understood(
    words: Words, page: Outgoing, unknown: Sequence[str], *, is_contradictory: bool = False
) -> Outgoing:
    """Put above the usual list that it has nothing to do with what was said.

    Args:
        is_contradictory: whether that is because no film can be all of it.
    """
    key = "wish.contradictory" if is_contradictory else "wish.nothing_understood"
    return _above(page, [words.html(key, words=_quoted(unknown)), *_no_series(words, unknown)])


def no_films(words: Words, shown: Shown, fresh_round: int, *, unknown: Sequence[str] = ()) -> Outgoing:
    """Say that no film fits a wish, and offer what of it may be left out, or the usual list."""
    lines = (understood(words, shown.wanted, shown.names), *_left_out(words, unknown), "", words.html("wish.none"))
    rows = (*_part_buttons(words, shown), (list_button(words, fresh_round, "list.fresh"),))
    return Outgoing("\n".join(lines), rows)


def understood(words: Words, wish: Wanted, names: Names) -> Html:
    """Say in one line what was understood."""
    genres = [part for part in wish.every_part if part.kind == GENRE and part.is_wanted]
    link = " + " if wish.filters.genres_all else f" {words.plain('wish.or')} "
    together = [link.join(say_part(words, part, names) for part in genres)] if genres else []
    rest = [say_part(words, part, names) for part in wish.every_part if part not in genres]
    return words.html("wish.understood", wish=Html(escape(clip(" · ".join((*together, *rest)), LONGEST_UNITS))))


def say_part(words: Words, part: Part, names: Names) -> str:
    """Name a part of a wish."""
    if part.kind in (YEARS, "runtime"):
        said = _span(words, part)
    elif part.kind == GENRES:
        said = " + ".join(genre_names(words, (value,)) for value in part.values)
    else:
        said = f" {words.plain('wish.or')} ".join(_value(words, part.kind, value, names) for value in part.values)
    if part.kind == "like" and part.is_wanted:
        said = words.plain("wish.like", title=said)
    if part.is_wanted:
        return said
    return (
        words.plain("wish.without", genre=said) if part.kind in (GENRE, GENRES) else words.plain("wish.not", part=said)
    )


def _value(words: Words, kind: str, value: str, names: Names) -> str:
    if kind == GENRE:
        return genre_names(words, (value,))
    if kind in _VOCABULARIES:
        return words.plain(f"{_VOCABULARIES[kind]}.{value}")
    if kind in _NAMED_BY_MESSAGES:
        return words.plain(f"wish.{kind}_{value}")
    return names.get((kind, value), value)


def _span(words: Words, part: Part) -> str:
    first, last = part.ends
    if first is not None and first == last:
        return words.plain("wish.year", year=first)
    from_on, up_to, between = _SPANS[part.kind]
    return words.plain(from_on if last is None else up_to if first is None else between, first=first, last=last)


def _part_buttons(words: Words, shown: Shown) -> Keyboard:
    """Return a button for each part of the stored wish that takes it away; of the years, unless they are tuned."""
    kept = {*shown.wanted.every_part}
    cells = [
        Button(
            words.plain("wish.take_away", part=say_part(words, part, shown.names)), encode(WithoutPart(shown.round, at))
        )
        for at, part in enumerate(shown.stored.every_part[:MOST_BUTTONS])
        if part in kept
    ]
    return tuple(tuple(cells[at : at + _PER_ROW]) for at in range(0, len(cells), _PER_ROW))


def _left_out(words: Words, unknown: Sequence[str]) -> tuple[Html, ...]:
    if not unknown:
        return ()
    return (words.html("wish.left_out", words=_quoted(unknown)), *_no_series(words, unknown))


def name_series(unknown: Sequence[str]) -> bool:
    """Tell whether nothing that was not understood is more than a word for series."""
    return bool(unknown) and all(map(_SERIES.fullmatch, unknown))


def _no_series(words: Words, unknown: Sequence[str]) -> tuple[Html, ...]:
    """Say that there are no series here, to whoever asks for one."""
    return (words.html("wish.no_series"),) if any(map(_SERIES.search, unknown)) else ()


def _quoted(unknown: Sequence[str]) -> str:
    return clip(", ".join(unknown), ECHO_UNITS)


def _above(page: Outgoing, lines: Sequence[str]) -> Outgoing:
    return replace(page, text="\n".join((*lines, "", page.text)))
