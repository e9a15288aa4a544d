"""The message catalogue: one language's sentences by key, read from .po files; its numbers and months."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot import languages
from bot.languages import LOCALE_OF, LOCALES
from bot.messages.clipping import clip, escape

# By ISO 639-1, Telegram's form.
LANGUAGES: Final = tuple(one.code for one in languages.LANGUAGES)
# Between the words of a list that nobody reads: what a thing is called, to be found by.
_BETWEEN: Final = "|"
_FIRST_GROUPED: Final = 1000


class Html(str):
    """Text that is HTML already: it is inserted as it stands."""

    __slots__ = ()

    @classmethod
    def of(cls, value: object) -> Html:
        """Return any value as HTML: escaped and clipped, unless it is HTML already."""
        return value if isinstance(value, cls) else cls(escape(clip(str(value))))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One language's sentences. Values are escaped on the way into HTML, and clipped everywhere."""

    language: str
    _catalogue: gettext.NullTranslations

    def html(self, key: str, **values: object) -> Html:
        """Return a sentence as HTML."""
        return Html(self._sentence(key).format(**{name: Html.of(value) for name, value in values.items()}))

    def plain(self, key: str, **values: object) -> str:
        """Return a sentence without markup: a button, a toast, a command's description."""
        return self._sentence(key).format(**{name: clip(str(value)) for name, value in values.items()})

    def count(self, key: str, n: int) -> Html:
        """Return a sentence about `n` things, in the fitting plural."""
        return Html(self._catalogue.ngettext(key, key, n).format(n=self.number(n)))

    def several(self, key: str) -> tuple[str, ...]:
        """Return an entry that holds several names."""
        return tuple(self._sentence(key).split(_BETWEEN))

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Return a number as the language writes it: 12,500.5 or 12.500,5."""
        if not decimals and abs(value) < _FIRST_GROUPED:
            return str(int(value))
        # Imported here: few letters have a number that languages write differently, and reading a locale takes time.
        from babel.numbers import format_decimal

        return format_decimal(
            value, format=None if decimals == 0 else f"#,##0.{'0' * decimals}", locale=LOCALE_OF[self.language]
        )

    def month(self, number: int) -> str:
        """Return a month's short name: Jan, ene, 1月."""
        from babel.dates import get_month_names

        # Not by the context "stand-alone": Babel 2.18 resolves that in data that its locales share.
        name: str = get_month_names("abbreviated", context="format", locale=LOCALE_OF[self.language])[number]
        return name

    def _sentence(self, key: str) -> str:
        return self._catalogue.gettext(key)


class _AllWords(Mapping[str, Words]):
    """Every language's words; a catalogue is read when somebody first speaks its language."""

    def __init__(self, locales: Path) -> None:
        self._locales = locales

    def __getitem__(self, language: str) -> Words:
        if language not in LANGUAGES:
            raise KeyError(language)
        return _words(self._locales, language)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


def load_words(locales: Path = LOCALES) -> Mapping[str, Words]:
    """Return every language's catalogue, each read once in a process; what one lacks is said in English."""
    return _AllWords(locales)


@cache
def _words(locales: Path, language: str) -> Words:
    return Words(language, _read(locales, LOCALE_OF[language]))


@cache
def _read(locales: Path, folder: str) -> gettext.GNUTranslations:
    with (locales / folder / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=folder)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    if folder != LOCALE_OF[LANGUAGES[0]]:
        found.add_fallback(_read(locales, LOCALE_OF[LANGUAGES[0]]))
    return found


def language_of(code: str | None) -> str:
    """Return which of our languages fits an IETF code such as "zh-hans"; English when none does."""
    primary = (code or "").lower().replace("_", "-").partition("-")[0]
    return primary if primary in LANGUAGES else LANGUAGES[0]
