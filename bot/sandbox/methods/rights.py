"""What the bot may do in a group."""

from __future__ import annotations

from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.world import World


def need(world: World, chat: Chat, right: str, refusal: str) -> None:
    """Refuse where the chat is a group in which the bot lacks a right of administrators.

    Raises:
        ApiError: with the words given.
    """
    if chat.is_group and not world.members.find(chat.id, world.bot_id).may(right):
        raise bad_request(refusal)


def need_group(chat: Chat, *, supergroup: bool = False) -> None:
    """Refuse what is for groups only."""
    if supergroup and chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    if not chat.is_group:
        raise bad_request("method is available for supergroup and channel chats only")
