"""Every Bot API method of the local Telegram on one screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.methods import (
    answers,
    chats,
    copies,
    delivery,
    downloads,
    editing,
    inline,
    media,
    messages,
    moderation,
    pins,
    places,
    polls,
    profile,
    reactions,
    topics,
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


_FILES = {
    "Document": "document",
    "Animation": "animation",
    "Audio": "audio",
    "Video": "video",
    "Voice": "voice",
    "VideoNote": "video_note",
    "Sticker": "sticker",
}

_METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": delivery.get_updates,
    "setWebhook": delivery.set_webhook,
    "deleteWebhook": delivery.delete_webhook,
    "getWebhookInfo": delivery.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": media.send_photo,
    **{f"send{name}": media.sender(kind) for name, kind in _FILES.items()},
    "sendMediaGroup": media.send_media_group,
    "sendLocation": places.send_location,
    "sendVenue": places.send_venue,
    "sendContact": places.send_contact,
    "sendDice": places.send_dice,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageMedia": media.edit_message_media,
    "editMessageLiveLocation": places.edit_message_live_location,
    "stopMessageLiveLocation": places.stop_message_live_location,
    "copyMessage": copies.copy_message,
    "copyMessages": copies.copy_messages,
    "forwardMessage": copies.forward_message,
    "forwardMessages": copies.forward_messages,
    "pinChatMessage": pins.pin_chat_message,
    "unpinChatMessage": pins.unpin_chat_message,
    "unpinAllChatMessages": pins.unpin_all_chat_messages,
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
    "banChatMember": moderation.ban_chat_member,
    "unbanChatMember": moderation.unban_chat_member,
    "restrictChatMember": moderation.restrict_chat_member,
    "promoteChatMember": moderation.promote_chat_member,
    "setChatAdministratorCustomTitle": moderation.set_chat_administrator_custom_title,
    "leaveChat": moderation.leave_chat,
    "setChatTitle": moderation.set_chat_title,
    "setChatDescription": moderation.set_chat_description,
    "setChatPermissions": moderation.set_chat_permissions,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "getUserProfilePhotos": media.get_user_profile_photos,
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
