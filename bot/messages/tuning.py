"""The knobs of a list: genres in and out, years, and the dial, each showing where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.callbacks import Action, Knobs, Place, ShowPage, Tune, TuneGenre, Wish, encode
from bot.dial import Dial, Era, page_code
from bot.messages import genres
from bot.messages.films import CardOrigin
from bot.messages.genres import GenreWishes
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing

# Short names go three to a row; with more, or with longer ones, a phone cuts them.
_WIDE_PER_ROW: Final = 2
_NARROW_PER_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Tuning:
    """A list that is being tuned: the page it came from, and the first page of the list it leads to.

    Attributes:
        asked: what was asked for in words, as far as it still holds, as a sentence.
    """

    back: CardOrigin
    wanted: CardOrigin
    asked: Html | None = None

    def showing(self, knobs: Knobs, *, dial: Dial | None = None, era: Era | None = None) -> Tune:
        """Return what shows these knobs, one of them turned if it is given."""
        dial = self.wanted.dial if dial is None else dial
        era = self.wanted.era if era is None else era
        return Tune(knobs, self.back.key, self.back.page_code, self.wanted.key, page_code(dial, era))


def knobs(words: Words, wishes: GenreWishes, tuning: Tuning, which: Knobs, *, edits: int | None) -> Outgoing:
    """Show all knobs, or those of genres or years."""
    if which == Knobs.GENRES:
        return Outgoing(words.html("genres.title"), _genre_rows(words, wishes, tuning), edits)
    if which == Knobs.YEARS:
        return Outgoing(words.html("tune.which_years"), _year_rows(words, tuning), edits)
    asked = genres.say_wishes(words, wishes) if tuning.asked is None else [tuning.asked]
    return Outgoing("\n".join((words.html("tune.title"), *asked)), _rows(words, tuning), edits)


def tune_button(words: Words, origin: CardOrigin) -> Button:
    """Return the button under a list that opens its knobs."""
    return Button(words.plain("button.tune"), encode(_opening(origin)))


def _opening(origin: CardOrigin) -> Tune:
    code = page_code(origin.dial, origin.era)
    return Tune(Knobs.ALL, origin.key, origin.page_code, 0, code)


def _rows(words: Words, tuning: Tuning) -> Keyboard:
    dials = [
        _choice(
            words.plain(f"dial.{dial.name.lower()}"), dial == tuning.wanted.dial, tuning.showing(Knobs.ALL, dial=dial)
        )
        for dial in Dial
    ]
    years = words.plain("tune.years", years=words.plain(f"era.{tuning.wanted.era.name.lower()}"))
    more = (
        Button(words.plain("button.genres"), encode(tuning.showing(Knobs.GENRES))),
        Button(years, encode(tuning.showing(Knobs.YEARS))),
    )
    show = _page_button(words, "button.list", tuning.wanted)
    return (*_in_rows(dials, _WIDE_PER_ROW), more, (show,), (_back(words, tuning.back),))


def _year_rows(words: Words, tuning: Tuning) -> Keyboard:
    cells = [
        _choice(words.plain(f"era.{era.name.lower()}"), era == tuning.wanted.era, tuning.showing(Knobs.ALL, era=era))
        for era in Era
    ]
    return (tuple(cells[: Era.SIXTIES]), *_in_rows(cells[Era.SIXTIES :], _NARROW_PER_ROW))


def _genre_rows(words: Words, wishes: GenreWishes, tuning: Tuning) -> Keyboard:
    def setting(row: int, wish: Wish) -> Action:
        to = tuning.showing(Knobs.GENRES)
        return TuneGenre(row, wish, to.key, to.page_code, to.fresh, to.wanted)

    done = Button(words.plain("genres.done"), encode(tuning.showing(Knobs.ALL)))
    return (*genres.grid(words, wishes, setting), (done,))


def _in_rows(cells: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(cells[at : at + width]) for at in range(0, len(cells), width))


def _choice(text: str, is_chosen: bool, action: Action) -> Button:
    return Button(f"✓ {text}" if is_chosen else text, encode(action))


def _page_button(words: Words, key: str, origin: CardOrigin) -> Button:
    return Button(words.plain(key), encode(ShowPage(Place.LIST, origin.key, origin.page_code)))


def _back(words: Words, origin: CardOrigin) -> Button:
    return _page_button(words, "button.back", origin)
