"""Every Bot API method of the local Telegram on one screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.methods import (
    answers,
    chats,
    delivery,
    downloads,
    editing,
    inline,
    messages,
    polls,
    profile,
    reactions,
)
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import Profile
from bot.sandbox.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]


def _names(value: Profile) -> dict[str, str]:
    return value.names


def _descriptions(value: Profile) -> dict[str, str]:
    return value.descriptions


def _short_descriptions(value: Profile) -> dict[str, str]:
    return value.short_descriptions


def _first_name(value: Profile) -> str:
    return value.first_name


def _nothing(value: Profile) -> str:
    return ""


_METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": delivery.get_updates,
    "setWebhook": delivery.set_webhook,
    "deleteWebhook": delivery.delete_webhook,
    "getWebhookInfo": delivery.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": messages.send_photo,
    "sendDocument": messages.send_document,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "sendPoll": polls.send_poll,
    "stopPoll": polls.stop_poll,
    "setMessageReaction": reactions.set_message_reaction,
    "answerInlineQuery": inline.answer_inline_query,
    "answerGuestQuery": inline.answer_guest_query,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "answerCallbackQuery": answers.answer_callback_query,
    "getFile": downloads.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.text_setter(_names, "name", profile.NAME_LIMIT),
    "getMyName": profile.text_getter(_names, "name", _first_name),
    "setMyDescription": profile.text_setter(_descriptions, "description", profile.DESCRIPTION_LIMIT),
    "getMyDescription": profile.text_getter(_descriptions, "description", _nothing),
    "setMyShortDescription": profile.text_setter(_short_descriptions, "short_description", profile.SHORT_LIMIT),
    "getMyShortDescription": profile.text_getter(_short_descriptions, "short_description", _nothing),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}

METHODS: Mapping[str, Method] = {name.lower(): method for name, method in _METHODS.items()}  # Telegram ignores case
