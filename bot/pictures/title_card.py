"""A film's title card: title, year, who made it, genres, and the match where one is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.drawings import TitleCard
from bot.pictures.fonts import Weight, font_for
from bot.pictures.palette import WHITE, Colour, Palette, palette_of

# A phone shows it 360 wide or more, so that the smallest letters stand 13 high there.
WIDTH, HEIGHT = 960, 540
_MARGIN: Final = 56
_TITLE_SIZES: Final = (88, 76, 66, 56, 48, 42)
_TITLE_LINES: Final = 3
_TITLE_HEIGHT: Final = 300
_LINE: Final = 1.22
_SMALL: Final = 36
_PILL_HEIGHT: Final = 60
# JPEG, as Telegram keeps photos: colours not thinned out, so that letters have clean edges.
_QUALITY: Final = 85


def draw_title_card(card: TitleCard) -> bytes:
    """Return the picture as a JPEG.

    Raises:
        PictureError: no font of this machine has the letters.
    """
    palette = palette_of(card.genres)
    image = _ground(palette)
    pen = ImageDraw.Draw(image)
    _draw_strip(pen, palette)
    room = WIDTH - 2 * _MARGIN - (190 if card.match else 0)
    lines, font = _fit_title(card.title, room)
    bottom = _draw_lines(pen, lines, font, top=76)
    _draw_facts(pen, card, palette, bottom + 14)
    _draw_pills(pen, card.genre_names, palette)
    if card.match:
        _draw_match(pen, card.match, palette)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def _ground(palette: Palette) -> Image.Image:
    """Return the empty card: one colour running into the other, and the light of a projector."""
    slope = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    image = Image.composite(
        Image.new("RGB", (WIDTH, HEIGHT), palette.far), Image.new("RGB", (WIDTH, HEIGHT), palette.ground), slope
    )
    light = Image.radial_gradient("L").resize((900, 900)).point(lambda level: max(0, 255 - level * 2) // 7)
    image.paste(palette.accent, (WIDTH - 420, -420), light)
    return image


def _draw_strip(pen: ImageDraw.ImageDraw, palette: Palette) -> None:
    """Draw the holes of a film strip along the left edge."""
    for top in range(18, HEIGHT, 54):
        pen.rounded_rectangle((12, top, 32, top + 26), radius=6, fill=_mixed(palette.ground, palette.accent, 0.35))


def _fit_title(title: str, room: int) -> tuple[list[str], FreeTypeFont]:
    """Return the title in lines, in the largest letters in which it fits; the smallest cut it."""
    for size in _TITLE_SIZES:
        font = font_for(title, size, "bold")
        lines = _wrap(title, partial(_has_room, font, room))
        if len(lines) <= _TITLE_LINES and len(lines) * size * _LINE <= _TITLE_HEIGHT:
            return lines, font
    font = font_for(f"{title}…", _TITLE_SIZES[-1], "bold")
    lines = _wrap(title, partial(_has_room, font, room))
    return [*lines[: _TITLE_LINES - 1], _cut(lines[_TITLE_LINES - 1], font, room)], font


def _has_room(font: FreeTypeFont, room: int, text: str) -> bool:
    return font.getlength(text) <= room


def _wrap(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return a text in lines that fit, broken at blanks, and within a word only where it has none."""
    lines, line = [], ""
    for word in _words(text):
        if fits(line + word.rstrip()):
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = word
        while not fits(line.rstrip()):
            head = next(end for end in range(len(line), 0, -1) if end == 1 or fits(line[:end]))
            lines.append(line[:head])
            line = line[head:]
            if len(lines) > 2 * _TITLE_LINES:
                break
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Return what may stand at the end of a line: words with their blanks, and each Chinese letter for itself."""
    words = [""]
    for letter in text:
        if words[-1] and (words[-1][-1].isspace() or _is_wide(letter) or _is_wide(words[-1][-1])):
            words.append("")
        words[-1] += letter
    return words


def _is_wide(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"


def _cut(text: str, font: FreeTypeFont, room: int) -> str:
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _draw_lines(pen: ImageDraw.ImageDraw, lines: Sequence[str], font: FreeTypeFont, top: float) -> float:
    """Write the title; returns where it ends."""
    for line in lines:
        pen.text((_MARGIN, top), line, font=font, fill=WHITE, anchor="lt")
        top += font.size * _LINE
    return top


def _draw_facts(pen: ImageDraw.ImageDraw, card: TitleCard, palette: Palette, top: float) -> None:
    lines: tuple[tuple[str, Weight, Colour], ...] = ((card.year, "bold", palette.accent), (card.made, "regular", WHITE))
    for text, weight, colour in lines:
        if text:
            font = font_for(f"{text}…", _SMALL, weight)
            room = WIDTH - 2 * _MARGIN
            line = text if _has_room(font, room, text) else _cut(text, font, room)
            pen.text((_MARGIN, top), line, font=font, fill=colour, anchor="lt")
            top += 50


def _draw_pills(pen: ImageDraw.ImageDraw, names: Sequence[str], palette: Palette) -> None:
    """Draw a film's genres along the bottom, as many as have room."""
    left, top = float(_MARGIN), HEIGHT - 40 - _PILL_HEIGHT
    for name in names:
        font = font_for(name, 32)
        right = left + font.getlength(name) + 44
        if right > WIDTH - _MARGIN:
            return
        pen.rounded_rectangle((left, top, right, top + _PILL_HEIGHT), radius=30, outline=palette.accent, width=3)
        pen.text(((left + right) / 2, top + _PILL_HEIGHT / 2), name, font=font, fill=palette.accent, anchor="mm")
        left = right + 16


def _draw_match(pen: ImageDraw.ImageDraw, match: str, palette: Palette) -> None:
    """Draw the chance of a like as a ring that is closed so far."""
    box = (WIDTH - 206, 56, WIDTH - 56, 206)
    pen.arc(box, 0, 360, fill=_mixed(palette.ground, WHITE, 0.3), width=14)
    pen.arc(box, -90, -90 + 3.6 * int(match.rstrip(" %")), fill=palette.accent, width=14)
    pen.text((WIDTH - 131, 131), match, font=font_for(match, 40, "bold"), fill=WHITE, anchor="mm")


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
