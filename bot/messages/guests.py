"""What the bot says as a guest, in a chat that it is no member of: films, and nothing of a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.films import genre_names, label
from bot.messages.nights import invitation_link
from bot.messages.wishes import understood
from bot.messages.words import Html, Words
from bot.outgoing import Button, Outgoing
from bot.wanted import Wanted
from recommender.domain import Filters, Movie


def films(words: Words, movies: Sequence[Movie], wish: Filters, bot: str) -> Outgoing:
    """List films by title and genre alone: no chance, no reason; say which genres and years were asked for."""
    wanted = Wanted(wish)
    lines = [
        f"{number}. <b>{Html.of(label(one))}</b>\n{genre_names(words, one.genres)}"
        for number, one in enumerate(movies, 1)
    ]
    asked = [understood(words, wanted, {})] if wanted else []
    text = "\n".join((words.html("guest.title"), *asked, "", *lines)) if movies else words.html("guest.none")
    add = Button(words.plain("night.add"), url=f"https://t.me/{bot}?startgroup=night")
    alone = Button(words.plain("guest.private"), url=invitation_link(bot, "guest"))
    return Outgoing(text, ((alone,), (add,)))


def title(words: Words) -> str:
    """Return what Telegram calls the answer."""
    return words.plain("guest.name")
