"""The message catalogue is complete, agrees with itself in every language, and is all used."""

import re
import shutil
import string
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import bot.messages
from bot.catalogue.starter import load_tags
from bot.languages import LOCALES
from bot.messages.lists import SharedKind
from bot.messages.words import LANGUAGES, Html, Words, language_of, load_words
from recommender.domain import GENRES

PACKAGE = Path(bot.messages.__file__).parent
WORDS = load_words()


def _catalogue(folder: str) -> Catalog:
    with (PACKAGE / "locale" / folder / "messages.po").open("rb") as file:
        return read_po(file, locale=folder)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _sentences(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string or ""]


FOLDERS = sorted(path.name for path in (PACKAGE / "locale").iterdir())
CATALOGUES = {folder: {_key(m): m for m in _catalogue(folder) if m.id} for folder in FOLDERS}


def test_every_language_has_the_same_keys() -> None:
    assert len(CATALOGUES) == len(LANGUAGES)
    for catalogue in CATALOGUES.values():
        assert CATALOGUES["en"].keys() == catalogue.keys()


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_key_has_a_sentence(folder: str) -> None:
    assert [key for key, message in CATALOGUES[folder].items() if not all(_sentences(message))] == []
    assert not any(message.fuzzy for message in CATALOGUES[folder].values())


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_placeholders_and_tags_agree_between_languages() -> None:
    for key in CATALOGUES["en"]:
        sentences = [sentence for catalogue in CATALOGUES.values() for sentence in _sentences(catalogue[key])]
        assert len({frozenset(_placeholders(sentence)) for sentence in sentences}) == 1, key
        assert len({tuple(sorted(re.findall(r"</?[a-z]+", sentence))) for sentence in sentences}) == 1, key


def test_every_key_in_the_code_exists_and_every_key_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    literal = set(re.findall(r"""["']([a-z]+\.[a-z_0-9]+)["']""", code))
    prefixes = {
        "about.",
        "area.",
        "command.",
        "country.",
        "dial.",
        "digest.button_",
        "era.",
        "genre.",
        "mark.",
        "night.strong_",
        "night.toast_",
        "past.refused_",
        "spoken.",
        "tag.",
        "taste.fame_",
        "unasked.",
    }
    prefixes |= {f"list.because_{kind}" for kind in get_args(SharedKind)}
    prefixes |= {"wish.tone_", "wish.age_", "wish.order_", "wish.own_", "studio."}
    used = literal | {key for key in CATALOGUES["en"] if any(key.startswith(prefix) for prefix in prefixes)}
    assert CATALOGUES["en"].keys() - used == set()
    assert {key for key in literal if key.partition(".")[0] in {k.partition(".")[0] for k in CATALOGUES["en"]}} <= set(
        CATALOGUES["en"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_genre_has_a_name(language: str) -> None:
    names = [WORDS[language].plain(f"genre.{genre}") for genre in GENRES]
    assert len(set(names)) == len(GENRES)
    assert not any(name.startswith("genre.") for name in names)


def test_values_are_escaped_unless_they_are_html() -> None:
    words: Words = WORDS["en"]
    assert "<b>Tom &amp; &lt;Jerry&gt;</b>" in words.html("film.head", label="Tom & <Jerry>")
    assert "<i>x</i>" in words.html("film.head", label=Html("<i>x</i>"))
    assert words.plain("rating.saved", title="Tom & <Jerry>", stars="★") == "Tom & <Jerry>: ★"


def test_english_counts_one_and_many() -> None:
    assert "1 film rated" in WORDS["en"].count("interview.count", 1)
    assert "2 films rated" in WORDS["en"].count("interview.count", 2)
    assert "已评 2 部" in WORDS["zh"].count("interview.count", 2)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("zh-hans", "zh"),
        ("zh_CN", "zh"),
        ("ZH-TW", "zh"),
        ("de", "en"),
        (None, "en"),
        ("", "en"),
        ("zho", "en"),
    ],
)
def test_a_telegram_language_code_leads_to_one_of_ours(code: str | None, language: str) -> None:
    assert language_of(code) == language


def test_spanish_counts_one_and_many() -> None:
    assert "1 película puntuada" in WORDS["es"].count("interview.count", 1)
    assert "12.000 películas puntuadas" in WORDS["es"].count("interview.count", 12_000)


@pytest.mark.parametrize(
    ("language", "number", "decimals", "written"),
    [
        ("en", 100_000, 0, "100,000"),
        ("zh", 100_000, 0, "100,000"),
        ("es", 100_000, 0, "100.000"),
        ("es", 2000, 0, "2.000"),
        ("en", 4.25, 1, "4.2"),
        ("es", 4.0, 1, "4,0"),
    ],
)
def test_a_number_has_the_form_of_the_language(language: str, number: float, decimals: int, written: str) -> None:
    assert WORDS[language].number(number, decimals=decimals) == written


def test_tags_bear_the_names_of_the_vocabulary() -> None:
    for tag in load_tags():
        names = [WORDS[language].plain(f"tag.{tag.name}") for language in ("en", "zh")]
        assert names == [tag.name, tag.zh]


@pytest.mark.parametrize("folder", CATALOGUES)
def test_a_catalogue_has_as_many_plurals_as_its_head_says(folder: str) -> None:
    several = [message for message in CATALOGUES[folder].values() if isinstance(message.id, tuple)]
    assert {len(_sentences(message)) for message in several} == {_catalogue(folder).num_plurals}


def test_the_same_entries_are_counted_in_every_language() -> None:
    counted = [
        {key for key, message in catalogue.items() if isinstance(message.id, tuple)}
        for catalogue in CATALOGUES.values()
    ]
    assert all(keys == counted[0] for keys in counted)


@pytest.mark.parametrize("folder", CATALOGUES)
def test_an_entry_of_several_names_has_them_apart(folder: str) -> None:
    for key in ("language.names", "digest.off_words", "digest.daily_words", "digest.weekly_words", "digest.zones"):
        names = _sentences(CATALOGUES[folder][key])[0].split("|")
        assert all(name == name.strip() != "" for name in names), key
        assert len(set(names)) == len(names), key


def test_what_a_catalogue_lacks_is_said_in_english(tmp_path: Path) -> None:
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    gap = tmp_path / "es" / "messages.po"
    gap.write_text(gap.read_text("utf-8").replace('"genre.War"', '"genre.Wars"').replace('"film', '"cinema'), "utf-8")
    words = load_words(tmp_path)["es"]
    assert words.plain("genre.War") == "War"
    assert words.plain("film.minutes", minutes=9) == "9 min"
    assert words.plain("genre.Comedy") == "Comedia"


def test_a_month_is_called_as_the_language_has_it() -> None:
    assert [WORDS[language].month(1) for language in LANGUAGES[:3]] == ["Jan", "1月", "ene"]
    assert all(len({words.month(number) for number in range(1, 13)}) == 12 for words in WORDS.values())
