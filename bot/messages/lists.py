"""Lists of films: recommendations with their reasons, ratings and the watchlist, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.callbacks import Mark, Open, Place, ShowGenres, ShowPage, encode
from bot.dial import PAGES, Dial
from bot.messages.films import (
    MARK_ICONS,
    CardOrigin,
    Film,
    genre_names,
    headline,
    label,
    mark_button,
    stars_text,
)
from bot.messages.onboarding import list_button
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import Movie

LIST_SIZE: Final = 5
RATINGS_SIZE: Final = 8
# From this chance on a film is a safe bet for somebody of whom nothing but genres is known.
SAFE_BET: Final = 0.6
_NUMBERS_PER_ROW: Final = 4
_TITLES: Final = {
    Dial.WELL_KNOWN: "list.title",
    Dial.MIXED: "list.title_mixed",
    Dial.LITTLE_KNOWN: "list.title_little_known",
}
_DIALS: Final = {
    Dial.WELL_KNOWN: "dial.well_known",
    Dial.MIXED: "dial.mixed",
    Dial.LITTLE_KNOWN: "dial.little_known",
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A recommended film with how sure and why.

    Attributes:
        like_probability: None when nobody knows, and the list stays silent about it.
        because_movie: the liked movie that brought it; goes before every other reason.
        because_genre: the chosen genre that brought it.
        liked_with: the chosen genre whose choosers like it.
        shared_genres: all chosen genres that it has, said when no single one brought it.
        from_ratings: whether there are ratings that brought it together.
        is_nearest: whether it is not what was asked for, which has run out.
        is_personal: whether the chance is worth a number; a model that met no real people tells strangers in words.
    """

    film: Film
    like_probability: float | None
    because_movie: Movie | None = None
    because_genre: str | None = None
    liked_with: str | None = None
    shared_genres: tuple[str, ...] = ()
    from_ratings: bool = False
    is_wildcard: bool = False
    is_nearest: bool = False
    is_personal: bool = True


def recommendations(
    words: Words, picks: Sequence[Pick], origin: CardOrigin, *, edits: int | None = None, digest: bool = False
) -> Outgoing:
    """Show a page of recommendations; every film has its own row of buttons, More leads on."""
    title = words.html("list.digest") if digest else _title(words, origin)
    few = (words.html("list.nearest"),) if any(pick.is_nearest for pick in picks) else ()
    blocks = [_pick_text(words, number, pick, origin.dial) for number, pick in enumerate(picks, 1)]
    rows = [_pick_buttons(number, pick.film, origin) for number, pick in enumerate(picks, 1)]
    text = "\n\n".join((title, *few, *blocks, *_without_model(words, picks), words.html("list.legend")))
    turns = _turns(words, origin, has_next=True, next_key="button.more")
    return Outgoing(text, (*rows, turns, (_dial_button(words, origin), _genres_button(words))), edits)


def no_recommendations(words: Words, origin: CardOrigin, fresh_round: int, *, edits: int | None = None) -> Outgoing:
    """Say that nothing is left: in this round, or at all."""
    if origin.page_code == 0:  # with the dial turned there were films before
        return Outgoing(words.html("list.empty"), (), edits)
    fresh = list_button(words, fresh_round, "list.fresh")
    return Outgoing(words.html("list.end"), (*_only(_turns(words, origin, has_next=False)), (fresh,)), edits)


def ratings_page(words: Words, films: Sequence[Film], total: int, page: int, *, edits: int | None = None) -> Outgoing:
    """Show one page of what the person rated, each film opening its card."""
    if not films:
        return Outgoing(words.html("ratings.empty"), (), edits)
    origin = CardOrigin(Place.RATINGS, 0, page)
    first = page * RATINGS_SIZE + 1
    lines = [_numbered(number, film) for number, film in enumerate(films, first)]
    numbers = [_open_button(str(number), film, origin) for number, film in enumerate(films, first)]
    rows = [tuple(numbers[at : at + _NUMBERS_PER_ROW]) for at in range(0, len(numbers), _NUMBERS_PER_ROW)]
    text = "\n".join((words.count("ratings.title", total), "", *lines, "", words.html("ratings.hint")))
    turns = _turns(words, origin, has_next=first + len(films) <= total)
    return Outgoing(text, (*rows, *_only(turns)), edits)


def later_page(words: Words, films: Sequence[Film], total: int, page: int, *, edits: int | None = None) -> Outgoing:
    """Show one page of the watchlist."""
    if not films:
        return Outgoing(words.html("later.empty"), (), edits)
    origin = CardOrigin(Place.LATER, 0, page)
    first = page * LIST_SIZE + 1
    blocks = [f"{number}. {headline(words, film.movie)}" for number, film in enumerate(films, first)]
    rows = [_later_buttons(number, film, origin) for number, film in enumerate(films, first)]
    text = "\n\n".join((words.count("later.title", total), *blocks, words.html("later.hint")))
    turns = _turns(words, origin, has_next=first + len(films) <= total)
    return Outgoing(text, (*rows, *_only(turns)), edits)


def _title(words: Words, origin: CardOrigin) -> Html:
    title = words.html(_TITLES[origin.dial])
    return words.html("list.title_page", title=title, page=origin.page + 1) if origin.page else title


def _without_model(words: Words, picks: Sequence[Pick]) -> tuple[str, ...]:
    """Say why ratings do not show yet: before the first training, nobody knows the chance of a like."""
    return () if any(pick.like_probability is not None for pick in picks) else (words.html("list.no_model"),)


def _pick_text(words: Words, number: int, pick: Pick, dial: Dial) -> str:
    film = pick.film
    facts = [genre_names(words, film.movie.genres)]
    if pick.like_probability is not None:
        facts.insert(0, _chance(words, pick.like_probability, is_personal=pick.is_personal))
    lines = [
        f"{number}. {words.html('film.head', label=label(film.movie))}",
        " · ".join(fact for fact in facts if fact),
        f"<i>{_reason(words, pick, dial)}</i>",
        *_state(words, film),
    ]
    return "\n".join(line for line in lines if line)


def _chance(words: Words, chance: float, *, is_personal: bool) -> Html:
    """Tell a chance: in words where it is nobody's own."""
    if is_personal:
        return words.html("list.match", percent=round(chance * 100))
    return words.html("list.safe_bet" if chance >= SAFE_BET else "list.worth_a_try")


def _reason(words: Words, pick: Pick, dial: Dial) -> Html:
    if pick.because_movie:
        return words.html("list.because_movie", title=label(pick.because_movie))
    if pick.is_wildcard:
        return words.html("list.wildcard")
    if pick.because_genre:
        return words.html("list.because_genre", genre=words.plain(f"genre.{pick.because_genre}"))
    if pick.liked_with:
        return words.html("list.liked_with", genre=words.plain(f"genre.{pick.liked_with}"))
    if pick.shared_genres:
        names = Html(genre_names(words, pick.shared_genres, words.plain("genres.separator")))
        return words.html("list.fits_genres", genres=names)
    if pick.from_ratings:
        return words.html("list.fits_ratings")
    return words.html("list.little_known" if dial == Dial.LITTLE_KNOWN else "list.popular")


def _state(words: Words, film: Film) -> list[str]:
    said = [stars_text(film.stars)] if film.stars else []
    said += [
        f"{icon} {words.plain(f'mark.{mark.name.lower()}')}" for mark, icon in MARK_ICONS.items() if mark in film.marks
    ]
    return [f"✓ {' · '.join(said)}"] if said else []


def _pick_buttons(number: int, film: Film, origin: CardOrigin) -> tuple[Button, ...]:
    rate = _open_button(f"{number} {_given(film)}", film, origin)
    marks = (
        mark_button(f"{number} {'✅' if mark in film.marks else ''}{icon}", film, mark, origin)
        for mark, icon in MARK_ICONS.items()
    )
    return (rate, *marks)


def _given(film: Film) -> str:
    return f"★{film.stars.value:g}" if film.stars else "⭐"


def _later_buttons(number: int, film: Film, origin: CardOrigin) -> tuple[Button, ...]:
    seen = mark_button(f"{number} {'✅' if Mark.SEEN in film.marks else ''}👀", film, Mark.SEEN, origin)
    return (
        _open_button(f"{number} {_given(film)}", film, origin),
        seen,
        mark_button(f"{number} ✖", film, Mark.LATER, origin),
    )


def _open_button(text: str, film: Film, origin: CardOrigin) -> Button:
    return Button(text, encode(Open(film.movie.id, origin.place, origin.key, origin.page_code)))


def _numbered(number: int, film: Film) -> str:
    stars = stars_text(film.stars) if film.stars else ""
    return f"{number}. {Html.of(label(film.movie))} {stars}"


def _turns(words: Words, origin: CardOrigin, *, has_next: bool, next_key: str = "button.next") -> tuple[Button, ...]:
    def turn(key: str, step: int) -> Button:
        return Button(words.plain(key), encode(ShowPage(origin.place, origin.key, origin.page_code + step)))

    back = (turn("button.previous", -1),) if origin.page else ()
    return (*back, turn(next_key, +1)) if has_next else back


def _dial_button(words: Words, origin: CardOrigin) -> Button:
    """Return a button that turns the dial on; what the round has shown stays out of the list it leads to."""
    dial = Dial((origin.dial + 1) % len(Dial))
    return Button(words.plain(_DIALS[dial]), encode(ShowPage(origin.place, origin.key, dial * PAGES)))


def _genres_button(words: Words) -> Button:
    return Button(words.plain("button.genres"), encode(ShowGenres()))


def _only(row: tuple[Button, ...]) -> Keyboard:
    return (row,) if row else ()
