"""Emoji as the words that they stand for in a wish, flags as countries: 🧟, 🇫🇷, ❤️."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.origin_words import COUNTRY_WORDS

_MEANT: Final[dict[str, str]] = {
    "funny": "😂🤣😹😆🤡",
    "horror": "😱😨🔪💀☠👻",
    "romance": "❤💕💘💖💗💞😍🥰💑💏🌹",
    "tear-jerker": "😭😢🥲",
    "breakup": "💔",
    "western": "🤠🌵",
    "aliens": "👽🛸👾",
    "space": "🚀🪐🌌",
    "zombies": "🧟",
    "vampires": "🧛🦇",
    "robots": "🤖",
    "superheroes": "🦸🦹",
    "detective": "🕵🔎🔍",
    "action": "🔫💥💣",
    "war": "🪖",
    "martial arts": "🥋",
    "music": "🎵🎶🎸🎤",
    "halloween": "🎃",
    "christmas": "🎄🎅",
    "food": "🍳🍕🍝",
    "boxing": "🥊",
    "mind-bending": "🤯🧠",
    "for the family": "👪",
}
_WORDS: Final = {
    **{sign: word for word, signs in _MEANT.items() for sign in signs},
    **{"👨‍👩‍👧‍👦": "for the family", "👨‍👩‍👧": "for the family", "🏴‍☠": "pirates"},
}
# What only changes how an emoji looks: its colour, its skin, whether it is a man or a woman.
_LOOKS: Final = re.compile("\ufe0f|[\U0001f3fb-\U0001f3ff]|\u200d[♀♂]")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_EMOJI: Final = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_FIRST_OF_FLAGS: Final = 0x1F1E6


def in_words(text: str) -> str:
    """Return a text with words in place of the emoji that stand for any; others stay."""
    if text.isascii():
        return text
    plain = _FLAG.sub(_country, _LOOKS.sub("", text))
    return _EMOJI.sub(lambda found: f" {_WORDS[found[0]]} ", plain)


def _country(flag: re.Match[str]) -> str:
    code = "".join(chr(ord(sign) - _FIRST_OF_FLAGS + ord("A")) for sign in flag[0])
    words = COUNTRY_WORDS.get(code)
    return f" {words.partition('|')[0]} " if words else flag[0]
