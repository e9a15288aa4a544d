"""Emoji in wishes: each that is known stands for something, in whatever skin; the others stay as they are."""

import pytest

from bot.reading.emoji import _WORDS, in_words
from bot.reading.wishes import read_wish


@pytest.mark.parametrize("sign", sorted(_WORDS))
def test_what_an_emoji_stands_for_is_understood(sign: str) -> None:
    found = read_wish(sign, 2026)
    assert (found.unknown, found.is_empty) == ((), False)


def test_looks_and_flags_are_read_and_what_is_unknown_stays() -> None:
    assert in_words("🧛🏽‍♀️").split() == ["vampires"]
    assert in_words("🇰🇷 thriller").split() == ["korean", "thriller"]
    assert in_words("🇧🇻 🦑") == "🇧🇻 🦑"
    assert in_words("no emoji, só acentos") == "no emoji, só acentos"
