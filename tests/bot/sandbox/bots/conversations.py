"""Conversations: one with reply keyboards that remembers, and one inside another."""

from __future__ import annotations

from telegram import ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import CommandHandler, ConversationHandler, MessageHandler, filters

from tests.bot.sandbox.bots.polling import Bot, Context, said

MOOD, TITLE, OUTER, INNER = range(4)
TEXT = filters.TEXT & ~filters.COMMAND


async def ask_mood(update: Update, context: Context) -> int:
    keyboard = ReplyKeyboardMarkup([["Light", "Dark"]], one_time_keyboard=True, input_field_placeholder="Which?")
    await said(update).reply_text("What mood?", reply_markup=keyboard)
    return MOOD


async def ask_title(update: Update, context: Context) -> int:
    assert context.user_data is not None
    context.user_data["mood"] = said(update).text
    await said(update).reply_text("And a film you like?", reply_markup=ReplyKeyboardRemove())
    return TITLE


async def sum_up(update: Update, context: Context) -> int:
    assert context.user_data is not None
    await said(update).reply_text(f"{context.user_data['mood']}, like {said(update).text}")
    return ConversationHandler.END


async def cancel(update: Update, context: Context) -> int:
    await said(update).reply_text("Never mind.", reply_markup=ReplyKeyboardRemove())
    return ConversationHandler.END


def install(app: Bot) -> None:
    """Ask two questions; kept over a restart where the bot has a memory."""
    app.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", ask_mood)],
            states={
                MOOD: [MessageHandler(filters.Regex("^(Light|Dark)$"), ask_title)],
                TITLE: [MessageHandler(TEXT, sum_up)],
            },
            fallbacks=[CommandHandler("cancel", cancel)],
            name="mood",
            persistent=app.persistence is not None,
        )
    )


async def open_outer(update: Update, context: Context) -> int:
    await said(update).reply_text("Say more to go in.")
    return OUTER


async def go_in(update: Update, context: Context) -> int:
    await said(update).reply_text("You are in. Say back.")
    return INNER


async def come_out(update: Update, context: Context) -> int:
    await said(update).reply_text("You are out again.")
    return ConversationHandler.END


def install_nested(app: Bot) -> None:
    """One conversation leads into another and back."""
    inner = ConversationHandler(
        entry_points=[MessageHandler(filters.Regex("^more$"), go_in)],
        states={INNER: [MessageHandler(filters.Regex("^back$"), come_out)]},
        fallbacks=[],
        map_to_parent={ConversationHandler.END: OUTER},
    )
    app.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", open_outer)],
            states={OUTER: [inner]},
            fallbacks=[CommandHandler("cancel", cancel)],
        )
    )
