"""Files that people bring along: how to get them, what is in one, how its import goes, and its undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.callbacks import DropBatch, ImportBatch, ShowBatch, UndoBatch, encode
from bot.messages.clipping import ECHO_UNITS, clip
from bot.messages.films import label
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import Movie

UNKNOWN_SIZE: Final = 8
# In the order in which they are told.
_SAID: Final = {"rated": "past.rated", "seen": "past.seen", "later": "past.later", "never": "past.never"}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file comes to.

    Attributes:
        rows, matched: its rows, and how many are of films in the catalogue.
        films: known films by what is said of them: rated, seen, later, never.
        fresh: how many of them would change something.
        kept: known films of which something newer is known.
        unknown: films that were not found, each once.
    """

    batch: int
    site: str
    rows: int
    matched: int
    films: Mapping[str, int] = field(default_factory=dict)
    fresh: int = 0
    kept: int = 0
    unknown: int = 0
    twice: int = 0
    series: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class UnknownFilm:
    """A film that was not found, as the file writes it; `perhaps` are those that it may be."""

    title: str
    year: int | None
    perhaps: Sequence[Movie] = ()


def how_to(words: Words) -> Outgoing:
    """Say how to get the file from each site."""
    return Outgoing(words.html("past.how_to"))


def refused(words: Words, reason: str) -> Outgoing:
    """Say why a file is not taken."""
    return Outgoing(words.html(f"past.refused_{reason}"))


def summary(words: Words, found: Summary, *, edits: int | None = None) -> Outgoing:
    """Say what is in a file, and ask whether to import it."""
    head = words.html("past.summary", site=found.site, rows=_rows(words, found))
    lines = [head, *_films_line(words, found.films), *_asides(words, found)]
    if found.matched and not found.fresh:
        lines.append(words.html("past.nothing_new"))
    return Outgoing("\n".join(lines), _choices(words, found), edits)


def unknown_films(
    words: Words, batch: int, films: Sequence[UnknownFilm], page: int, total: int, *, edits: int | None
) -> Outgoing:
    """Show a page of the films that were not found, from 1."""
    first = (page - 1) * UNKNOWN_SIZE + 1
    lines = [_unknown_line(words, number, film) for number, film in enumerate(films, first)]
    before = (_turn(words.plain("button.previous"), batch, page - 1),) if page > 1 else ()
    after = (_turn(words.plain("button.next"), batch, page + 1),) if page * UNKNOWN_SIZE < total else ()
    turns: Keyboard = ((*before, *after),) if before or after else ()
    back = (_turn(words.plain("button.back"), batch, 0),)
    return Outgoing("\n".join((words.count("past.unknown", total), *lines)), (*turns, back), edits)


def going_on(words: Words, done: int, total: int, *, edits: int | None) -> Outgoing:
    """Say how far an import is."""
    return Outgoing(words.html("past.importing", done=done, total=total), (), edits)


def imported(words: Words, found: Summary, *, days: int, edits: int | None) -> Outgoing:
    """Say what an import changed, and how it is undone."""
    if not found.fresh:
        return Outgoing(words.html("past.changed_nothing"), (), edits)
    kept = [words.count("past.kept", found.kept)] if found.kept else []
    lines = [words.html("past.imported", site=found.site), *_films_line(words, found.films), *kept]
    undo = Button(words.plain("past.undo", days=days), encode(UndoBatch(found.batch)))
    return Outgoing("\n".join(lines), ((undo,), *_show_row(words, found)), edits)


def undoing(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("past.undoing"), (), edits)


def undone(words: Words, left: int, *, edits: int | None) -> Outgoing:
    """Say that all is as before, but for what the person changed since."""
    lines = [words.html("past.undone"), *([words.count("past.left", left)] if left else [])]
    return Outgoing("\n".join(lines), (), edits)


def dropped(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("past.dropped"), (), edits)


def one_at_a_time(words: Words) -> str:
    return words.plain("past.one_at_a_time")


def over(words: Words, *, edits: int | None = None) -> Outgoing:
    """Say that a file is not kept any more."""
    return Outgoing(words.html("past.over"), (), edits)


def _rows(words: Words, found: Summary) -> Html:
    counted = words.count("past.rows", found.rows)
    matched, missing = words.number(found.matched), words.number(found.rows - found.matched)
    return Html(f"{counted}{words.html('past.of_them', matched=matched, missing=missing)}")


def _films_line(words: Words, films: Mapping[str, int]) -> list[Html]:
    told = [words.count(key, films[said]) for said, key in _SAID.items() if films.get(said)]
    return [Html(" · ".join(told))] if told else []


def _asides(words: Words, found: Summary) -> list[Html]:
    """Say in one line what is left out, and what else is notable."""
    counts = {
        "past.twice": found.twice,
        "past.series": found.series,
        "past.unreadable": found.unreadable,
        "past.kept": found.kept,
    }
    told = [words.count(key, count) for key, count in counts.items() if count]
    return [Html(" · ".join(told))] if told else []


def _choices(words: Words, found: Summary) -> Keyboard:
    yes = Button(words.plain("past.import"), encode(ImportBatch(found.batch)))
    no = Button(words.plain("past.cancel"), encode(DropBatch(found.batch)))
    return (((yes, no) if found.fresh else (no,)), *_show_row(words, found))


def _show_row(words: Words, found: Summary) -> Keyboard:
    return ((_turn(words.plain("past.show", n=found.unknown), found.batch, 1),),) if found.unknown else ()


def _unknown_line(words: Words, number: int, film: UnknownFilm) -> str:
    title = clip(film.title, ECHO_UNITS)
    written = title if film.year is None else f"{title} ({film.year})"
    if not film.perhaps:
        return words.html("past.unknown_film", number=number, film=written)
    named = words.plain("past.or").join(label(movie) for movie in film.perhaps)
    return words.html("past.unknown_perhaps", number=number, film=written, perhaps=clip(named, 2 * ECHO_UNITS))


def _turn(text: str, batch: int, page: int) -> Button:
    return Button(text, encode(ShowBatch(batch, page)))
