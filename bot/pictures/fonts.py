"""The fonts that pictures are written in: the first one on this machine that has the letters."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from bot.pictures.errors import NoFontError

Weight = Literal["bold", "regular"]
# In the order in which they are tried: files as Debian's fonts-noto-cjk, fonts-wqy-microhei, fonts-dejavu-core and
# fonts-liberation lay them down, each with its face in the file; face 2 of Noto's is the one for simplified Chinese.
_FOLDER: Final = Path("/usr/share/fonts")
_FILES: Final[dict[Weight, tuple[tuple[str, int], ...]]] = {
    "bold": (
        ("opentype/noto/NotoSansCJK-Bold.ttc", 2),
        ("truetype/dejavu/DejaVuSans-Bold.ttf", 0),
        ("truetype/liberation/LiberationSans-Bold.ttf", 0),
        ("truetype/wqy/wqy-microhei.ttc", 0),
    ),
    "regular": (
        ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
        ("truetype/dejavu/DejaVuSans.ttf", 0),
        ("truetype/liberation/LiberationSans-Regular.ttf", 0),
        ("truetype/wqy/wqy-microhei.ttc", 0),
    ),
}
# The sign that no font has: what a font draws in place of letters it lacks.
_MISSING: Final = "\uffff"
_PROBE_SIZE: Final = 16


def font_for(text: str, size: int, weight: Weight = "regular") -> FreeTypeFont:
    """Return a font of so many pixels that has every letter of a text.

    Raises:
        NoFontError: none of this machine's has.
    """
    for place in _places(weight):
        if all(_has(place, letter) for letter in set(text)):
            return _load(place, size)
    raise NoFontError(f"a font with every letter is expected. Received: none for {text!r}")


@cache
def _places(weight: Weight) -> tuple[tuple[str, int] | None, ...]:
    """Return the fonts that are there; None stands for the one that comes with Pillow, which has Latin letters."""
    found = [(str(_FOLDER / name), face) for name, face in _FILES[weight] if (_FOLDER / name).is_file()]
    return (*found, None)


@lru_cache(maxsize=64)
def _load(place: tuple[str, int] | None, size: int) -> FreeTypeFont:
    basic = ImageFont.Layout.BASIC
    if place is not None:
        return ImageFont.truetype(place[0], size, index=place[1], layout_engine=basic)
    font = ImageFont.load_default(size)
    if not isinstance(font, FreeTypeFont):
        raise NoFontError("a Pillow that draws fonts is expected. Received: one built without FreeType")
    return font


@lru_cache(maxsize=10_000)
def _has(place: tuple[str, int] | None, letter: str) -> bool:
    font = _load(place, _PROBE_SIZE)
    return letter.isspace() or _shape(font, letter) != _shape(font, _MISSING)


def _shape(font: FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
