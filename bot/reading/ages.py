"""For whom a film shall be, by years of age: "for a 6-year-old", "the kids (6 and 9)", 六岁, "tengo 14 años"."""

from __future__ import annotations

import re
from typing import Final

from bot.wanted import Part

# Up to these ages the films of a family are for somebody, and those that the young may see; who is older sees any.
LAST_OF_CHILDREN: Final = 11
LAST_OF_YOUNG: Final = 17
GROWN: Final = Part("age", ("adult",))
_END: Final = r"(?![a-z0-9])"
_CHINESE: Final = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_AGE: Final = re.compile(
    rf"(?:for )?(?:my |our |an? |the )?(?P<english>[0-9]{{1,2}})(?: (?:and|or) [0-9]{{1,2}})?"
    rf"[\s-]?(?:(?:years?|yrs?)(?:[\s-]olds?|s old)|y/?os?){_END}"
    rf"|(?:(?:i'?m|i am|he'?s|she'?s|he is|she is)(?: only| just)?|aged?) (?P<said>[0-9]{{1,2}}){_END}(?!\s*(?:min|h))"
    rf"|(?:(?:para (?:un |una |mi )?(?:nin[oa]|hij[oa]) )?de |tengo |tiene |tienen )(?P<spanish>[0-9]{{1,2}}) "
    rf"(?:y [0-9]{{1,2}} )?an(?:o|ito)s{_END}"
    r"|(?:我|适合|给)?(?:今年)?(?P<chinese>[0-9]{1,2}|[一二三四五六七八九十])(?:[、和到至~-][0-9一二三四五六七八九十]+)?岁"
    r"(?:以[上下])?(?:的|左右)?(?:小?孩子?|小朋友|宝宝|儿子|女儿|男孩|女孩)?(?:看|能看|可以看)?"
)
# Behind words for children: how old they are.
_BEHIND: Final = re.compile(
    rf"\s*[(（]?\s*(?:aged? |ages |under |below |de |de menos de |menores de )?"
    rf"(?P<first>[0-9]{{1,2}})(?:\s*(?:,|&|/|-|and|y|和|、)\s*[0-9]{{1,2}})*"
    rf"(?:\s*(?:years? old|yo|anos|岁))?{_END}\s*[)）]?"
)


def read_age(text: str, at: int) -> tuple[Part | None, int] | None:
    """Return for whom films shall be by an age told at a place, None for the grown, and where that ends."""
    found = _AGE.match(text, at)
    if found is None:
        return None
    said = next(found[group] for group in ("english", "said", "spanish", "chinese") if found[group])
    return _for_age(_CHINESE.get(said) or int(said)), found.end()


def read_ages_behind(text: str, at: int) -> tuple[Part | None, int] | None:
    """Return the same behind words for children: "(6 and 9)"."""
    found = _BEHIND.match(text, at)
    return (_for_age(int(found["first"])), found.end()) if found else None


def _for_age(years: int) -> Part | None:
    if years > LAST_OF_YOUNG:
        return None
    return Part("age", ("family" if years <= LAST_OF_CHILDREN else "teen",))
