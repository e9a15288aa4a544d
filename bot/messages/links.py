"""Links: searches elsewhere for a trailer and where to watch, nothing asked of those sites; and a film's card here."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote_plus

from bot.messages.clipping import clip
from bot.messages.facts import Facts, own_title
from bot.messages.words import Html, Words
from recommender.domain import Movie

# What /start is given by the button above the films of an inline answer.
FROM_INLINE: Final = "inline"


def search_links(words: Words, movie: Movie, facts: Facts) -> Html:
    """Return links to a search for the trailer and to one for where to watch."""
    label = " ".join((clip(own_title(words, movie, facts)), *([] if movie.year is None else [str(movie.year)])))
    trailer = Html(quote_plus(words.plain("link.trailer_query", film=label)))
    watch = Html(quote_plus(words.plain("link.watch_query", film=label)))
    return words.html("link.both", trailer=trailer, watch=watch)


def film_link(bot: str, movie: Movie) -> str:
    """Return the link that opens a film's card in the private chat with the bot.

    Args:
        bot: its address, such as https://t.me/its_name.
    """
    return f"{bot}?start=m_{movie.id}"
