"""The introduction: the menu of commands and what Telegram shows of the bot before anybody talks to it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.insisting import insist
from bot.delivery.posting import reason
from bot.messages import LANGUAGES, Words, commands

log = logging.getLogger(__name__)


async def introduce(bot: Bot, words: Mapping[str, Words]) -> None:
    """Register commands and descriptions in every language, English for all others; what is refused is left out."""
    for language in LANGUAGES:
        code, about = None if language == LANGUAGES[0] else language, words[language]
        for what, call in (
            ("command menu", partial(bot.set_my_commands, commands.menu(about), language_code=code)),
            ("description", partial(bot.set_my_description, about.plain("about.description"), language_code=code)),
            (
                "short description",
                partial(bot.set_my_short_description, about.plain("about.short"), language_code=code),
            ),
        ):
            try:
                await insist(call, what)
            except TelegramError as error:
                log.warning("the %s (%s) could not be registered: %s", what, language, reason(error))
