"""A small bot with aiogram 3, run as a process of its own: python aiogram_bot.py URL TOKEN."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

KEYS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Tap", callback_data="tapped")]])
ANSWERS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Yes"), KeyboardButton(text="No")]], resize_keyboard=True)


async def start(message: Any) -> None:
    await message.answer("<b>Welcome</b>", parse_mode="HTML", reply_markup=KEYS)


async def ask(message: Any) -> None:
    await message.answer("Sure?", reply_markup=ANSWERS)


async def poll(message: Any) -> None:
    await message.answer_poll("Which film?", ["Heat", "Up"], is_anonymous=False)


async def send_file(message: Any) -> None:
    await message.answer_document(BufferedInputFile(b"Date,Name\n", "films.csv"), caption="A file")


async def echo(message: Any) -> None:
    await message.answer(message.text)


async def tapped(query: Any) -> None:
    await query.answer("Thanks")
    await query.message.edit_text(f"Data: {query.data}")


async def answer_inline(query: Any) -> None:
    content = InputTextMessageContent(message_text=query.query.upper())
    await query.answer(
        [InlineQueryResultArticle(id="1", title="Loud", input_message_content=content)], is_personal=True
    )


async def voted(answer: Any, bot: Any) -> None:
    await bot.send_message(answer.user.id, f"You chose {answer.option_ids}")


async def main(url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    routes = Dispatcher()
    for name, handler in (("start", start), ("ask", ask), ("poll", poll), ("file", send_file)):
        routes.message.register(handler, Command(name))
    routes.message.register(echo, F.text)
    routes.callback_query.register(tapped)
    routes.inline_query.register(answer_inline)
    routes.poll_answer.register(voted)
    await routes.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
