"""Lists of films: recommendations with their reasons, ratings and the watchlist, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.callbacks import Open, PickLater, Place, ShowPage, encode
from bot.dial import PAGES_PER_ERA, Dial, Era
from bot.messages.facts import fact_lines, heading, own_title
from bot.messages.films import MARK_ICONS, CardOrigin, Film, genre_names, headline, label, stars_text
from bot.messages.onboarding import list_button
from bot.messages.tuning import tune_button
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import Movie

LIST_SIZE: Final = 5
RATINGS_SIZE: Final = 8
# From this chance on a film is a safe bet for somebody of whom nothing but genres is known.
SAFE_BET: Final = 0.6
_NUMBERS_PER_ROW: Final = 5  # one row to a page of a list
SharedKind = Literal["director", "cast", "series", "tag", "country"]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a film has in common with the liked one that brought it, in the person's language."""

    kind: SharedKind
    name: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A recommended film with how sure and why.

    Attributes:
        like_probability: None when nobody knows, and the list stays silent about it.
        because_movie: the liked movie that brought it; goes before every reason but being followed.
        shared: what it has in common with that movie, where that is known.
        because_genre: the chosen genre that brought it.
        liked_with: the chosen genre whose choosers like it.
        followed_director, followed_actor: who is followed, and brought it; goes before every other reason.
        shared_genres: all chosen genres that it has, said when no single one brought it.
        from_ratings: whether there are ratings that brought it together.
        is_alike: whether that movie was named for others like it, which says nothing of liking it.
        is_nearest: whether it is not what was asked for, which has run out.
        is_personal: whether the chance is worth a number; a model that met no real people tells strangers in words.
    """

    film: Film
    like_probability: float | None
    because_movie: Movie | None = None
    shared: Shared | None = None
    because_genre: str | None = None
    liked_with: str | None = None
    shared_genres: tuple[str, ...] = ()
    from_ratings: bool = False
    is_wildcard: bool = False
    is_alike: bool = False
    is_nearest: bool = False
    is_personal: bool = True
    followed_director: str | None = None
    followed_actor: str | None = None


def recommendations(
    words: Words,
    picks: Sequence[Pick],
    origin: CardOrigin,
    *,
    edits: int | None = None,
    digest: bool = False,
    alike: Sequence[Movie] = (),
    is_wish: bool = False,
) -> Outgoing:
    """Show a page of recommendations: a row of numbers opens the films' cards, More leads on, Tune changes the list.

    Args:
        alike: what the films are like, where that was asked for.
        is_wish: whether the list was asked for in words.
    """
    few = _few(words, picks, is_wish=is_wish)
    blocks = [pick_text(words, number, pick, origin.dial, has_reason=not alike) for number, pick in enumerate(picks, 1)]
    last = () if alike or is_wish or origin.page else _without_model(words, picks)
    title = words.html("list.digest") if digest else _title(words, origin, alike)
    text = "\n\n".join((title, *few, *blocks, *last, words.html("list.hint")))
    has_next = len(picks) == LIST_SIZE and origin.page + 1 < PAGES_PER_ERA
    turns = turns_of(words, origin, has_next=has_next, next_key="button.more")
    tune = () if alike else (tune_button(words, origin),)
    return Outgoing(text, (*number_rows([pick.film for pick in picks], origin), *_only((*turns, *tune))), edits)


def _few(words: Words, picks: Sequence[Pick], *, is_wish: bool) -> tuple[Html, ...]:
    """Say where a page has films that only come near what was asked."""
    nearest = [pick.is_nearest for pick in picks]
    if not any(nearest):
        return ()
    if not is_wish:
        return (words.html("list.nearest"),)
    return (words.html("wish.none_fits" if all(nearest) else "wish.few"),)


def no_recommendations(words: Words, origin: CardOrigin, fresh_round: int, *, edits: int | None = None) -> Outgoing:
    """Say that nothing is left: of these years, in this round, or at all."""
    if origin.page == 0 and origin.era != Era.ANY:
        text = words.html("list.none_from", years=words.plain(f"era.{origin.era.name.lower()}"))
        return Outgoing(text, ((tune_button(words, origin),),), edits)
    if origin.page_code == 0:  # with the dial turned there were films before
        return Outgoing(words.html("list.empty"), (), edits)
    fresh = list_button(words, fresh_round, "list.fresh")
    return Outgoing(words.html("list.end"), (*_only(turns_of(words, origin, has_next=False)), (fresh,)), edits)


def none_alike(words: Words, movie: Movie) -> Outgoing:
    """Say that nothing like a film is left."""
    return Outgoing(words.html("list.none_alike", title=label(movie)))


def ratings_page(words: Words, films: Sequence[Film], total: int, page: int, *, edits: int | None = None) -> Outgoing:
    """Show one page of what the person rated, each film opening its card."""
    if not films:
        return Outgoing(words.html("ratings.empty"), (), edits)
    first = page * RATINGS_SIZE + 1
    lines = [_rated_line(words, number, film) for number, film in enumerate(films, first)]
    text = "\n".join((words.count("ratings.title", total), "", *lines, "", words.html("ratings.hint")))
    return _saved_page(words, text, films, CardOrigin(Place.RATINGS, 0, page), first, total, edits)


def later_page(words: Words, films: Sequence[Film], total: int, page: int, *, edits: int | None = None) -> Outgoing:
    """Show one page of the watchlist, each film opening its card."""
    if not films:
        return Outgoing(words.html("later.empty"), (), edits)
    first = page * LIST_SIZE + 1
    blocks = [f"{number}. {headline(words, film.movie, film.facts)}" for number, film in enumerate(films, first)]
    text = "\n\n".join((words.count("later.title", total), *blocks, words.html("later.hint")))
    shown = _saved_page(words, text, films, CardOrigin(Place.LATER, 0, page), first, total, edits)
    pick = Button(words.plain("later.pick"), encode(PickLater()))
    return replace(shown, keyboard=(*shown.keyboard, (pick,))) if total > 1 else shown


def unrated_page(words: Words, films: Sequence[Film], total: int, page: int, *, edits: int | None = None) -> Outgoing:
    """Show one page of films that want stars, each film opening its card."""
    if not films:
        return Outgoing(words.html("unrated.empty"), (), edits)
    first = page * LIST_SIZE + 1
    lines = [_rated_line(words, number, film) for number, film in enumerate(films, first)]
    text = "\n".join((words.html("unrated.title"), "", *lines, "", words.html("unrated.hint")))
    return _saved_page(words, text, films, CardOrigin(Place.UNRATED, 0, page), first, total, edits)


def _saved_page(
    words: Words, text: str, films: Sequence[Film], origin: CardOrigin, first: int, total: int, edits: int | None
) -> Outgoing:
    turns = turns_of(words, origin, has_next=first + len(films) <= total)
    return Outgoing(text, (*number_rows(films, origin, first), *_only(turns)), edits)


def _title(words: Words, origin: CardOrigin, alike: Sequence[Movie]) -> str:
    """Return what the list is, what it is tuned to, and which page this is."""
    titles = f" {words.plain('wish.or')} ".join(map(label, alike))
    parts: list[str] = [words.html("list.alike", title=titles) if alike else words.html("list.title")]
    if origin.dial != Dial.WELL_KNOWN:
        parts.append(words.html(f"dial.{origin.dial.name.lower()}"))
    if origin.era != Era.ANY:
        parts.append(words.html(f"era.{origin.era.name.lower()}"))
    if origin.page:
        parts.append(words.html("list.page", page=origin.page + 1))
    return " · ".join(parts)


def _without_model(words: Words, picks: Sequence[Pick]) -> tuple[str, ...]:
    """Say why ratings do not show yet: before the first training, nobody knows the chance of a like."""
    return () if any(pick.like_probability is not None for pick in picks) else (words.html("list.no_model"),)


def pick_text(words: Words, number: int | None, pick: Pick, dial: Dial, *, has_reason: bool) -> str:
    """Tell of one film: how sure and why, and what was said of it; with its number on the page, where it has one."""
    film = pick.film
    facts = [genre_names(words, film.movie.genres)]
    if pick.like_probability is not None:
        facts.insert(0, chance(words, pick.like_probability, is_personal=pick.is_personal))
    lines = [
        heading(words, film.movie, film.facts)
        if number is None
        else f"{number}. {heading(words, film.movie, film.facts)}",
        " · ".join(fact for fact in facts if fact),
        *fact_lines(words, film.facts),
        reason(words, pick, dial) if has_reason else "",
        *_state(words, film),
    ]
    return "\n".join(line for line in lines if line)


def chance(words: Words, probability: float, *, is_personal: bool) -> Html:
    """Tell the chance of a like: in words where it is nobody's own."""
    if is_personal:
        return words.html("list.match", percent=round(probability * 100))
    return words.html("list.safe_bet" if probability >= SAFE_BET else "list.worth_a_try")


def reason(words: Words, pick: Pick, dial: Dial) -> Html:
    """Say why a film is in a list."""
    if pick.followed_director:
        return words.html("list.followed_director", name=pick.followed_director)
    if pick.followed_actor:
        return words.html("list.followed_actor", name=pick.followed_actor)
    if pick.because_movie and pick.is_alike:
        return words.html("list.like_movie", title=label(pick.because_movie))
    if pick.because_movie and pick.shared:
        title, shared = label(pick.because_movie), pick.shared
        return words.html(f"list.because_{shared.kind}", title=title, name=shared.name)
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


def number_rows(films: Sequence[Film], origin: CardOrigin, first: int = 1) -> Keyboard:
    """Return a button for each film that opens its card, in rows."""
    cells = [
        Button(str(number), encode(Open(film.movie.id, origin.place, origin.key, origin.page_code)))
        for number, film in enumerate(films, first)
    ]
    return tuple(tuple(cells[at : at + _NUMBERS_PER_ROW]) for at in range(0, len(cells), _NUMBERS_PER_ROW))


def _rated_line(words: Words, number: int, film: Film) -> str:
    named = replace(film.movie, title=own_title(words, film.movie, film.facts))
    uncounted = "" if film.is_counted else f" · {words.html('ratings.uncounted')}"
    return f"{number}. {Html.of(label(named))} {stars_text(film.stars) if film.stars else ''}{uncounted}"


def turns_of(words: Words, origin: CardOrigin, *, has_next: bool, next_key: str = "button.next") -> tuple[Button, ...]:
    """Return the buttons to the page before and to the next one."""

    def turn(key: str, step: int) -> Button:
        return Button(words.plain(key), encode(ShowPage(origin.place, origin.key, origin.page_code + step)))

    back = (turn("button.previous", -1),) if origin.page else ()
    return (*back, turn(next_key, +1)) if has_next else back


def _only(row: tuple[Button, ...]) -> Keyboard:
    return (row,) if row else ()
