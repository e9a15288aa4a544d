"""Colours by genre: a dark ground that white letters stand out from, and a light accent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Attributes:
    ground, far: where the ground begins and ends.
    accent: for what is drawn, and for letters that shall stand out.
    """

    ground: Colour
    far: Colour
    accent: Colour


WHITE: Final[Colour] = (255, 255, 255)
# Ground and accent of each genre.
_BY_GENRE: Final[dict[str, tuple[Colour, Colour]]] = {
    "Action": ((112, 28, 22), (255, 176, 120)),
    "Adventure": ((14, 84, 74), (150, 240, 200)),
    "Animation": ((92, 30, 104), (255, 190, 240)),
    "Children": ((12, 78, 112), (255, 224, 130)),
    "Comedy": ((116, 62, 8), (255, 222, 120)),
    "Crime": ((40, 36, 48), (240, 134, 122)),
    "Documentary": ((42, 66, 72), (190, 226, 220)),
    "Drama": ((34, 46, 92), (180, 200, 255)),
    "Fantasy": ((62, 34, 112), (210, 186, 255)),
    "Film-Noir": ((28, 28, 30), (214, 208, 196)),
    "Horror": ((58, 8, 16), (255, 130, 130)),
    "Musical": ((112, 20, 76), (255, 186, 220)),
    "Mystery": ((22, 52, 66), (160, 220, 236)),
    "Romance": ((118, 28, 58), (255, 186, 200)),
    "Sci-Fi": ((8, 54, 96), (130, 220, 255)),
    "Thriller": ((30, 44, 50), (180, 240, 170)),
    "War": ((58, 62, 34), (222, 224, 160)),
    "Western": ((104, 58, 26), (255, 208, 150)),
}
_OF_NONE: Final = ((44, 50, 62), (200, 214, 236))
# How far the ground darkens where a film has one genre alone.
_SHADE: Final = 0.45


def palette_of(genres: Sequence[str]) -> Palette:
    """Return a film's colours: its first genre's, running into its second's."""
    ground, accent = _BY_GENRE.get(genres[0], _OF_NONE) if genres else _OF_NONE
    second = _BY_GENRE.get(genres[1], _OF_NONE)[0] if len(genres) > 1 else ground
    red, green, blue = (round(part * _SHADE) for part in second)
    return Palette(ground, (red, green, blue), accent)


def contrast(one: Colour, other: Colour) -> float:
    """Return how much two colours stand out from one another, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
