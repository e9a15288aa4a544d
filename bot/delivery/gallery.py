"""The gallery: pictures on their way out, drawn once and from then on sent by the id that Telegram gave them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import blake2b
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.delivery.drawing import drawn
from bot.drawings import TasteCard, TitleCard
from bot.storage import Letter, StorageError, Store

PICTURE: Final = "picture.jpg"
# Raised when cards are drawn otherwise than before, so that Telegram's old ones are not sent any more.
DRAWN_AS: Final = 1
# Telegram's words for an id that it gave to another bot (tdlib/telegram-bot-api, Client.cpp).
_UNKNOWN_ID: Final = "wrong file identifier"

# Hears what Telegram calls a picture that was uploaded: the letter, the picture's key, its id.
Keep = Callable[[Letter, str, str], None]


class Gallery:
    """Sends pictures.

    Args:
        store: knows what was uploaded before.
        keep: called for what was uploaded now.
    """

    def __init__(self, store: Store, keep: Keep) -> None:
        self._store, self._keep = store, keep

    async def send(
        self, bot: Bot, letter: Letter, picture: TitleCard | TasteCard, markup: InlineKeyboardMarkup | None
    ) -> Message | None:
        """Send a message with its picture; None where it cannot be drawn on this machine.

        Of the picture of a taste nothing is kept: it is one person's own.

        Raises:
            TelegramError: Telegram did not take it.
        """
        key = key_of(picture) if isinstance(picture, TitleCard) else None
        known = None if key is None else await self._find(key)
        if known is not None:
            try:
                return await _send(bot, letter, known, markup)
            except BadRequest as error:
                if _UNKNOWN_ID not in str(error).lower():
                    raise
        photo = await drawn(picture)
        if photo is None:
            return None
        sent = await _send(bot, letter, InputFile(photo, filename=PICTURE), markup)
        if key is not None and sent.photo:  # a server that stands in for Telegram may not say what became of it
            self._keep(letter, key, sent.photo[-1].file_id)
        return sent

    async def _find(self, key: str) -> str | None:
        try:
            return await asyncio.to_thread(self._store.read, lambda tx: tx.pictures.find(key))
        except StorageError:
            return None


def key_of(card: TitleCard) -> str:
    """Return what tells a picture from every other."""
    shown = json.dumps([DRAWN_AS, asdict(card)], sort_keys=True)
    return blake2b(shown.encode(), digest_size=16).hexdigest()


async def _send(bot: Bot, letter: Letter, photo: str | InputFile, markup: InlineKeyboardMarkup | None) -> Message:
    message = letter.outgoing
    return await bot.send_photo(
        letter.chat_id,
        photo,
        caption=message.text,
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        message_thread_id=message.thread_id,
    )
