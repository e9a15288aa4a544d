"""A language is one file: what its head must say, and that its number is its own for good."""

from pathlib import Path

import pytest

from bot.languages import LANGUAGES, Spoken, read_languages
from bot.messages import load_words
from bot.messages.commands import language_called
from bot.messages.digest import frequency_called


def written(folder: Path, locale: str, code: str, number: str, language: str = "") -> None:
    head = f'"Language: {language or locale}\\n"\n"X-Telegram-Code: {code}\\n"\n"X-Reelmate-Button: {number}\\n"\n'
    (folder / locale).mkdir(exist_ok=True)
    (folder / locale / "messages.po").write_text(f'msgid ""\nmsgstr ""\n{head}\nmsgid "a"\nmsgstr "b"\n', "utf-8")


def test_a_catalogue_is_all_that_a_language_takes(tmp_path: Path) -> None:
    written(tmp_path, "pt_BR", "pt", "7")
    written(tmp_path, "fr", "fr", "9")
    written(tmp_path, "zu", "zu", "1")
    assert read_languages(tmp_path) == (Spoken("zu", "zu", 1), Spoken("pt", "pt_BR", 7), Spoken("fr", "fr", 9))


@pytest.mark.parametrize(
    ("code", "number", "language"),
    [("por", "7", ""), ("PT", "7", ""), ("pt", "100", ""), ("pt", "-1", ""), ("pt", "two", ""), ("pt", "7", "pt_PT")],
)
def test_a_head_that_says_something_else_is_refused(tmp_path: Path, code: str, number: str, language: str) -> None:
    written(tmp_path, "pt_BR", code, number, language)
    with pytest.raises(ValueError, match=r"must .* Received: "):
        read_languages(tmp_path)


@pytest.mark.parametrize(("code", "number"), [("fr", "8"), ("pt", "9")])
def test_a_code_or_number_of_another_language_is_refused(tmp_path: Path, code: str, number: str) -> None:
    written(tmp_path, "fr", "fr", "9")
    written(tmp_path, "pt_BR", code, number)
    with pytest.raises(ValueError, match="of its own"):
        read_languages(tmp_path)


def test_buttons_of_old_messages_speak_the_language_they_did() -> None:
    assert [(one.number, one.code) for one in LANGUAGES[:2]] == [(0, "en"), (1, "zh")]


def test_every_language_is_found_by_its_own_name_and_by_nobody_elses() -> None:
    every = load_words()
    for one in LANGUAGES:
        words = every[one.code]
        for name in (one.code, words.plain("language.own_name"), *words.several("language.names")):
            assert language_called(every, name) == one.number, name
    assert language_called(every, "klingon") is None


def test_how_often_the_digest_comes_can_be_said_in_any_language() -> None:
    every = load_words()
    for words in every.values():
        for frequency, key in enumerate(("digest.off_words", "digest.daily_words", "digest.weekly_words")):
            assert [frequency_called(every, word) for word in words.several(key)] == [frequency] * len(
                words.several(key)
            )
    assert frequency_called(every, "Hourly") is None
