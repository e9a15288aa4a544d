"""Links to searches elsewhere: a film's trailer, and where it can be watched. Nothing is asked of those sites here."""

from __future__ import annotations

from urllib.parse import quote_plus

from bot.messages.clipping import clip
from bot.messages.facts import Facts, own_title
from bot.messages.words import Html, Words
from recommender.domain import Movie


def search_links(words: Words, movie: Movie, facts: Facts) -> Html:
    """Return links to a search for the trailer and to one for where to watch."""
    label = " ".join((clip(own_title(words, movie, facts)), *([] if movie.year is None else [str(movie.year)])))
    trailer = Html(quote_plus(words.plain("link.trailer_query", film=label)))
    watch = Html(quote_plus(words.plain("link.watch_query", film=label)))
    return words.html("link.both", trailer=trailer, watch=watch)
