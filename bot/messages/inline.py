"""Films offered in other chats: each with its match in the choice, and as a card that says nothing of who sent it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.messages.facts import made_by, own_title
from bot.messages.films import Film, card_head, genre_names, label, stars_text
from bot.messages.links import film_link
from bot.messages.lists import chance
from bot.messages.words import Words
from bot.outgoing import Button, InlineAnswer, Outgoing, Result
from recommender.domain import MovieId


def films_offered(
    words: Words,
    films: Sequence[Film],
    chances: Mapping[MovieId, float],
    *,
    bot: str,
    is_personal: bool,
    next_offset: str = "",
    is_stranger: bool,
) -> InlineAnswer:
    """Offer films to be sent.

    Args:
        chances: of a like, where they are known.
        bot: the bot's address.
        is_personal: whether the chances are worth a number.
        is_stranger: whether who asks has nothing rated, and may want to know the bot.
    """
    results = tuple(
        Result(
            id=str(film.movie.id),
            title=label(replace(film.movie, title=own_title(words, film.movie, film.facts))),
            about=_about(words, film, chances.get(film.movie.id), is_personal=is_personal),
            message=_card(words, film, bot),
        )
        for film in films
    )
    return InlineAnswer(results, next_offset, words.plain("inline.open") if is_stranger else "")


def nothing_found(words: Words) -> InlineAnswer:
    """Say that no film fits."""
    return InlineAnswer((), opens_bot=words.plain("inline.none"))


def no_letters(words: Words) -> InlineAnswer:
    """Say what to type instead of signs."""
    return InlineAnswer((), opens_bot=words.plain("inline.no_letters"))


def too_long(words: Words) -> InlineAnswer:
    """Say that less is more."""
    return InlineAnswer((), opens_bot=words.plain("inline.too_long"))


def _about(words: Words, film: Film, probability: float | None, *, is_personal: bool) -> str:
    """Return what stands under a title: what was said of the film or how sure it is, its genres, and who made it."""
    said = stars_text(film.stars) if film.stars else ""
    if not said and probability is not None:
        said = chance(words, probability, is_personal=is_personal)
    head = " · ".join(part for part in (said, genre_names(words, film.movie.genres)) if part)
    return "\n".join(part for part in (head, " · ".join(made_by(words, film.facts))) if part)


def _card(words: Words, film: Film, bot: str) -> Outgoing:
    """Return the film for everybody: nothing of the person's is in it."""
    rate = Button(words.plain("inline.rate"), url=film_link(bot, film.movie))
    return Outgoing(card_head(words, film), ((rate,),))
