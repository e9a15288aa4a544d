"""What people put around a title: "do you have ...", "the film ...", "... 这部电影"."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = re.compile(
    r"^(?:(?:please|hey|hi|hello|ok|and|what about|how about|do you (?:have|know)|have you (?:got|seen|heard of)|"
    r"i(?:'ve| have)? (?:just )?(?:saw|seen|watched|rated?)|i (?:want|would like|'d like) to (?:see|watch|rate)|"
    r"(?:(?:something|anything|(?:some |a )?(?:movies?|films?)) (?:with|by|starring|directed by|like|similar to))|"
    r"(?:you|u) (?:must|should|have to|need to|gotta) (?:see|watch)|check out|(?:let's|lets) watch|"
    r"(?:has|did) any(?:one|body) (?:seen?|watch(?:ed)?)|"
    r"(?:quiero|quisiera) ver|(?:ya )?(?:he visto|vi)|(?:tienes|conoces|búsca(?:me)?|busca(?:me)?)|"
    r"(?:(?:la|una) )?pel[íi](?:cula)?(?: llamada)?|"
    r"i (?:like|liked|love|loved|hated?)|(?:find|search|look)(?: me)?(?: for)?|show me|rate|watch|open|"
    r"(?:the |a )?(?:movie|film)(?: called| named)?|called|named)[\s:,]+)+",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(r"[\s,]+(?:please|(?:the |a )?(?:movies?|films?)|full movie)[\s?!.]*$", re.IGNORECASE)
_CHINESE_BEFORE: Final = re.compile(
    r"^(?:请|帮我|给我|我|想|要|想要|看|找|搜|搜索|搜一下|找一下|查|看过|看了|喜欢|刚|有没有|有|电影|影片|一部|叫|打分|评分|类似于?|像)+\s*"
)
_CHINESE_BEHIND: Final = re.compile(
    r"\s*(?:这部|这个|那部|一样|那样|导演|主演|演|拍)?的?(?:电影|影片|片子|作品|吗|呢|吧|[？?！!。])+$"
)
_QUOTES: Final = re.compile(r"^[\s\"“”'‘’«»„《》〈〉「」『』]+|[\s\"“”'‘’«»„《》〈〉「」『』?？!！。]+$")


def bare_title(query: str) -> str:
    """Return a query without what is said around the title; the query itself where nothing would be left."""
    text = _BEHIND.sub("", _BEFORE.sub("", query))
    text = _QUOTES.sub("", _CHINESE_BEHIND.sub("", _CHINESE_BEFORE.sub("", text)))
    return text or query
