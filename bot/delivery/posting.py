"""One message to Telegram: the call it becomes, and what Telegram's refusal means for it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.warnings import PTBDeprecationWarning

from bot.delivery.drawing import drawn
from bot.delivery.gallery import PICTURE, Gallery
from bot.outgoing import Keyboard
from bot.storage.letters import Letter


class Verdict(Enum):
    """What to do with a message that Telegram did not take."""

    SENT = "it is as it should be already"
    BLOCKED = "the person does not want messages"
    GONE = "what it edits, or its chat, is no more"
    REFUSED = "Telegram will never take it"
    LATER = "Telegram cannot take it now"


# Telegram's wording, in lower case; the texts are not documented, these were met (tdlib/telegram-bot-api, Client.cpp).
_SAME: Final = ("message is not modified", "poll has already been closed")
_GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message with poll to stop not found",
    "poll can't be stopped",
    "message_id_invalid",
    "message identifier is not specified",
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "message thread not found",
    "topic_closed",
    "have no rights to send",
    "not enough rights",
)
# The library's words for an answer that is none of Telegram's, such as a proxy's page (telegram.request.BaseRequest).
_A_PAGE: Final = "Parsing the server response"
# The library has no class for it.
TOO_LARGE: Final = 413
_HAS_NO_TEXT: Final = "there is no text in the message to edit"
_HAS_NO_CAPTION: Final = "there is no caption in the message to edit"


@dataclass(frozen=True, slots=True)
class Posted:
    """Telegram's numbers of what was sent; that of a poll besides, where it is one."""

    message_id: int
    poll_id: str | None = None


async def post(bot: Bot, letter: Letter, gallery: Gallery) -> Posted:
    """Send a message, edit the one it names, or close the poll it names.

    Args:
        gallery: where pictures come from.

    Raises:
        TelegramError: Telegram did not take it.
    """
    message = letter.outgoing
    if message.edits is not None:
        await (_edit_caption if message.is_caption else _edit)(bot, letter, message.edits)
        return Posted(message.edits)
    if message.closes is not None:
        await bot.stop_poll(letter.chat_id, message.closes)
        return Posted(message.closes)
    sent = await _send(bot, letter, gallery)
    return Posted(sent.message_id, sent.poll.id if sent.poll else None)


def judge(error: TelegramError, status: int | None = None) -> Verdict:
    """Say what an error of `post` means for the message.

    Args:
        status: of Telegram's answer; None where there was none.
    """
    if status == TOO_LARGE:
        return Verdict.REFUSED
    if is_page(error):
        return Verdict.LATER
    if isinstance(error, Forbidden):
        return Verdict.BLOCKED
    if isinstance(error, ChatMigrated):
        return Verdict.GONE
    if not isinstance(error, BadRequest):
        return Verdict.LATER
    text = str(error).lower()
    if any(part in text for part in _SAME):
        return Verdict.SENT
    return Verdict.GONE if any(part in text for part in _GONE) else Verdict.REFUSED


def is_page(error: TelegramError) -> bool:
    """Say whether the answer was none of Telegram's, such as a proxy's page."""
    return _A_PAGE in str(error)


def reason(error: TelegramError) -> str:
    """Return what happened in a few words, without the page that a proxy may have sent."""
    return f"{type(error).__name__}: {str(error).partition(_A_PAGE)[0].rstrip(' .')}"[:120]


def pause_s(error: RetryAfter) -> float:
    """Return the seconds Telegram asks to wait, at least one; the library gives them as a number or a timedelta."""
    asked = error.retry_after
    return max(1.0, asked.total_seconds() if isinstance(asked, timedelta) else float(asked))


def silence_retry_after() -> None:
    """Drop the library's warning that `retry_after` will be a timedelta one day: `pause_s` takes both.

    The library warns as it makes the error, so that where warnings are errors a 429 would not be a 429 any more.
    """
    warnings.filterwarnings("ignore", message=".*`retry_after`", category=PTBDeprecationWarning)


async def _send(bot: Bot, letter: Letter, gallery: Gallery) -> Message:
    message, markup = letter.outgoing, _markup(letter.outgoing.keyboard)
    if message.picture is not None and (pictured := await gallery.send(bot, letter, message.picture, markup)):
        return pictured
    if message.document is not None:
        file = InputFile(message.document.content, filename=message.document.name)
        return await bot.send_document(
            letter.chat_id,
            file,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            message_thread_id=message.thread_id,
        )
    if message.poll is not None:
        return await bot.send_poll(
            letter.chat_id,
            message.poll.question,
            message.poll.options,
            is_anonymous=True,
            allows_multiple_answers=message.poll.has_several_answers,
            hide_results_until_closes=True,
            reply_markup=markup,
            message_thread_id=message.thread_id,
        )
    return await bot.send_message(
        letter.chat_id,
        message.text,
        ParseMode.HTML,
        reply_markup=markup,
        link_preview_options=_NO_PREVIEW,
        message_thread_id=message.thread_id,
    )


async def _edit(bot: Bot, letter: Letter, message_id: int) -> None:
    """Edit a text, or a picture with its caption; a caption, should it be one."""
    picture = letter.outgoing.picture
    if picture is not None and (photo := await drawn(picture)) is not None:
        media = InputMediaPhoto(photo, letter.outgoing.text, ParseMode.HTML, filename=PICTURE)
        markup = _markup(letter.outgoing.keyboard)
        await bot.edit_message_media(media, letter.chat_id, message_id, reply_markup=markup)
        return
    try:
        await _write_text(bot, letter, message_id)
    except BadRequest as error:
        if _HAS_NO_TEXT not in str(error).lower():
            raise
        await _write_caption(bot, letter, message_id)


async def _edit_caption(bot: Bot, letter: Letter, message_id: int) -> None:
    """Edit a caption; a text, where the picture could not be drawn."""
    try:
        await _write_caption(bot, letter, message_id)
    except BadRequest as error:
        if _HAS_NO_CAPTION not in str(error).lower():
            raise
        await _write_text(bot, letter, message_id)


async def _write_text(bot: Bot, letter: Letter, message_id: int) -> None:
    await bot.edit_message_text(
        letter.outgoing.text,
        letter.chat_id,
        message_id,
        parse_mode=ParseMode.HTML,
        reply_markup=_markup(letter.outgoing.keyboard),
        link_preview_options=_NO_PREVIEW,
    )


async def _write_caption(bot: Bot, letter: Letter, message_id: int) -> None:
    await bot.edit_message_caption(
        letter.chat_id,
        message_id,
        caption=letter.outgoing.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_markup(letter.outgoing.keyboard),
    )


_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(one.text, url=one.url)
                if one.url
                else InlineKeyboardButton(one.text, callback_data=one.data)
                for one in row
            ]
            for row in keyboard
        ]
    )
