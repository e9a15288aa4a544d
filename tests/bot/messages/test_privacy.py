"""What people are told of what is kept of them is all of it."""

from __future__ import annotations

import hashlib

import pytest

from bot.messages import LANGUAGES, load_words, privacy
from bot.storage.erasure import columns_naming_people
from bot.storage.people import CONSENT_VERSION

WORDS = load_words()
# A new text is a new question: then raise CONSENT_VERSION, so that everybody is asked again, and write both here.
# A new language asks nobody again, and is added.
CONSENT = (1, {"en": "eb55", "zh": "26f8", "es": "2bfb"})


def test_every_table_that_names_people_is_named_and_no_other() -> None:
    assert privacy.KEPT.keys() == {table.name for table, _ in columns_naming_people()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_them_has_a_phrase_of_its_own_in_the_page(language: str) -> None:
    page = privacy.kept_of_people(WORDS[language]).text
    phrases = {WORDS[language].plain(key) for key in privacy.KEPT.values()}
    assert len(phrases) == len(privacy.KEPT)
    assert all(phrase in page for phrase in phrases)


def test_the_question_about_training_has_the_version_of_its_text() -> None:
    texts = {language: WORDS[language].plain("consent.question").encode() for language in CONSENT[1]}
    hashes = {language: hashlib.sha256(text).hexdigest()[:4] for language, text in texts.items()}
    assert (CONSENT_VERSION, hashes) == CONSENT
