"""Bots that watch chats: who comes and goes, by which link, how often somebody taps, and what goes wrong."""

from __future__ import annotations

from collections import Counter
from typing import Any

from telegram import ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    TypeHandler,
    filters,
)
from telegram.helpers import create_deep_linked_url

from tests.bot.sandbox.bots.polling import Bot, Context, said


async def remind(context: Context) -> None:
    assert context.job
    assert context.job.chat_id
    await context.bot.send_message(context.job.chat_id, f"Time is up: {context.job.data}")


async def set_timer(update: Update, context: Context) -> None:
    assert context.job_queue
    context.job_queue.run_once(remind, 0.05, chat_id=said(update).chat_id, data=" ".join(context.args or []))
    await said(update).reply_text("Timer set")


def install_timer(app: Bot) -> None:
    app.add_handler(CommandHandler("set", set_timer))


async def welcome(update: Update, context: Context) -> None:
    await said(update).reply_text(f"Invited by {' '.join(context.args or ['nobody'])}")


async def link(update: Update, context: Context) -> None:
    url = create_deep_linked_url(context.bot.username, "ada")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Open", url=url)]])
    await said(update).reply_text(url, reply_markup=keyboard)


def install_links(app: Bot) -> None:
    app.add_handler(CommandHandler("start", welcome, filters.Regex("ada")))
    app.add_handler(CommandHandler("link", link))


async def greet(update: Update, context: Context) -> None:
    change = update.chat_member
    assert change
    if _has_come(change):
        name = change.new_chat_member.user.first_name
        await context.bot.send_message(change.chat.id, f"{change.from_user.first_name} let {name} in")


async def note_own(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change
    (context.bot_data.setdefault("groups", set()).add if _has_come(change) else _forget(context))(change.chat.id)


def _forget(context: Context) -> Any:
    return context.bot_data.setdefault("groups", set()).discard


def _has_come(change: ChatMemberUpdated) -> bool:
    present = {"member", "administrator", "creator", "restricted"}
    return change.new_chat_member.status in present and change.old_chat_member.status not in present


def install_members(app: Bot) -> None:
    app.add_handler(ChatMemberHandler(greet, ChatMemberHandler.CHAT_MEMBER))
    app.add_handler(ChatMemberHandler(note_own, ChatMemberHandler.MY_CHAT_MEMBER))


class ChatTaps:
    """What is kept of one chat."""

    def __init__(self) -> None:
        self.taps: Counter[int] = Counter()


class TapContext(CallbackContext[ExtBot[None], dict[Any, Any], ChatTaps, dict[Any, Any]]):
    """A context that counts taps by message."""

    @property
    def taps(self) -> Counter[int]:
        assert self.chat_data is not None
        return self.chat_data.taps


TAP = InlineKeyboardMarkup([[InlineKeyboardButton("Tap", callback_data="tap")]])


async def show_taps(update: Update, context: TapContext) -> None:
    await said(update).reply_text("Tapped 0 times", reply_markup=TAP)


async def count_tap(update: Update, context: TapContext) -> None:
    query = update.callback_query
    assert query
    context.taps[said(update).message_id] += 1
    await query.answer()
    await query.edit_message_text(f"Tapped {context.taps[said(update).message_id]} times", reply_markup=TAP)


def with_taps(builder: Any) -> Any:
    return builder.context_types(ContextTypes(context=TapContext, chat_data=ChatTaps))


def install_taps(app: Bot) -> None:
    app.add_handler(CommandHandler("start", show_taps))
    app.add_handler(CallbackQueryHandler(count_tap))


async def break_down(update: Update, context: Context) -> None:
    await said(update).reply_text("<b>unclosed", parse_mode="HTML")


async def tell(update: object, context: Context) -> None:
    if isinstance(update, Update):
        await said(update).reply_text(f"It failed: {context.error}")


def install_errors(app: Bot) -> None:
    app.add_handler(CommandHandler("bad", break_down))
    app.add_error_handler(tell)


async def note_update(update: Update, context: Context) -> None:
    kind = next(iter(update.to_dict().keys() - {"update_id"}))
    context.bot_data.setdefault("kinds", []).append(kind)


def install_watch(app: Bot) -> None:
    """Note the kind of every update, whatever it is."""
    app.add_handler(TypeHandler(Update, note_update), group=9)
