"""What a call refers to: the chat it goes to, the message it changes."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World


def chat_of(world: World, parameters: Parameters) -> Chat:
    """Return the chat a call names.

    Raises:
        ApiError: when it names none, an unknown one, or one that blocked the bot.
    """
    chat = known_chat(world, parameters)
    if chat.id in world.chats.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.is_group:
        _check_membership(world, chat)
    return chat


def known_chat(world: World, parameters: Parameters) -> Chat:
    """Return the chat a call names, whether the bot may write there or not."""
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.chat(parameters.integer("chat_id"))
    if chat is None or (chat.is_group and not world.members.knows(chat.id, world.bot_id)):
        raise bad_request("chat not found")
    return chat


def _check_membership(world: World, chat: Chat) -> None:
    if chat.id in world.chats.moved:
        moved_to = world.chats.moved[chat.id]
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved_to=moved_to)
    bot = world.members.find(chat.id, world.bot_id)
    if bot.is_present:
        return
    if bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    raise forbidden(f"bot is not a member of the {chat.type} chat")


def message_of(world: World, parameters: Parameters, chat: Chat, verb: str, *, what: str = "message") -> Message:
    """Return the message a call names, or say in Telegram's words that there is none to `verb`."""
    if not parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = world.chats.message(parameters.integer("message_id"))
    if message is None or message.chat_id != chat.id:
        raise bad_request(f"{what} to {verb} not found")
    return message
