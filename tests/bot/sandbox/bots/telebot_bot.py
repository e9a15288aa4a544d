"""The same small bot with pyTelegramBotAPI, run as a process of its own: python telebot_bot.py URL TOKEN."""

from __future__ import annotations

import sys
from typing import Any

from telebot import TeleBot, apihelper
from telebot.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
)


def register(bot: Any) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tapped")]])
    answers = ReplyKeyboardMarkup(resize_keyboard=True)
    answers.row("Yes", "No")

    def say(text: str, **more: Any) -> Any:
        return lambda message: bot.send_message(message.chat.id, text, **more)

    commands = {
        "start": say("<b>Welcome</b>", parse_mode="HTML", reply_markup=keys),
        "ask": say("Sure?", reply_markup=answers),
        "poll": lambda message: bot.send_poll(message.chat.id, "Which film?", ["Heat", "Up"], is_anonymous=False),
        "file": lambda message: bot.send_document(
            message.chat.id, b"Date,Name\n", caption="A file", visible_file_name="films.csv"
        ),
    }
    for name, handler in commands.items():
        bot.register_message_handler(handler, commands=[name])

    def echo(message: Any) -> None:
        bot.send_message(message.chat.id, message.text)

    def tapped(query: Any) -> None:
        bot.answer_callback_query(query.id, "Thanks")
        bot.edit_message_text(f"Data: {query.data}", query.message.chat.id, query.message.message_id)

    def answer_inline(query: Any) -> None:
        article = InlineQueryResultArticle("1", "Loud", InputTextMessageContent(query.query.upper()))
        bot.answer_inline_query(query.id, [article], is_personal=True)

    bot.register_message_handler(echo, content_types=["text"])
    bot.register_callback_query_handler(tapped, func=lambda _: True)
    bot.register_inline_handler(answer_inline, func=lambda query: True)
    bot.register_poll_answer_handler(
        lambda answer: bot.send_message(answer.user.id, f"You chose {answer.option_ids}"), func=lambda _: True
    )


def main(url: str, token: str) -> None:
    vars(apihelper)["API_URL"] = url + "/bot{0}/{1}"  # declared as None there
    bot = TeleBot(token, threaded=False)
    register(bot)
    bot.infinity_polling(timeout=5, long_polling_timeout=5)


if __name__ == "__main__":
    main(*sys.argv[1:])
