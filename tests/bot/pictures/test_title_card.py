"""Title cards: every title has its picture, small enough to send, and letters that stand out."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.drawings import TitleCard
from bot.pictures.errors import NoFontError
from bot.pictures.fonts import font_for
from bot.pictures.palette import WHITE, contrast, palette_of
from bot.pictures.title_card import HEIGHT, WIDTH, draw_title_card
from recommender.domain import GENRES

# WCAG 2.2, level AAA, for letters of any size; and AA, for large ones.
STANDS_OUT, LARGE_STANDS_OUT = 7.0, 4.5
LARGEST_BYTES = 150_000
HEAT = TitleCard("Heat", "1995", "Michael Mann · 170 min", ("Action", "Crime"), ("Action", "Crime"), "87 %")


@pytest.mark.parametrize(
    "card",
    [
        HEAT,
        TitleCard("低俗小说", "1994", "昆汀·塔伦蒂诺", ("Comedy",), ("喜剧",)),
        TitleCard("奇" * 120, genres=("Drama",)),
        TitleCard("w" * 120),
        TitleCard("a title of many words " * 6, "1999", "Somebody with a long name " * 5, GENRES, GENRES),
        TitleCard("Амели & Ελλάδα", "2001"),
        TitleCard(" "),
    ],
    ids=["usual", "Chinese", "long Chinese", "one long word", "everything long", "Cyrillic and Greek", "blank"],
)
def test_every_title_has_its_picture(card: TitleCard) -> None:
    drawn = draw_title_card(card)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))
    assert len(drawn) < LARGEST_BYTES


def test_the_same_card_is_drawn_the_same() -> None:
    assert draw_title_card(HEAT) == draw_title_card(HEAT)


@pytest.mark.parametrize("genre", [*GENRES, None])
def test_letters_stand_out_from_their_ground(genre: str | None) -> None:
    palette = palette_of((genre,) if genre else ())
    assert contrast(WHITE, palette.ground) >= STANDS_OUT
    assert contrast(palette.accent, palette.ground) >= LARGE_STANDS_OUT
    assert contrast(palette.accent, palette.far) >= STANDS_OUT


def test_letters_that_no_font_has_are_refused() -> None:
    with pytest.raises(NoFontError, match="a font with every letter is expected"):
        font_for("\U0001d11e", 30)
