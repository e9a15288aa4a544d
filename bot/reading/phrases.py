"""Fixed phrases that stand for a part of a wish: tags, tones, who may watch, where films are from, an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from bot.reading.origin_words import AREA_WORDS, COUNTRY_WORDS, LANGUAGE_WORDS
from bot.reading.spanish_phrases import spanish_phrases
from bot.reading.studio_words import STUDIO_WORDS
from bot.reading.tag_words import tag_words
from bot.wanted import Part

# How a film feels, in words wider than a tag.
_TONES: Final = {
    "light": (
        "light|lighter|light-hearted|lighthearted|lightweight|easy|easy-going|easygoing|easy to watch|cheerful|"
        "fun|happy|happier|upbeat|"
        "cheer me up|cheer us up|lift my mood|轻松|轻松愉快|轻松一点|轻快|欢快|快乐|开心|愉快|解压|下饭"
    ),
    "dark": "dark|darker|heavy|grittier|bleaker|twisted|sinister|黑暗|阴暗|暗黑|黑暗一点|沉重|致郁",
    "sad": ("sad|sadder|depressing|heartbreaking|heart-breaking|tragic|tragedy|悲伤|悲剧|伤心|难过|虐心|悲情|悲惨"),
}
_AGES: Final = {
    "family": (
        "for kids|for the kids|for my kids|for children|for my children|for the children|for my son|"
        "for my daughter|for a child|for my family|for the family|for the whole family|for all the family|"
        "for all ages|with kids|with the kids|with my kids|with children|with my children|with the family|"
        "with my family|with the whole family|with my son|with my daughter|with grandma|the whole family|"
        "whole family|family-friendly|kid-friendly|child-friendly|suitable for kids|suitable for children|"
        "safe for kids|ok for kids|the kids can watch|kids can watch|my kids|the kids|family night|"
        "family movie night|for a family evening|pg|给孩子|给小孩|给宝宝|给小朋友|给儿子|给女儿|和孩子|跟孩子|"
        "陪孩子|带孩子|带娃|和小孩|跟小孩|和家人|跟家人|陪家人|适合孩子|适合小孩|适合小孩子|给小孩子|适合小朋友|适合儿童|适合全家|"
        "适合家庭|全家|全家人|一家人|全家一起|阖家|合家欢|老少皆宜|亲子|孩子|小孩|小朋友"
    ),
    "teen": "for teens|for teenagers|for a teenager|for my teenager|with teenagers|给青少年|适合青少年|青少年",
    "adult": (
        "for adults|for adults only|for grown-ups|for grownups|grown-ups|grownups|grown up|adults only|给大人|适合大人|"
        "成年人|成人向|大人看"
    ),
}
_ORDERS: Final = {
    "best": (
        "best|the best|top|top 3|top 5|top 10|top 20|top 50|top 100|top five|top ten|top twenty|"
        "top rated|highest rated|best rated|highly rated|acclaimed|critically acclaimed|"
        "award-winning|oscar-winning|oscar winner|oscar winners|oscar|oscars|oscar-nominated|academy award winner|"
        "academy award winners|academy award-winning|best picture winner|best picture winners|award winner|"
        "award winners|won an oscar|won oscars|won the oscar|won best picture|masterpiece|masterpieces|"
        "豆瓣top250|豆瓣 top250|top250|top 250|imdb top 250|"
        "高分|高评分|评分高|评分最高|评分较高|口碑好|"
        "口碑最好|口碑|十佳|前十|最佳|最好的|最好看的|神作|佳作|获奖|奥斯卡"
    ),
    "popular": (
        "popular|most popular|famous|well-known|widely known|mainstream|hit|hits|big hits|box office hits|"
        "everyone has seen|everybody has seen|everyone knows|热门|"
        "大热|有名|著名|知名|最火|很火|流行|经典热门|卖座|票房高|主流|家喻户晓"
    ),
    "hidden": (
        "hidden gem|hidden gems|hidden|gem|gems|underrated|obscure|little known|lesser known|less known|"
        "overlooked|under the radar|off the beaten path|niche|indie|冷门|小众|鲜为人知|不太出名|没名气|被低估|"
        "被低估的|被忽视|遗珠|宝藏|宝藏电影|独立电影"
    ),
}
# Films that somebody keeps already: where a list is to come from.
_OWN: Final = {
    "later": (
        "watchlist|my watchlist|the watchlist|watch list|my watch list|my list|saved films|saved movies|my saved films|"
        "films i saved|movies i saved|我的片单|我的片单里|我的想看|想看列表|想看清单|从想看里|想看里|我的收藏|收藏夹|"
        "mi lista|mi lista de pendientes|lista de pendientes|mis pendientes|mi lista de películas|"
        "mi watchlist|mis guardadas|mis películas guardadas"
    ),
}
_FOREIGN: Final = "foreign|foreign-language|in a foreign language|non-english|subtitled"
_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "tone": _TONES,
    "age": _AGES,
    "order": _ORDERS,
    "country": COUNTRY_WORDS,
    "area": AREA_WORDS,
    "language": LANGUAGE_WORDS,
    "studio": STUDIO_WORDS,
    "own": _OWN,
}


def match_phrase(text: str, at: int) -> tuple[Part, int] | None:
    """Return the part that the longest phrase at a place stands for, and where it ends; None where there is none.

    Args:
        text: in lower case, blanks single.
    """
    parts, lengths = _phrases()
    for length in lengths:
        end = at + length
        part = parts.get(text[at:end].replace("-", " "))
        if part and end <= len(text) and not (text[end - 1].isascii() and _goes_on(text, end)):
            return part, end
    return None


def _goes_on(text: str, end: int) -> bool:
    """Tell whether an English word goes on at a place."""
    return text[end : end + 1].isascii() and text[end : end + 1].isalnum()


@cache
def _phrases() -> tuple[Mapping[str, Part], tuple[int, ...]]:
    """Return what phrases stand for, hyphens being blanks, and how long they are, the longest first."""
    found: dict[str, Part] = {}
    for phrase, part in _entries():
        found.setdefault(phrase.replace("-", " "), part)
    return found, tuple(sorted({len(phrase) for phrase in found}, reverse=True))


def _entries() -> Iterator[tuple[str, Part]]:
    for phrase, tag in tag_words():
        yield phrase, Part("tag", (tag,))
    for phrase in _FOREIGN.split("|"):
        yield phrase, Part("language", ("en",), is_wanted=False)
    for phrase, kind, value in spanish_phrases():
        yield phrase, Part(kind, (value,))
    for kind, table in _TABLES.items():
        for value, phrases in table.items():
            for phrase in phrases.split("|"):
                yield phrase, Part(kind, (value,))
