"""The words around genres and years in a wish: what asks, what links, what turns away, and what says nothing."""

from __future__ import annotations

import re
from typing import Final

_END: Final = r"(?![a-z0-9'])"


def _words(english: str, chinese: str, behind: str = "") -> re.Pattern[str]:
    """Return a pattern of whole English words, blanks between them counting once, or of Chinese ones anywhere."""
    return re.compile(rf"(?:{english.replace(' ', chr(92) + 's+')}){_END}{behind}|{chinese}")


NOT: Final = _words(
    r"(?:i )?(?:really )?(?:don'?t|do not|didn't) (?:really )?(?:want|like|need|feel like)(?: any| to see| to watch)?|"
    r"(?:i )?hate|anything but|everything but|other than|apart from|but (?:no|not)|and (?:no|not)|not too|no|not|"
    r"without|except(?: for)?|excluding|minus|nothing|never|avoid|skip",
    r"不要看|不要|不想要|不想看|不看|不喜欢|不含|不带|不是|别给我|别要|别|除了|除|没有|排除|讨厌|去掉|去除",
    behind=r"[\s-]*",
)
# Of the next word alone.
NOT_ONE: Final = re.compile(r"(?:\bnon[\s-]+|-)(?=[a-z])|非")
# Said behind a genre: it is the one that is not wanted.
NOT_BEHIND: Final = re.compile(r"(?:类型?|片|电影)*的?\s*(?:不要看|不要|不看|除外|以外|之外|就算了|就不用了)")
WANT: Final = _words("but|just|only|instead|rather|prefer|want", "只要|只看|想要|想看|要|但是|但|而是|来")
OR: Final = _words("or|nor", "[,/、，]|或者?|还是")
AND: Final = _words("and|plus|mixed with", "[&+]|和|跟|与|以及|还有|加|并且|又")
# Behind a comma: the list goes on with the genre that follows.
LISTS_ON: Final = re.compile(rf"\s*(?:,.*)?\s*(?:(?:or|nor|and){_END}|或|和)")
# What is said by those who want a list, and by nobody who names a film.
ASKING: Final = _words(
    r"(?:(?:can|could|would|will) you )?(?:please )?(?:recommend|suggest|show|give|find|get)"
    r"(?: me| us| my \w+)?(?: (?:some|a|an|any|the))?(?: (?:good|great|nice|best))?|"
    r"(?:(?:i|we)(?:'d| would)? (?:like|love|want|wanna|need|feel like)|looking for|in the mood for|let's)"
    r"(?: (?:to )?(?:see|watch|watching|have|look at))?|"
    r"what (?:should|shall|can|could) (?:i|we) (?:watch|see)|what to watch|something|anything|somethin|"
    r"surprise me|(?:i'm|i am|we're|we are) (?:so |a bit )?bored|"
    r"(?:what(?:'s| is| are) )?(?:the )?(?:(?:best|good|great|top|nice)(?: [0-9]+)?|[0-9]{1,2}) (?:movies?|films?)",
    r"(?:最好|好看|好|经典)的?(?=电影|影片|片子)|好?无聊啊?|随机|推荐|想看|来点|来些|来几部|来一?部|来|给我|有没有|有什么|有啥|有哪些|找|求|随便|看点|看什么|看个|看部",
)
KIND: Final = _words("movies?|films?|flicks?|pictures?|titles|ones?", "电影|影片|片子|片单|片")
FILLER: Final = _words(
    "a|an|the|some|any|that|thats|that's|is|are|which|me|us|my|i|i'd|i'm|we|you|your|to|see|watch|please|pls|plz|"
    "good|great|nice|best|top|really|very|bit|little|for|tonight|today|this evening|evening|now|from|in|of|made|"
    "released|set|with|list|kind|sort|type|genre|genres|style|like|want|would|have|do|can|could|but|it|be|so|also|"
    "maybe|hi|hey|hello|thanks|decade|years?|era|well|rated|famous|popular|must|worth|watching|ever|all|time",
    "的话|的|了|吗|呢|吧|啊|呀|嘛|一下|一部|一些|一点|几部|部|点儿|点|些|类型|类|型|题材|风格|那种|我们|我|你|请|帮我|"
    "帮忙|给|想|看|好看|好|不错|最好|有|是|年|那些|比较|特别|很|更|最|有点|关于|适合|一起|今晚|今天|晚上|周末|现在|什么|"
    "可以|能|不能|上映|拍|出品|代|左右|里面?|中|值得|高分|评分高|热门|推荐的",
)
BLANK: Final = re.compile(r"[\s.!?;:~…。！？；：（）()\[\]{}<>*_|\"'“”‘’《》【】^=%$#@\\`-]+")
WORD: Final = re.compile(r"[a-z0-9][\w'+-]*|.", re.DOTALL)
