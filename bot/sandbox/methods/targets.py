"""What a call refers to: the chat it goes to, the message it changes."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World


def chat_of(world: World, parameters: Parameters) -> Chat:
    """Return the chat a call names.

    Raises:
        ApiError: when it names none, an unknown one, or one that blocked the bot.
    """
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.chat(parameters.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.id in world.chats.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def message_of(world: World, parameters: Parameters, chat: Chat, verb: str) -> Message:
    """Return the message a call names, or say in Telegram's words that there is none to `verb`."""
    if not parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = world.chats.message(parameters.integer("message_id"))
    if message is None or message.chat_id != chat.id:
        raise bad_request(f"message to {verb} not found")
    return message
