"""The drawn taste: every letter there, nothing outside the sheet, and letters that stand out."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.drawings import Bar, Line, Scale, TasteCard, taste_card
from bot.pictures.taste import DARK, LIGHT, WIDTH, Ink, draw_taste

SHORT = st.text(st.sampled_from("abc WI千与千寻é½★"), max_size=60)
LENGTH = st.floats(0, 1)
BARS = st.lists(st.builds(Bar, SHORT, LENGTH, SHORT), max_size=6).map(tuple)
CARDS = st.builds(
    TasteCard,
    title=SHORT,
    subtitle=SHORT,
    bars=BARS,
    columns=st.lists(st.builds(Bar, st.just("90s"), LENGTH), max_size=12).map(tuple),
    scale=st.none() | st.builds(Scale, LENGTH, SHORT, SHORT),
    tags=st.lists(SHORT, max_size=6).map(tuple),
    people=st.lists(SHORT, max_size=5).map(tuple),
    films=st.lists(st.builds(Line, SHORT, SHORT), max_size=5).map(tuple),
    dark=st.booleans(),
)
FULL = TasteCard(
    "Your taste",
    "from 40 ratings",
    "Genres",
    tuple(Bar(f"A long genre {number}", 0.9, "4.5★ · 31") for number in range(6)),
    "Decades",
    tuple(Bar(f"{number}0s", number / 9, "3") for number in range(10)),
    "Fame",
    Scale(0.6, "Hidden gems", "Popular"),
    "Tags",
    tuple(f"a rather long tag {number}" for number in range(6)),
    "People",
    tuple(f"Somebody With A Long Name {number}" for number in range(5)),
    "Films",
    tuple(Line("A very long title that goes on and on and on and does not end", "★★★★★") for _ in range(5)),
)


def drawn(card: TasteCard) -> Image.Image:
    return Image.open(io.BytesIO(draw_taste(card)))


@settings(max_examples=25)
@given(CARDS)
def test_any_card_is_drawn_as_telegram_takes_photos(card: TasteCard) -> None:
    picture = drawn(card)
    assert picture.format == "JPEG"
    assert picture.width == WIDTH
    assert 200 < picture.height < 2400


@given(CARDS)
def test_a_card_comes_back_from_the_outbox_as_it_was(card: TasteCard) -> None:
    assert taste_card(json.loads(json.dumps(asdict(card)))) == card


@pytest.mark.parametrize("dark", [False, True])
def test_a_full_card_keeps_to_its_margins(dark: bool) -> None:
    picture = drawn(replace(FULL, dark=dark)).convert("RGB")
    ground = (DARK if dark else LIGHT).ground
    for left, right in ((2, 58), (WIDTH - 58, WIDTH - 2)):
        edge = picture.crop((left, 40, right, picture.height - 4))
        smeared = np.asarray(ImageChops.difference(edge, Image.new("RGB", edge.size, ground)))
        assert smeared.max() < 40, "only what a JPEG smears"


@pytest.mark.parametrize("ink", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_and_lines_stand_out(ink: Ink) -> None:
    assert contrast(ink.text, ink.ground) >= 7
    assert contrast(ink.faint, ink.ground) >= 4.5
    assert contrast(ink.accent, ink.ground) >= 4.5
    assert contrast(ink.second, ink.ground) >= 3


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return how much two colours stand out from one another, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_foot_says_whose_picture_it_is() -> None:
    own, shared, other = (
        Image.open(io.BytesIO(draw_taste(replace(FULL, drawn_by=by)))).convert("L")
        for by in ("", "@reelmate_bot", "@other_bot")
    )
    assert own.size == shared.size
    for one in (own, other):
        box = ImageChops.difference(one, shared).point(lambda value: 255 if value > 40 else 0).getbbox()
        assert box is not None
        assert box[1] > own.height - 100, "nothing but the foot differs"
        assert box[0] > WIDTH / 2


def test_a_picture_of_before_it_had_a_foot_is_read() -> None:
    written = asdict(FULL)
    written.pop("drawn_by")
    assert taste_card(json.loads(json.dumps(written))) == FULL
