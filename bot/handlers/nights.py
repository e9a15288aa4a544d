"""Movie nights and matches: their commands, in groups too, and polls that were closed."""

from __future__ import annotations

import re
from typing import Final

from telegram import Update

from bot.handlers.context import Context, argument_of
from bot.messages.links import FROM_INLINE
from bot.service import matches, night_votes, nights
from bot.service.service import UseCase

# What follows /start behind a link to the private chat.
INVITATION: Final = re.compile(r"(night|match)_([0-9a-f]{16})")
# What follows it behind links that only begin a conversation.
FROM_ELSEWHERE: Final = ("match", "guest", FROM_INLINE)
_NAME: Final = re.compile(r"@?[A-Za-z0-9_]{4,32}")
BY_LINK: Final[dict[str, UseCase[[str]]]] = {"night": nights.join_by_code, "match": matches.open_link}


async def match(update: Update, context: Context) -> None:
    """/match, alone or with the other one's name on Telegram, or in a group as an answer to them."""
    said = argument_of(update).split()
    name = said[0] if said and _NAME.fullmatch(said[0]) else _answered_name(update)
    await context.serve(update, matches.ask, f"@{name.removeprefix('@')}" if name else "")


async def poll_changed(update: Update, context: Context) -> None:
    """A poll of the bot: its votes count once it is closed."""
    poll = update.poll
    if poll is not None and poll.is_closed:
        await context.serve(update, night_votes.count, poll.id, [option.voter_count for option in poll.options])


def _answered_name(update: Update) -> str:
    answered = update.effective_message.reply_to_message if update.effective_message else None
    author = answered.from_user if answered else None
    return (author.username or "") if author and not author.is_bot else ""
