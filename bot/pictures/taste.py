"""The picture of a taste: bars, columns, a scale, words and films in one tall card, light or dark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.drawings import Bar, Line, Scale, TasteCard
from bot.pictures.fonts import Weight, font_for

Colour = tuple[int, int, int]

# A phone shows it 360 wide or more, so that the smallest letters stand 11 high there.
WIDTH: Final = 1080
_MARGIN: Final = 64
_ROOM: Final = WIDTH - 2 * _MARGIN
_SMALL, _TEXT, _TITLE = 32, 38, 68
_GAP: Final = 36
NAME: Final = "Reelmate"
_BAR_NAME: Final = 290
_BAR_NOTE: Final = 200
_LINE_NOTE: Final = 230
_COLUMNS_HEIGHT: Final = 120
# JPEG, as Telegram keeps photos: colours not thinned out, so that letters have clean edges.
_QUALITY: Final = 88
# Taller than any card: what is not used is cut off.
_TALLEST: Final = 2400


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one side; letters stand out from the ground by 7 to 1, what is drawn by 3 to 1."""

    ground: Colour
    text: Colour
    faint: Colour
    track: Colour
    accent: Colour
    second: Colour


LIGHT: Final = Ink((252, 250, 245), (34, 32, 40), (86, 82, 94), (230, 225, 214), (196, 62, 44), (24, 104, 128))
DARK: Final = Ink((22, 22, 30), (246, 243, 236), (182, 178, 190), (52, 52, 66), (255, 138, 104), (104, 200, 220))


def draw_taste(card: TasteCard) -> bytes:
    """Return the picture as a JPEG.

    Raises:
        PictureError: no font of this machine has the letters.
    """
    sheet = _Sheet(DARK if card.dark else LIGHT)
    sheet.head(card.title, card.subtitle)
    if card.bars:
        sheet.heading(card.bars_heading)
        sheet.bars(card.bars)
    if card.tags:
        sheet.heading(card.tags_heading)
        sheet.pills(card.tags)
    if card.columns:
        sheet.heading(card.columns_heading)
        sheet.columns(card.columns)
    if card.scale is not None:
        sheet.heading(card.scale_heading)
        sheet.scale(card.scale)
    if card.people:
        sheet.heading(card.people_heading)
        sheet.pills(card.people)
    if card.films:
        sheet.heading(card.films_heading)
        sheet.lines(card.films)
    return sheet.finished(card.drawn_by or NAME)


class _Sheet:
    """A sheet that is drawn from top to bottom; `top` is where the next thing goes."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._image = Image.new("RGB", (WIDTH, _TALLEST), ink.ground)
        self._pen = ImageDraw.Draw(self._image)
        self._pen.rectangle((0, 0, WIDTH, 14), fill=ink.accent)
        self.top = 70

    def head(self, title: str, subtitle: str) -> None:
        self._write(title, _MARGIN, self.top, _TITLE, "bold", self._ink.text)
        self.top += 92
        if subtitle:
            self._write(subtitle, _MARGIN, self.top, _TEXT, "regular", self._ink.faint)
            self.top += 50

    def heading(self, text: str) -> None:
        self.top += _GAP
        self._write(text, _MARGIN, self.top, _SMALL, "bold", self._ink.accent)
        self.top += 52

    def bars(self, bars: Sequence[Bar]) -> None:
        """Draw lengths one below the other, names before them and notes behind."""
        notes = _BAR_NOTE if any(bar.note for bar in bars) else 0
        left, right = _MARGIN + _BAR_NAME, WIDTH - _MARGIN - notes
        for bar in bars:
            middle = self.top + 20
            self._write(bar.name, _MARGIN, middle, _TEXT, "regular", self._ink.text, room=_BAR_NAME - 20, anchor="lm")
            self._pen.rounded_rectangle((left, middle - 13, right, middle + 13), 13, fill=self._ink.track)
            end = left + 26 + (right - left - 26) * bar.length
            self._pen.rounded_rectangle((left, middle - 13, end, middle + 13), 13, fill=self._ink.accent)
            if bar.note:
                self._write(bar.note, WIDTH - _MARGIN, middle, _SMALL, "regular", self._ink.faint, anchor="rm")
            self.top += 54

    def columns(self, columns: Sequence[Bar]) -> None:
        """Draw heights side by side, names below them and notes above."""
        self.top += 32
        step = _ROOM / len(columns)
        base = self.top + _COLUMNS_HEIGHT
        for at, column in enumerate(columns):
            middle, half = _MARGIN + step * (at + 0.5), min(step * 0.36, 52)
            top = base - max(4.0, _COLUMNS_HEIGHT * column.length)
            self._pen.rounded_rectangle((middle - half, top, middle + half, base), 6, fill=self._ink.second)
            if column.note:
                self._write(column.note, middle, top - 22, _SMALL - 4, "regular", self._ink.faint, anchor="mm")
            self._write(column.name, middle, base + 30, _SMALL - 2, "regular", self._ink.text, anchor="mm")
        self.top = base + 56

    def scale(self, scale: Scale) -> None:
        """Draw a line between its two ends, and the place on it."""
        middle, place = self.top + 22, _MARGIN + 22 + (_ROOM - 44) * scale.place
        self._pen.rounded_rectangle((_MARGIN, middle - 8, WIDTH - _MARGIN, middle + 8), 8, fill=self._ink.track)
        self._pen.ellipse((place - 22, middle - 22, place + 22, middle + 22), fill=self._ink.second)
        self._write(scale.least, _MARGIN, middle + 52, _SMALL, "regular", self._ink.faint, anchor="lm")
        self._write(scale.most, WIDTH - _MARGIN, middle + 52, _SMALL, "regular", self._ink.faint, anchor="rm")
        self.top = middle + 76

    def pills(self, names: Sequence[str]) -> None:
        """Draw names in frames, as many to a row as have room."""
        left = float(_MARGIN)
        for name in names:
            font = font_for(name, _TEXT - 4)
            wide = font.getlength(name) + 48
            if left > _MARGIN and left + wide > WIDTH - _MARGIN:
                left, self.top = float(_MARGIN), self.top + 76
            box = (left, self.top, left + wide, self.top + 62)
            self._pen.rounded_rectangle(box, 31, outline=self._ink.second, width=3)
            self._pen.text((left + wide / 2, self.top + 31), name, font=font, fill=self._ink.text, anchor="mm")
            left += wide + 16
        self.top += 66

    def lines(self, lines: Sequence[Line]) -> None:
        """Write texts one below the other, with notes at the right."""
        room = _ROOM - (_LINE_NOTE if any(line.note for line in lines) else 0)
        for line in lines:
            middle = self.top + 22
            self._write(line.text, _MARGIN, middle, _TEXT, "regular", self._ink.text, room=room, anchor="lm")
            if line.note:
                self._write(line.note, WIDTH - _MARGIN, middle, _TEXT, "regular", self._ink.accent, anchor="rm")
            self.top += 54

    def finished(self, drawn_by: str) -> bytes:
        """Return the sheet as far as it is drawn, with whose it is at its foot."""
        self._write(drawn_by, WIDTH - _MARGIN, self.top + 44, _SMALL, "bold", self._ink.faint, anchor="rm")
        out = io.BytesIO()
        self._image.crop((0, 0, WIDTH, self.top + 86)).save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return out.getvalue()

    def _write(
        self,
        text: str,
        left: float,
        top: float,
        size: int,
        weight: Weight,
        colour: Colour,
        *,
        room: float = _ROOM,
        anchor: str = "lt",
    ) -> None:
        """Write one line, cut where it has no room."""
        font = font_for(f"{text}…", size, weight)
        self._pen.text((left, top), _cut(text, font, room), font=font, fill=colour, anchor=anchor)


def _cut(text: str, font: FreeTypeFont, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
