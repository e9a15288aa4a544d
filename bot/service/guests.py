"""Calls as a guest, in chats that the bot is no member of; nothing is stored of who calls."""

from __future__ import annotations

import re
from typing import Final

from bot.messages import guests
from bot.messages.lists import LIST_SIZE
from bot.service.films import named
from bot.service.finding import find
from bot.service.service import Reply, Service, Turn
from bot.service.wishes import read
from bot.storage.tx import Tx

_MENTION: Final = re.compile(r"@\w+")
_LONGEST: Final = 200


def recommend(service: Service, turn: Turn, said: str) -> Reply:
    """Return films for who calls, as their words ask; a stranger gets what many like.

    The answer leaves from the handler: a guest may say one thing, soon, and the outbox could come late.
    """
    asked = read(service, _MENTION.sub(" ", said)[:_LONGEST])
    wish = None if asked.is_empty else asked.wanted
    found = find(service, turn.person, wish=wish)[:LIST_SIZE]

    def effect(tx: Tx) -> Reply:
        words = service.words_for(tx.people.get(turn.person), turn.telegram_language)
        stored = tx.movies.many(one.movie_id for one in found)
        movies = [named(words, stored[one.movie_id]) for one in found if one.movie_id in stored]
        tx.inbox.finish(turn.update_id)
        return Reply((guests.films(words, movies, asked.wanted.filters, turn.bot),), toast=guests.title(words))

    return service.store.write(effect).result()
