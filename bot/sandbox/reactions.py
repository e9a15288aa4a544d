"""Reactions under messages: which there are, and how they are read."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import bad_request

Json = dict[str, Any]

# Bot API, ReactionTypeEmoji.
_EMOJI = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤️‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌
🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉
🦄 😘 💊 🙊 😎 👾 🤷‍♂️ 🤷 🤷‍♀️ 😡
"""
EMOJI = frozenset(_EMOJI.split())
BOT_LIMIT = 1  # Bot API, setMessageReaction: what a bot that is no premium user may set


def read_reactions(given: Any) -> tuple[str, ...]:
    """Return the emoji of a list of ReactionType.

    Raises:
        ApiError: with Telegram's wording.
    """
    if not isinstance(given or [], list):
        raise bad_request("can't parse reaction types JSON object")
    emoji = tuple(_emoji(one) for one in given or ())
    if len(emoji) > BOT_LIMIT:
        raise bad_request("REACTIONS_TOO_MANY")
    return emoji


def as_types(emoji: tuple[str, ...]) -> list[Json]:
    return [{"type": "emoji", "emoji": one} for one in emoji]


def _emoji(given: Any) -> str:
    if not isinstance(given, dict):
        raise bad_request("can't parse reaction type: expected an Object")
    if given.get("type") != "emoji" or str(given.get("emoji")) not in EMOJI:
        raise bad_request("REACTION_INVALID")
    return str(given["emoji"])
