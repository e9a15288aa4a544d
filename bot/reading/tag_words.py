"""The words that people have for what films are about and how they feel, by the tags of the starter.

They stand in `tag_words.csv`, English, Chinese and Spanish; a test holds that every tag of the starter is read by each
of its names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from bot.reading.spanish_forms import forms


def tag_words() -> Iterator[tuple[str, str]]:
    """Yield every word or phrase with its tag."""
    text = files(__package__).joinpath("tag_words.csv").read_text(encoding="utf-8")
    for tag, english, chinese, spanish in list(csv.reader(text.splitlines()))[1:]:
        for phrase in (*english.split("|"), *chinese.split("|"), *forms(spanish)):
            if phrase:
                yield phrase, tag
