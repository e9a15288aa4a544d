"""Calls by name in chats that the bot is no member of (guest mode), where Telegram lets this bot hear them."""

from __future__ import annotations

from functools import partial

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.handlers.context import Context, text_of, turn_of
from bot.outgoing import Keyboard, Outgoing
from bot.service import guests


async def called(update: Update, context: Context) -> None:
    """Answer with films, once; a call that was answered before, or too late, is left."""
    message = update.guest_message
    if message is None or message.from_user is None or not message.guest_query_id:
        return
    reply = await context.reply_to(turn_of(update), guests.recommend, text_of(update))
    result = _article(reply.messages[0], title=reply.toast)
    answer = partial(context.bot.answer_guest_query, message.guest_query_id, result)
    context.wiring.answers.send(message.from_user.id, answer)


def _article(outgoing: Outgoing, *, title: str) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        outgoing.text, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle("films", title, content, reply_markup=_links(outgoing.keyboard))


def _links(keyboard: Keyboard) -> InlineKeyboardMarkup:
    """Return buttons that lead elsewhere; a guest hears of no other taps."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(one.text, url=one.url) for one in row] for row in keyboard])
