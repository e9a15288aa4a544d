"""Calls by name in chats that the bot is no member of (guest mode), where Telegram lets this bot hear them."""

from __future__ import annotations

from functools import partial

from telegram import Update

from bot.handlers.articles import as_article
from bot.handlers.context import Context, text_of, turn_of
from bot.service import guests


async def called(update: Update, context: Context) -> None:
    """Answer with films, once; a call that was answered before, or too late, is left."""
    message = update.guest_message
    if message is None or message.from_user is None or not message.guest_query_id:
        return
    reply = await context.reply_to(turn_of(update), guests.recommend, text_of(update))
    result = as_article(reply.messages[0], id="films", title=reply.toast)
    answer = partial(context.bot.answer_guest_query, message.guest_query_id, result)
    context.wiring.answers.send(message.from_user.id, answer)
