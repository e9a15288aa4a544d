"""No language has more to say than there is room for: buttons beside each other, toasts, the menu."""

from collections.abc import Iterator
from unicodedata import east_asian_width

import pytest

from bot.callbacks import Knobs, Mark, Place
from bot.dial import Dial, Era, page_code
from bot.messages import cards, commands, films, interview, lists, toasts, tuning
from bot.messages.clipping import utf16_units
from bot.messages.genres import GenreWishes
from bot.messages.words import LANGUAGES, Words, load_words
from bot.outgoing import Outgoing
from recommender.domain import Movie, MovieId, Stars

WORDS = load_words()
HEAT = Movie(MovieId(1), "Heat", 1995, ("Action", "Crime"))
LONG = Movie(MovieId(2), "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964, ())
# What a phone shows of each of so many buttons in a row, in columns; Chinese takes two for a letter.
COLUMNS = {1: 32, 2: 18, 3: 11}
TOAST_UNITS = 200
MENU_COLUMNS = 44


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _letters(words: Words) -> Iterator[Outgoing]:
    for origin in (films.CardOrigin(), films.CardOrigin(Place.LIST, 1, 3)):
        for stars in (None, Stars(4.5)):
            for marks in (frozenset[Mark](), frozenset({Mark.LATER}), frozenset({Mark.NEVER})):
                film = films.Film(HEAT, stars, marks)
                yield films.film_card(words, film, origin)
                yield cards.more_side(words, film, origin, edits=1)
        yield lists.recommendations(words, [lists.Pick(films.Film(HEAT), 0.5)] * 5, origin)
    yield interview.question_card(words, HEAT, 3, interview.Answers(interview.JustRated(HEAT, 8, 0)))
    place = films.CardOrigin(Place.LIST, 7, page_code(Dial.MIXED, Era.SEVENTIES))
    for which in Knobs:
        yield tuning.knobs(words, GenreWishes({"Sci-Fi"}, {"Horror"}), tuning.Tuning(place, place), which, edits=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_cuts_no_buttons_words(language: str) -> None:
    rows = [row for letter in _letters(WORDS[language]) for row in letter.keyboard if len(row) in COLUMNS]
    cut = {button.text for row in rows for button in row if _columns(button.text) > COLUMNS[len(row)]}
    assert cut == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_toast_is_no_longer_than_telegram_takes(language: str) -> None:
    words = WORDS[language]
    said = (
        toasts.rated(words, LONG, 9),
        toasts.rated(words, LONG, 0),
        toasts.undone(words),
        *(toasts.marked(words, mark, on=on, left_watchlist=True) for mark in Mark for on in (True, False)),
        *(toasts.counted(words, on=on) for on in (True, False)),
        *(toasts.followed(words, "Apichatpong Weerasethakul", on=on) for on in (True, False)),
        *(toasts.consent_saved(words, agreed=agreed) for agreed in (True, False)),
        *(said(words) for said in (toasts.too_many_followed, toasts.alike_below, toasts.expired, toasts.delayed)),
        *(said(words) for said in (toasts.unknown_person, toasts.private_only, toasts.film_gone)),
    )
    assert [text for text in said if utf16_units(text) > TOAST_UNITS] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_has_a_line_for_each_command(language: str) -> None:
    assert [text for _, text in commands.menu(WORDS[language]) if _columns(text) > MENU_COLUMNS] == []
