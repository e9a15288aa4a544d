"""Commands that take an argument, plain text, and what the bot cannot read."""

from __future__ import annotations

import re
from typing import Final

from telegram import Update

from bot.callbacks import Ask, Digest, Frequency
from bot.handlers.context import Context
from bot.service import conversation, digest, interview, lists, onboarding, search, wishes
from recommender.domain import MovieId

_FILM_LINK: Final = re.compile(r"m_([1-9][0-9]{0,8})")
_FREQUENCIES: Final = {frequency.name.lower(): frequency for frequency in Frequency}


async def start(update: Update, context: Context) -> None:
    """/start, or a deep link to a film: /start m_603."""
    link = _FILM_LINK.fullmatch(_argument(update))
    await context.serve(update, onboarding.start, MovieId(int(link[1])) if link else None)


async def rate(update: Update, context: Context) -> None:
    """/rate asks about films one by one; with a title it searches."""
    title = _argument(update)
    if title:
        await context.serve(update, search.search, title)
    else:
        await context.serve(update, interview.ask, Ask())


async def digest_command(update: Update, context: Context) -> None:
    """/digest, alone or with off, daily or weekly."""
    wish = _argument(update).lower()
    if wish in _FREQUENCIES:
        await context.serve(update, digest.choose, Digest(_FREQUENCIES[wish]))
    else:
        await context.serve(update, digest.show_settings, usage=bool(wish))


async def recommend(update: Update, context: Context) -> None:
    """/recommend, alone or with a wish in words."""
    wish = _argument(update)
    if wish:
        await context.serve(update, wishes.recommend_words, wish)
    else:
        await context.serve(update, lists.recommend)


async def answer_text(update: Update, context: Context) -> None:
    """Plain text is a title, a wish or small talk."""
    await context.serve(update, conversation.answer, _text(update))


def _argument(update: Update) -> str:
    """Return what stands behind the command."""
    return " ".join(_text(update).split(maxsplit=1)[1:])


def _text(update: Update) -> str:
    message = update.effective_message
    return (message.text or "") if message else ""
