"""Running one small bot in the event loop of a test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Message, Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes

Bot = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
Install = Callable[[Bot], None]


@asynccontextmanager
async def polling(
    url: str, token: str, install: Install, prepare: Callable[[Any], Any] = lambda builder: builder
) -> AsyncIterator[Bot]:
    """Poll for updates of every kind until the block ends; `install` adds the handlers."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    app: Bot = prepare(builder).build()
    install(app)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


def said(update: Update) -> Message:
    """Return the message of an update that has one."""
    assert update.effective_message
    return update.effective_message
