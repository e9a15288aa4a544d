"""What happens outside a private conversation: groups, and people who block the bot or come back."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.handlers.context import Context, argument_of, command_of
from bot.service import night_votes, nights, notices, people


async def in_group(update: Update, context: Context) -> None:
    """Answer a command that is not for groups, unless it is another bot's; the link that adds the bot opens a night."""
    if update.effective_chat is None or not is_for(context.bot.username, update):
        return
    if argument_of(update) == nights.BY_ADDING:
        await context.serve(update, nights.begin)
    else:
        await context.serve(update, notices.private_only, update.effective_chat.id)


async def unknown_in_group(update: Update, context: Context) -> None:
    """Answer a command that the bot does not know only where it is named: else it is another bot's."""
    if "@" in command_of(update):
        await in_group(update, context)


async def document_in_group(update: Update, context: Context) -> None:
    """Answer a file in a group only if its caption names the bot: files are taken in private."""
    said = (update.message.caption or "") if update.message else ""
    named = f"@{context.bot.username}".lower()
    if update.effective_chat is not None and any(word.endswith(named) for word in said.lower().split()):
        await context.serve(update, notices.private_only, update.effective_chat.id)


async def moved(update: Update, context: Context) -> None:
    """Take over the new number of a group that became a supergroup; Telegram says so in the old one and in the new."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.migrate_from_chat_id or message.chat_id, message.migrate_to_chat_id or message.chat_id
    await context.serve(update, night_votes.move_group, old, new)


async def membership(update: Update, context: Context) -> None:
    """Note that a person blocked the bot or let it back; introduce it to a group that added it."""
    change = update.my_chat_member
    if change is None:
        return
    is_member = change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    if change.chat.type == change.chat.PRIVATE:
        await context.serve(update, people.set_blocked, not is_member)
    elif not is_member:
        await context.serve(update, night_votes.leave_group, change.chat.id)
    elif is_member and change.old_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
        await context.serve(update, notices.private_only, change.chat.id)


def is_for(username: str, update: Update) -> bool:
    """Say whether a command is for the bot: "/start", or "/start@its_name" in any case."""
    command = (update.message.text or update.message.caption or "") if update.message else ""
    _, at, name = command.split(maxsplit=1)[0].partition("@") if command else ("", "", "")
    return not at or name.lower() == username.lower()
