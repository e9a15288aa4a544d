"""Bots that are asked from afar or ask many: inline mode, guest mode, polls."""

from __future__ import annotations

from uuid import uuid4

from telegram import InlineQueryResultArticle, InputTextMessageContent, Poll, Update
from telegram.ext import (
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    PollAnswerHandler,
    TypeHandler,
)

from tests.bot.sandbox.bots.polling import Bot, Context, said

OPTIONS = ("Heat", "Alien", "Up")


def article(title: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(str(uuid4()), title, InputTextMessageContent(title))


async def answer_inline(update: Update, context: Context) -> None:
    assert update.inline_query
    text = update.inline_query.query
    if text:
        await update.inline_query.answer([article(text.upper()), article(text.title())], is_personal=True)


async def count_choice(update: Update, context: Context) -> None:
    context.bot_data["chosen"] = context.bot_data.get("chosen", 0) + 1


async def answer_guest(update: Update, context: Context) -> None:
    if update.guest_message:
        await update.guest_message.answer_guest_query(article("Alien"))


def install_inline(app: Bot) -> None:
    """Answer inline queries, and calls in chats the bot is not in."""
    app.add_handler(InlineQueryHandler(answer_inline))
    app.add_handler(ChosenInlineResultHandler(count_choice))
    app.add_handler(TypeHandler(Update, answer_guest), group=1)


async def ask(update: Update, context: Context) -> None:
    sent = await said(update).reply_poll("Which film?", OPTIONS, is_anonymous=False, allows_multiple_answers=True)
    assert sent.poll
    context.bot_data[sent.poll.id] = (sent.chat.id, sent.message_id)


async def quiz(update: Update, context: Context) -> None:
    await said(update).reply_poll("Of 1979?", OPTIONS, type=Poll.QUIZ, correct_option_ids=[1])


async def count_vote(update: Update, context: Context) -> None:
    """Say who voted for what, and end the poll after the second vote."""
    answer = update.poll_answer
    assert answer
    assert answer.user
    chat_id, message_id = context.bot_data[answer.poll_id]
    films = " and ".join(OPTIONS[place] for place in answer.option_ids) or "nothing"
    await context.bot.send_message(chat_id, f"{answer.user.mention_html()} wants {films}", parse_mode="HTML")
    context.bot_data["votes"] = context.bot_data.get("votes", 0) + 1
    if context.bot_data["votes"] == 2:
        await context.bot.stop_poll(chat_id, message_id)


def install_polls(app: Bot) -> None:
    """Ask polls and follow their votes."""
    app.add_handler(CommandHandler("poll", ask))
    app.add_handler(CommandHandler("quiz", quiz))
    app.add_handler(PollAnswerHandler(count_vote))
