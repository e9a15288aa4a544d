"""What people put around a title: "do you have ...", "the film ...", "... 这部电影"."""

from __future__ import annotations

import re
from typing import Final

from bot.catalogue.series_names import series_called

_BEFORE: Final = re.compile(
    r"^¿?(?:(?:please|hey|hi|hello|ok|and|what about|how about|do you (?:have|know)|have you (?:got|seen|heard of)|"
    r"i(?:'ve| have)? (?:just )?(?:saw|seen|watched|rated?)|i (?:want|would like|'d like) to (?:see|watch|rate)|"
    r"(?:(?:something|anything|(?:some |a )?(?:movies?|films?)) (?:with|by|starring|directed by|like|similar to))|"
    r"(?:you|u) (?:must|should|have to|need to|gotta) (?:see|watch)|check out|(?:let's|lets) watch|"
    r"(?:has|did) any(?:one|body) (?:seen?|watch(?:ed)?)|"
    r"(?:quiero|quisiera) ver|(?:ya )?(?:he visto|vi)|(?:tienes|conoces|búsca(?:me)?|busca(?:me)?)|"
    r"(?:(?:la|una) )?pel[íi](?:cula)?(?: llamada)?|"
    r"i(?:'d| would)? (?:like|liked|love|loved|hated?|give|gave|rate|rated)|(?:he|she|my \w+) (?:liked|loved|hated)|"
    r"what do you think (?:of|about)|tell me (?:more )?about|who (?:directed|made|starred in|stars in|plays in|is in)|"
    r"(?:the |a )?(?:trailers?|plot|story|summary|synopsis|cast|reviews?|soundtrack|ending|sequels?) (?:for|of|to)|"
    r"(?:is|are|was) there (?:a|an|any|another) sequels? (?:to|of|for)|"
    r"where (?:can|could|do) (?:i|you|we) (?:watch|see|find|stream|rent)|where to (?:watch|see|find|stream|rent)|"
    r"i(?:'ve| have)? already (?:saw|seen|watched|rated)|what happens in|how (?:good|bad|old|scary) is|"
    r"tr[áa]iler de|de qu[ée] (?:trata|va)|d[óo]nde (?:puedo )?(?:ver|encontrar)|cu[áa]nto dura|"
    r"qu[ée] tal (?:est[áa]|es)|"
    r"qui[ée]n (?:dirigi[óo]|hizo|sale en|act[úu]a en)|cu[áa]ndo (?:se estren[óo]|sali[óo])|secuelas? de|"
    r"when (?:was|did|does|will)|how long is|what(?:['’]?s| is)|is|add|save|put|mark|remove|seen|watched|already seen|"
    r"(?:añade|añadir|agrega|agregar|guarda(?:me)?|guárdame|guardar|quita|quitar)|le doy|"
    r"(?:find|search|look)(?: me)?(?: for)?|show me|rate|watch|open|"
    r"(?:the |a )?(?:movie|film)(?: called| named)?|called|named)[\s:,]+)+",
    re.IGNORECASE,
)
# How many stars somebody gives, behind a title.
RATED: Final = re.compile(
    r"[\s:,\-–—]*(?:打|给)?(?:(?:(?:10|\d)(?:[.,]5)?)\s*(?:/\s*(?:5|10)|out of (?:5|10)|stars?|estrellas?|points?|"
    r"puntos?|颗?星|分)|[★⭐]{1,5}\ufe0f?½?|[:–—-]\s*(?:10|\d(?:[.,]5)?))\s*$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"[\s,]+(?:please|(?:the |a )?(?:movies?|films?)|full movie|trailer|reviews?|plot|cast|poster|explained|imdb|"
    r"c[ao]me out|coming out|(?:ending )?explained|ending|summary|synopsis|soundtrack|sequels?|(?:imdb )?rating|"
    r"online|streaming|with subtitles|"
    r"on (?:netflix|hbo(?: max)?|hulu|disney(?: plus|\+)?|prime(?: video)?|amazon|apple tv)|"
    r"(?:any )?good|worth (?:it|watching|seeing)|about|released|made|"
    r"(?:to|from|on|in) (?:my |the )?(?:watch ?list|list)|as seen|a (?:mi|la) lista|de (?:mi|la) lista|the)"
    r"(?P<end>[\s?!.]*|\s+\(?[12]\d{3}\)?\s*)$",
    re.IGNORECASE,
)
# What is left of no title: "the trailer".
_NOTHING: Final = frozenset({"", "the", "a", "an", "el", "la", "los", "las"})
# Of "The Series" nothing would be left.
_LONGEST_ARTICLE: Final = 3
# All films of a series together. A trilogy of any name is one of films; "korean series", "horror collection" are none.
_WHOLE: Final = re.compile(
    r"\s*(?:\b(?:trilogy|trilogía|saga|franchise|(?P<other>series|collection)|box set|movies in order)|"
    r"三部曲|四部曲|全系列|系列|全集|合集)"
    r"[\s?!.]*$",
    re.IGNORECASE,
)
_CHINESE_BEFORE: Final = re.compile(
    r"^(?:谁(?:导演|拍|演|主演)(?:了|的)?|(?:在)?(?:哪里|哪儿|哪)(?:可以|能)?看|已经|请|帮我|给我|给|把|我|看过|看了|想要|想|要|看|搜索|搜一下|找一下|找|搜|查|喜欢|刚|有没有|有|电影|影片|一部|叫|打分|评分|类似于?|像)+\s*"
)
_CHINESE_BEHIND: Final = re.compile(
    r"\s*(?:这部|这个|那部|一样|那样|导演|主演|演|拍)?的?(?:电影|影片|片子|作品|加入想看|加到想看|加入片单|加到片单|打分|预告片?|导演是谁|主演是谁|(?:是)?谁(?:导演|拍|演|主演)的?|讲(?:的|了)?(?:是)?(?:什么|啥)|(?<!不)好看|好不好看|"
    r"怎么样|在?(?:哪里|哪儿|哪)(?:可以|能)?看|(?:是)?什么时候(?:上映|出)的?|(?<=.)了|有续集|有没有续集|续集|多长|多少分|评分|豆瓣|吗|呢|吧|[？?！!。])+$"
)
# "Rate Alien 5", "ponle un 4 a Alien", 给异形打8分: the number is no part of a series.
_RATING: Final = re.compile(
    r"^(?:rate|give|score|punt[úu]a|puntuar|califica|calificar)[\s:]+(?P<title>.+?)"
    r"[\s,]+(?:an?\s+|with\s+|con\s+)*(?:un\s+)?(?:10|\d(?:[.,]5)?)\s*"
    r"(?:/\s*(?:5|10)|stars?|estrellas?|points?|puntos?)?\s*$"
    r"|^(?:ponle|le pongo|le doy)\s+(?:un[ao]?\s+)?(?:10|\d(?:[.,]5)?)\s+(?:estrellas?\s+|puntos?\s+)?"
    r"a\s+(?P<spanish>.+)$",
    re.IGNORECASE,
)
# What was seen is looked for, and not films like it.
_SEEN: Final = re.compile(
    r"^(?:(?:i(?:'ve|’ve| have)?\s+)?already\s+(?:saw|seen|watched)\s|ya\s+(?:vi|he visto)\s|我?(?:已经|早就)看[过了])"
    r"[^,，;；]+$|^我?看过[^,，;；]+了[\s。！!.]*$",
    re.IGNORECASE,
)
_QUOTES: Final = re.compile(r"^[\s\"“”'‘’«»„《》〈〉「」『』]+|[\s\"“”'‘’«»„《》〈〉「」『』?？!！。]+$")


def bare_title(query: str) -> str:
    """Return a query without what is said around the title; the query itself where nothing would be left."""
    rating = _RATING.match(query)
    given = (rating["title"] or rating["spanish"]) if rating else query
    text = _BEHIND.sub(r"\g<end>", _BEFORE.sub("", RATED.sub("", given)))
    text = _QUOTES.sub("", _CHINESE_BEHIND.sub("", _CHINESE_BEFORE.sub("", text)))
    return text if text.casefold() not in _NOTHING else query


def says_seen(text: str) -> bool:
    """Tell whether a text says that a film was seen already: "I already saw Alien"."""
    return _SEEN.match(text) is not None


def series_name(query: str) -> str:
    """Return a query for all films of a series as that series' name; the query itself where it asks for no such thing.

    >>> series_name("lord of the rings trilogy")
    'lord of the rings'
    """
    found = _WHOLE.search(query)
    name = query[: found.start()] if found else query
    if found and found["other"] and series_called(name) is None:
        return query
    return name if len(name) > _LONGEST_ARTICLE or not name.isascii() else query
