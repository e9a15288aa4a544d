"""A message as an article: what Telegram takes as the answer to inline queries and to guests' calls."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.outgoing import Keyboard, Outgoing


def as_article(outgoing: Outgoing, *, id: str, title: str, about: str | None = None) -> InlineQueryResultArticle:
    """Return the article; `id` is unique among those of an answer, `about` stands under the title."""
    content = InputTextMessageContent(
        outgoing.text, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(id, title, content, reply_markup=_links(outgoing.keyboard), description=about)


def _links(keyboard: Keyboard) -> InlineKeyboardMarkup:
    """Return buttons that lead elsewhere; a guest hears of no other taps."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(one.text, url=one.url) for one in row] for row in keyboard])
