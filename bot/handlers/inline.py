"""Inline mode: films offered in any chat, and their cards where they come back to the bot."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from telegram import InlineQuery, InlineQueryResultsButton, Message, Update

from bot.handlers.act import use_case_of
from bot.handlers.articles import as_article
from bot.handlers.commands import answer_text
from bot.handlers.context import Context
from bot.messages.links import FROM_INLINE
from bot.outgoing import InlineAnswer
from bot.service import onboarding
from bot.service.inline import MOST, InlineQuestion, offer_films
from recommender.domain import MovieId, UserId

# For so long Telegram answers the same query of the same person by itself; a rating shows no later.
CACHED_S: Final = 10
_RATE_LINK: Final = re.compile(r".*\?start=m_([1-9][0-9]{0,8})")


async def answer_inline(update: Update, context: Context) -> None:
    """Answer what somebody types behind the bot's name; the answer goes at once and is not kept."""
    query = update.inline_query
    if query is not None:
        use_case_of(offer_films)
        question = _question(query, bot=context.bot.link)
        offered = await context.wiring.offload.run(offer_films, context.wiring.service, question)
        context.wiring.answers.send(query.from_user.id, partial(_send, query, offered))


async def read_via_bot(update: Update, context: Context) -> None:
    """A card sent through this bot into its own chat opens the film; what other bots send is text like any."""
    movie_id = _film_of(update.message, context.bot.id)
    if movie_id is None:
        await answer_text(update, context)
    else:
        await context.serve(update, onboarding.start, movie_id)


def _question(query: InlineQuery, *, bot: str) -> InlineQuestion:
    offset = int(query.offset) if re.fullmatch(r"[0-9]{1,3}", query.offset, re.ASCII) else 0
    user = query.from_user
    return InlineQuestion(UserId(user.id), user.language_code, query.query, min(offset, MOST), bot)


async def _send(query: InlineQuery, offered: InlineAnswer) -> None:
    button = InlineQueryResultsButton(offered.opens_bot, start_parameter=FROM_INLINE) if offered.opens_bot else None
    await query.answer(
        [as_article(one.message, id=one.id, title=one.title, about=one.about) for one in offered.results],
        cache_time=CACHED_S,
        is_personal=True,
        next_offset=offered.next_offset,
        button=button,
    )


def _film_of(message: Message | None, bot_id: int) -> MovieId | None:
    """Return the film of a card that came through this bot; None of any other message."""
    if message is None or message.via_bot is None or message.via_bot.id != bot_id or message.reply_markup is None:
        return None
    links = (_RATE_LINK.fullmatch(one.url or "") for row in message.reply_markup.inline_keyboard for one in row)
    return next((MovieId(int(link[1])) for link in links if link), None)
