"""Films in words: labels, genres, stars, and a film's card with its buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.callbacks import Mark, Place, Rate, SetMark, Share, ShowAlike, ShowPage, ShowSide, Side, UndoRate, encode
from bot.dial import PAGES, PAGES_PER_ERA, Dial, Era
from bot.messages.clipping import clip
from bot.messages.facts import NOTHING_KNOWN, Facts, cast_line, fact_lines, heading
from bot.messages.links import search_links
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import Movie, Stars

_NO_BREAK_HYPHEN: Final = "\u2011"
# Where a rating leaves the card open.
_STAYS: Final = (Place.CARD, Place.SEARCH, Place.PICTURE)
_HAS_NO_PAGE: Final = (Place.CARD, Place.PICTURE)
MARK_ICONS: Final = {Mark.SEEN: "👀", Mark.LATER: "🔖", Mark.NOT_NOW: "⏳", Mark.NEVER: "🚫"}


@dataclass(frozen=True, slots=True)
class Film:
    """A movie with what the person said of it; `is_counted` tells whether their rating shows their taste."""

    movie: Movie
    stars: Stars | None = None
    marks: frozenset[Mark] = frozenset()
    facts: Facts = NOTHING_KNOWN
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class CardOrigin:
    """Where a card sits: the list and page that its Back button shows again.

    Attributes:
        key: the round of a list of recommendations or of a search, else 0.
        page_code: the page, and what a list of recommendations is tuned to, in one number as buttons carry it.
    """

    place: Place = Place.CARD
    key: int = 0
    page_code: int = 0

    @property
    def dial(self) -> Dial:
        """Return where the novelty dial of a list of recommendations stands."""
        return Dial(self.page_code // PAGES)

    @property
    def era(self) -> Era:
        """Return which years a list of recommendations keeps to."""
        return Era(min(self.page_code % PAGES // PAGES_PER_ERA, max(Era)))

    @property
    def page(self) -> int:
        """Return the page's number, from 0; of a list of recommendations since it is tuned like this."""
        return self.page_code % PAGES_PER_ERA if self.place == Place.LIST else self.page_code


def label(movie: Movie) -> str:
    """Return "Title (1999)", clipped so that the year stays."""
    title = clip(movie.title)
    return title if movie.year is None else f"{title} ({movie.year})"


def genre_names(words: Words, genres: Iterable[str], separator: str = " · ") -> str:
    """Return genres in the person's language; none is broken at its hyphen at the end of a line."""
    return separator.join(words.plain(f"genre.{genre}").replace("-", _NO_BREAK_HYPHEN) for genre in genres)


def stars_text(stars: Stars) -> str:
    """Return stars as drawn: ★★★★½."""
    return "★" * int(stars.value) + "½" * (stars.half_stars % 2)


def headline(words: Words, movie: Movie, facts: Facts = NOTHING_KNOWN) -> Html:
    """Return a film's head: its title, and the genres under it."""
    genres = genre_names(words, movie.genres)
    return Html(heading(words, movie, facts) + (f"\n{genres}" if genres else ""))


def film_card(
    words: Words,
    film: Film,
    origin: CardOrigin = CardOrigin(),
    *,
    edits: int | None = None,
    undo: UndoRate | None = None,
    why: Html | None = None,
) -> Outgoing:
    """Show one film with its stars and marks, and the way back to where it was opened.

    It says nothing of a predicted rating: people drift to a number they are shown (Cosley 2003).

    Args:
        undo: what takes back what was just done.
        why: the answer to the question why, where it was asked.
    """
    rows = (
        _star_buttons(film, origin),
        *_correction_buttons(words, film, origin),
        *_mark_buttons(words, film, origin, undo),
        _ways_on(words, film, origin),
    )
    text = "\n\n".join(part for part in (card_head(words, film), why, card_state(words, film)) if part)
    return Outgoing(text, rows, edits, is_caption=origin.place == Place.PICTURE)


def card_head(words: Words, film: Film) -> Html:
    """Return what is known of a film, and where more of it is found."""
    lines = (headline(words, film.movie, film.facts), *fact_lines(words, film.facts), *cast_line(words, film.facts))
    return Html("\n".join((*lines, search_links(words, film.movie, film.facts))))


def card_state(words: Words, film: Film) -> Html:
    """Return what the person said of a film, or how to."""
    if film.stars is None:
        return words.html("card.unrated")
    return words.html("card.rated" if film.is_counted else "card.rated_uncounted", stars=stars_text(film.stars))


def rate_button(text: str, film: Film, rating: int, origin: CardOrigin, *, stay: bool) -> Button:
    """Return a button that gives this film `rating` half stars, 0 for none."""
    return Button(text, encode(Rate(film.movie.id, rating, stay, origin.place, origin.key, origin.page_code)))


def mark_button(text: str, film: Film, mark: Mark, origin: CardOrigin) -> Button:
    """Return a button that turns a mark to the other side."""
    on = mark not in film.marks
    return Button(text, encode(SetMark(film.movie.id, mark, on, origin.place, origin.key, origin.page_code)))


def _star_buttons(film: Film, origin: CardOrigin) -> tuple[Button, ...]:
    given = film.stars.half_stars if film.stars else 0
    return tuple(
        rate_button(f"{'✓ ' if given == n * 2 else ''}{n}★", film, n * 2, origin, stay=origin.place in _STAYS)
        for n in range(1, 6)
    )


def _correction_buttons(words: Words, film: Film, origin: CardOrigin) -> Keyboard:
    if film.stars is None:
        return ()
    given = film.stars.half_stars
    less = rate_button(words.plain("interview.half_less"), film, max(1, given - 1), origin, stay=True)
    more = rate_button(words.plain("interview.half_more"), film, min(10, given + 1), origin, stay=True)
    return ((less, more, rate_button(words.plain("card.remove"), film, 0, origin, stay=True)),)


def _mark_buttons(words: Words, film: Film, origin: CardOrigin, undo: UndoRate | None) -> Keyboard:
    """Return a button for each mark that makes sense, two or three in a row: with more, a phone cuts their words."""
    marks = {mark: mark_button(_mark_text(words, film, mark), film, mark, origin) for mark in MARK_ICONS}
    why = side_button(words, "button.why", film, Side.WHY, origin)
    if film.stars is None:
        return (marks[Mark.SEEN], marks[Mark.LATER], why), (marks[Mark.NOT_NOW], marks[Mark.NEVER])
    set_before = [mark for mark in MARK_ICONS if mark in film.marks and mark != Mark.LATER]
    more = (tuple(marks[mark] for mark in set_before),) if set_before else ()
    back = (Button(words.plain("interview.undo"), encode(undo)),) if undo else ()
    return (marks[Mark.LATER], why, *back), *more


def _mark_text(words: Words, film: Film, mark: Mark) -> str:
    key = "card.marked" if mark in film.marks else "card.unmarked"
    return words.plain(key, icon=MARK_ICONS[mark], name=words.plain(f"mark.{mark.name.lower()}"))


def side_button(words: Words, key: str, film: Film, side: Side, origin: CardOrigin) -> Button:
    """Return a button that turns the card."""
    turn = ShowSide(film.movie.id, side, origin.place, origin.key, origin.page_code)
    return Button(words.plain(key), encode(turn))


def _ways_on(words: Words, film: Film, origin: CardOrigin) -> tuple[Button, ...]:
    back = encode(ShowPage(origin.place, origin.key, origin.page_code))
    has_page = origin.place not in _HAS_NO_PAGE
    return (
        Button(words.plain("button.alike"), encode(ShowAlike(film.movie.id))),
        *([] if has_page else [share_button(words, film)]),
        side_button(words, "button.details", film, Side.MORE, origin),
        *([Button(words.plain("button.back"), back)] if has_page else []),
    )


def share_button(words: Words, film: Film) -> Button:
    """Return a button that sends the film to be forwarded."""
    return Button(words.plain("button.share"), encode(Share(film.movie.id)))
