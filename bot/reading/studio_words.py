"""The words that people have for the houses that films are from, in every language."""

from __future__ import annotations

from typing import Final

STUDIO_WORDS: Final[dict[str, str]] = {
    "Marvel": "marvel|mcu|marvel studios|marvel cinematic universe|universo marvel|漫威|漫威宇宙",
    "DC": "dc|dc comics|dceu|dc universe|dc宇宙|dc漫画",
    "Pixar": "pixar|皮克斯",
    "Disney": "disney|walt disney|disney pixar|迪士尼|迪斯尼",
    "DreamWorks": "dreamworks|dream works|梦工厂|梦工场",
    "Studio Ghibli": "studio ghibli|ghibli|ghibli studio|estudio ghibli|estudios ghibli|吉卜力工作室|吉卜力",
}
