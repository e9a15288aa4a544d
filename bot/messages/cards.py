"""A film's card besides its front: its picture, what is shared, and more to do with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.callbacks import Count, Follow, Open, Place, SendPicture, encode, number_of
from bot.drawings import TitleCard
from bot.messages.clipping import NAME_UNITS, clip
from bot.messages.facts import made_by, own_name, own_title
from bot.messages.films import CardOrigin, Film, card_head, card_state, film_card, share_button
from bot.messages.rows import pairs
from bot.messages.words import Words
from bot.outgoing import Button, Keyboard, Outgoing

# Of a film, on the other side of its card.
_MOST_DIRECTORS: Final = 2
_MOST_PEOPLE: Final = 3
ON_PICTURE = CardOrigin(Place.PICTURE)


def pictured_card(words: Words, film: Film, *, chance: float | None = None) -> Outgoing:
    """Show one film as a picture with the card under it.

    Args:
        chance: of a like, as a list told it; None where no list did.
    """
    match = "" if chance is None else words.plain("card.match", percent=round(chance * 100))
    return replace(film_card(words, film, ON_PICTURE), picture=title_card(words, film, match=match), is_caption=False)


def shared_card(words: Words, film: Film) -> Outgoing:
    """Show a film without anything of the person's, to be forwarded."""
    return Outgoing(card_head(words, film), picture=title_card(words, film))


def title_card(words: Words, film: Film, *, match: str = "") -> TitleCard:
    """Return what a film's picture says."""
    movie = film.movie
    return TitleCard(
        title=own_title(words, movie, film.facts),
        year="" if movie.year is None else str(movie.year),
        made=" · ".join(made_by(words, film.facts)),
        genres=movie.genres,
        genre_names=tuple(words.plain(f"genre.{genre}") for genre in movie.genres),
        match=match,
    )


def more_side(
    words: Words, film: Film, origin: CardOrigin, followed: Collection[str] = (), *, edits: int | None
) -> Outgoing:
    """Turn a card to what is wanted of it now and then.

    Args:
        followed: whom the person follows.
    """
    people = _follow_rows(words, film, origin, followed)
    where = (origin.place, origin.key, origin.page_code)
    front = (Button(words.plain("button.front"), encode(Open(film.movie.id, *where))),)
    rows = (*people, *_count_row(words, film, origin), *_picture_row(words, film, origin), front)
    hint = (words.html("card.follow_hint"),) if people else ()
    text = "\n\n".join((card_head(words, film), *hint, card_state(words, film)))
    return Outgoing(text, rows, edits, is_caption=origin.place == Place.PICTURE)


def _follow_rows(words: Words, film: Film, origin: CardOrigin, followed: Collection[str]) -> Keyboard:
    """Return a button for each director and actor of a film that a card names first."""
    facts, where = film.facts, (origin.place, origin.key, origin.page_code)
    names = list(dict.fromkeys((*facts.directors[:_MOST_DIRECTORS], *facts.cast)))[:_MOST_PEOPLE]
    buttons = [
        Button(
            words.plain(
                "card.followed" if name in followed else "card.follow",
                name=clip(own_name(words, facts, name), NAME_UNITS),
            ),
            encode(Follow(film.movie.id, number_of(name), name not in followed, *where)),
        )
        for name in names
    ]
    return pairs(buttons)


def _count_row(words: Words, film: Film, origin: CardOrigin) -> Keyboard:
    if film.stars is None:
        return ()
    key = "button.count_not" if film.is_counted else "button.count"
    count = Count(film.movie.id, not film.is_counted, origin.place, origin.key, origin.page_code)
    return ((Button(words.plain(key), encode(count)),),)


def _picture_row(words: Words, film: Film, origin: CardOrigin) -> Keyboard:
    if origin.place == Place.PICTURE:
        return ()
    picture = SendPicture(film.movie.id, origin.place, origin.key, origin.page_code)
    return ((Button(words.plain("button.picture"), encode(picture)), share_button(words, film)),)
