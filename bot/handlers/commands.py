"""Commands that take an argument, plain text, and what the bot cannot read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from telegram import Message, Update

from bot.callbacks import Ask, Digest, Language
from bot.handlers.context import Context, Handler, argument_of, command_of, text_of, turn_of
from bot.handlers.nights import BY_LINK, FROM_ELSEWHERE, INVITATION
from bot.messages.commands import language_called
from bot.messages.digest import frequency_called
from bot.service import (
    admin,
    conversation,
    digest,
    interview,
    language,
    lists,
    media,
    notices,
    onboarding,
    search,
    wishes,
)
from recommender.domain import MovieId

# What people write before a title where other bots have a command for it.
_SEARCHES: Final = frozenset({"search", "find", "film", "movie", "title", "buscar", "busca", "pelicula"})
# How alike a command must be that may be meant: one slip in five letters.
_ALIKE: Final = 0.75
_FILM_LINK: Final = re.compile(r"m_([1-9][0-9]{0,8})")


async def start(update: Update, context: Context) -> None:
    """/start, or a deep link: to a film by /start m_603, into a movie night or to a match by their codes."""
    argument = argument_of(update)
    link, invitation = _FILM_LINK.fullmatch(argument), INVITATION.fullmatch(argument)
    turn = replace(
        turn_of(update),
        unused="" if link or invitation or argument in FROM_ELSEWHERE else argument,
        begins=True,
    )
    if invitation:
        await context.serve_turn(update, turn, BY_LINK[invitation[1]], invitation[2])
    else:
        await context.serve_turn(update, turn, onboarding.start, MovieId(int(link[1])) if link else None)


async def rate(update: Update, context: Context) -> None:
    """/rate asks about films one by one; with a title it searches."""
    title = argument_of(update)
    if title:
        await context.serve(update, search.search_to_rate, title)
    else:
        await context.serve(update, interview.ask, Ask())


async def digest_command(update: Update, context: Context) -> None:
    """/digest, alone or with off, daily, weekly or a place."""
    wish = argument_of(update)
    frequency = frequency_called(context.wiring.service.words, wish)
    if frequency is not None:
        await context.serve(update, digest.choose, Digest(frequency))
    elif wish:
        await context.serve(update, conversation.answer_digest, wish)
    else:
        await context.serve(update, digest.show_settings)


async def recommend(update: Update, context: Context) -> None:
    """/recommend, alone or with a wish in words."""
    wish = argument_of(update)
    if wish:
        await context.serve(update, wishes.recommend_words, wish)
    else:
        await context.serve(update, lists.recommend)


async def answer_text(update: Update, context: Context) -> None:
    """Plain text is a title, a wish or small talk."""
    text = re.sub(rf"^@{context.bot.username}\b", "", text_of(update), flags=re.IGNORECASE)
    await context.serve(update, conversation.answer, text)


async def language_command(update: Update, context: Context) -> None:
    """/language, alone or with the language's name."""
    wish = argument_of(update)
    number = language_called(context.wiring.service.words, wish)
    if number is None:
        await context.serve_turn(update, replace(turn_of(update), unused=wish), language.ask)
    else:
        await context.serve(update, language.choose, Language(number))


def unknown_command(names: Sequence[str]) -> Handler:
    """Return what answers any other command: one for searching searches, of one with a slip its like is named.

    Args:
        names: of the commands that there are.
    """

    async def answer(update: Update, context: Context) -> None:
        name, argument = command_of(update)[1:].partition("@")[0].lower(), argument_of(update)
        if name in _SEARCHES and argument:
            await context.serve(update, conversation.answer, argument)
        else:
            nearest = get_close_matches(name, names, 1, _ALIKE)
            await context.serve(update, notices.unknown_command, *nearest)

    return answer


async def fetch_real_ratings(update: Update, context: Context) -> None:
    """/movielens: fetch real people's ratings and learn from them, for whoever may ask; to others it is no command."""
    turn, real_ratings = turn_of(update), context.wiring.real_ratings
    if real_ratings is None or not real_ratings.may_ask(turn.person):
        await context.serve(update, notices.unknown_command)
    else:
        await context.serve(update, notices.say, real_ratings.begin(turn.person))


async def show_admin(update: Update, context: Context) -> None:
    """/admin: figures for whom the operator listed; to others it is no command."""
    may_ask = turn_of(update).person in context.wiring.admins
    await context.serve(update, admin.show_statistics if may_ask else notices.unknown_command)


async def read_media(update: Update, context: Context) -> None:
    """A message that is no text: a place may answer a question, a caption is a title, an album is answered once."""
    message = update.effective_message
    if message is not None:
        await context.serve(update, media.read, message.caption, message.media_group_id, _where(message))


def _where(message: Message) -> tuple[float, float] | None:
    """Return latitude and longitude of a place that was shared; None where none was."""
    return None if message.location is None else (message.location.latitude, message.location.longitude)
