"""A small bot on the real python-telegram-bot: it echoes, edits on a tap and answers the tap."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    assert update.effective_message
    arguments = " ".join(context.args or [])
    await update.effective_message.reply_html(
        f"<b>Welcome</b> {arguments}",
        reply_markup=InlineKeyboardMarkup(
            [[InlineKeyboardButton("One", callback_data="1"), InlineKeyboardButton("Two", callback_data="2")]]
        ),
    )


def button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


async def echo(update: Update, context: Context) -> None:
    assert update.effective_message
    await update.effective_message.reply_text(update.effective_message.text or "")


async def weigh(update: Update, context: Context) -> None:
    """Download the document and send it back."""
    assert update.effective_message
    assert update.effective_message.document
    file = await update.effective_message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.effective_message.reply_document(content, filename="back.bin", caption=f"{len(content)} bytes")


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    await query.answer(f"You chose {query.data}")
    await query.edit_message_text(f"Chosen: {query.data}")


def build(url: str, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the bot, pointed at a local Telegram."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    app = builder.build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(MessageHandler(filters.Document.ALL, weigh))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(tapped))
    return app


@asynccontextmanager
async def polling(url: str, token: str) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """Run the bot in the event loop of the test, by long polling."""
    app = build(url, token)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5)
        yield app
        await app.updater.stop()
        await app.stop()
