"""The words around genres and years in a wish: what asks, what links, what turns away, and what says nothing."""

from __future__ import annotations

import re
from typing import Final

from bot.reading import spanish_words

_END: Final = r"(?![a-z0-9'])"


def _words(english: str, chinese: str, behind: str = "", spanish: str = "") -> re.Pattern[str]:
    """Return a pattern of whole words, blanks between them counting once, or of Chinese ones anywhere."""
    whole = f"{spanish}|{english}" if spanish else english
    return re.compile(rf"(?:{whole.replace(' ', chr(92) + 's+')}){_END}{behind}|{chinese}")


# Of no meaning for a list, which never holds what was seen; said with words that else turn away.
UNSEEN: Final = _words(
    r"(?:that |which )?(?:(?:i|we) )?(?:haven'?t|have not|hasn'?t|didn'?t|never|not) (?:yet )?"
    r"(?:seen|watched|watch|see)(?: (?:yet|before|so far|already|any of))?|unseen|new to me",
    r"(?:我|我们)?(?:还)?(?:没有?|未)(?:看|瞧)过的?",
    spanish=spanish_words.UNSEEN,
)
# With whom somebody watches: of friends and brothers the film need not tell.
COMPANY: Final = _words(
    r"(?:to (?:watch|see) )?(?:with|w/|for) (?:(?:my|the|a|an|our|some) )?(?:(?:best|old|girl|boy) ?)?"
    r"(?:parents|mom|mum|mother|dad|father|grandparents|grandpa|grandma|granny|nana|grandmother|grandfather|friends?|mates?|buddies|wife|husband|spouse|partner|"
    r"fiancee?|group of friends|group|two of us|two|2 people|"
    r"roommates?|flatmates?|brothers?|sisters?|siblings|in-laws|colleagues|coworkers|crush|"
    r"gf|bf)|by myself|alone|on my own",
    r"(?:和|跟|陪|带|与|给)(?:我)?的?(?:爸妈|爸爸|妈妈|父母|爸|妈|爷爷奶奶|爷爷|奶奶|女朋友|男朋友|女友|男友|"
    r"老婆|老公|朋友|闺蜜|哥们儿?|室友|同学|同事|对象|兄弟|姐妹|弟弟|妹妹|哥哥|姐姐)(?:们)?(?:一起|一块儿?)?(?:去)?"
    r"(?:看)?|(?:自己)?一个人(?:看|在家)",
    spanish=spanish_words.COMPANY,
)
NOT: Final = _words(
    r"(?:i'?m |i am )?not in the mood for(?: anything| something)?|"
    r"(?:i |we )?(?:really )?(?:don'?t|do not|didn't) (?:really )?(?:want|like|need|feel like)"
    r"(?: any| to see| to watch)?|"
    r"(?:(?:i|we|he|she|they|who) )?(?:really )?(?:hates?|dislikes?|(?:can'?t|cannot) stand)|"
    r"(?:(?:i'?m|i am) )?(?:not into|not a (?:big |huge )?fan of|no fan of|(?:so )?(?:tired|sick|bored) of)|"
    r"anything but|everything but|other than|apart from|but (?:no|not)|and (?:no|not)|not too|no|not|"
    r"not (?:that|so|overly)|won'?t|doesn'?t|isn'?t|aren'?t|shouldn'?t|less|fewer|"
    r"without|neither|nor|except(?: for)?|excluding|minus|nothing|never|avoid|skip",
    r"不要看|不要有|不能有|不要太|不能太|不要那么|不要|不想要|不想看|不看|不喜欢|不含|不带|不是|不太|不那么|别给我|别太|别那么|别要|"
    r"别|除了|除|没有|没那么|排除|讨厌|去掉|去除|少一?点|不(?!错|知|管|过|论|同|仅|只|如|妨|可靠)",
    behind=r"[\s-]*",
    spanish=spanish_words.NOT,
)
# Not too much of it, where the thing itself is wanted: then these tags are not.
MILD: Final = re.compile(
    r"(?:but )?not (?:too|that|so|very|overly)|(?:less|fewer)\b|不要太|不能太|不要那么|不太|不那么|别太|别那么|没那么|"
    + spanish_words.MILD
)
HARSH: Final = ("brutal", "disturbing")
# Of the next word alone.
NOT_ONE: Final = re.compile(r"(?:\bnon[\s-]+|(?<![^\s,(])-)(?=[a-z])|非")
# Said behind a genre: it is the one that is not wanted.
NOT_BEHIND: Final = re.compile(
    r"\s*,?\s+no(?=\s*(?:[,.!]|$|por favor|porfa|gracias|please|thanks))|"
    r"(?:类型?|片|电影)*的?\s*(?:除外|以外|之外|就算了|就不用了|(?:不要看|不要|不看)(?=[了啦哈哦的]?(?:$|[\s,，.。;；!！、])))"
)
WANT: Final = _words(
    "but|just|only|instead|rather|prefer|want", "只要|只看|想要|想看|要|但是|但|而是|来", spanish=spanish_words.WANT
)
OR: Final = _words("or|nor", "[,/、，]|或者?|还是", spanish=spanish_words.OR)
AND: Final = _words("and|plus|mixed with", "[&+]|和|跟|与|以及|还有|加|并且|又", spanish=spanish_words.AND)
# Behind a comma: the list goes on with the genre that follows.
LISTS_ON: Final = re.compile(rf"\s*(?:,.*)?\s*(?:(?:or|nor|and){_END}|或|和)")
# Behind something that shall be only less: as much is said of what follows.
LINKED: Final = re.compile(rf"\s*(?:(?:or|nor|and|o|ni|y|e){_END}|[,，、/&+]|或|和|也|又|太|很)")
# What is said by those who want a list, and by nobody who names a film.
ASKING: Final = _words(
    r"(?:(?:can|could|would|will) (?:you|u|ya) )?(?:please |pls |plz )?(?:rec+om+end|sug+est|show|give|find|get)"
    r"(?: me| us| my \w+)?(?: (?:some|a|an|any|the))?(?: (?:good|great|nice|best))?|"
    r"(?:(?:i|we)(?:'d| would)? (?:like|love|want|wanna|need|feel like)|looking for|in the mood for|let's)"
    r"(?: (?:to )?(?:see|watch|watching|have|look at))?|"
    r"what (?:should|shall|can|could) (?:i|we) (?:watch|see)|what to watch|something|anything|somethin|smth|"
    r"sth|sumthing|smthng|"
    r"for (?:a |an |this )?(?:rainy |lazy |cold |quiet )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|evening|afternoon|night|day)|"
    r"surprise me|(?:you|u) (?:choose|decide|pick)|your (?:choice|pick)|(?:it's )?up to (?:you|u)|"
    r"whatever(?: you (?:like|want|think))?(?=\s*(?:$|[,.!]))|dealer'?s choice|"
    r"idk|i don'?t know|no preference|i don'?t (?:care|mind)|anything goes|"
    r"random(?= (?:movie|film)|$)|(?:i'm|i am|we're|we are) (?:so |a bit )?bored|"
    r"(?:what(?:'s| is| are) )?(?:the )?(?:(?:good|great|nice)(?: [0-9]+)?|[0-9]{1,2}) (?:movies?|films?)",
    r"(?:最好|好看|好|经典)的?(?=电影|影片|片子)|好?无聊啊?|随机|都可以|你定|你选|你决定|推荐|想看|来点|来些|来几部|来一?部|来|给我|有没有|有什么|有啥|有哪些|找|求|随便|看点|看什么|看个|看部",
    spanish=spanish_words.ASKING,
)
KIND: Final = _words(
    "movies?|films?|flicks?|pictures?|titles|ones?", "电影|影片|片子|片单|片", spanish=spanish_words.KIND
)
FILLER: Final = _words(
    "a|an|the|some|any|that|thats|that's|is|are|which|me|us|my|i|i'd|i'm|we|you|your|to|see|watch|please|pls|plz|"
    "good|great|nice|really|very|bit|little|for|tonight|today|this evening|evening|now|of|made|"
    "released|in order|list|kind|sort|type|genre|genres|style|would|have|do|can|could|it|be|so|also|"
    "maybe|hi|hey|hello|thanks|decade|years?|era|well|rated|must|worth|watching|ever|all|time|"
    "too|much|many|quite|pretty|rather|at all|weekend|night|mood|plot|atmosphere|vibes?|"
    "scenes?|stuff|things?|kinds?|lots?|as|on|than|who|whose|where|there|has|his|her|their|historical|history|"
    "feel|feels|feeling|more|make|makes|ending|endings|related|themed|theme|themes|yet|before|already|"
    "if possible|preferably|ideally|actually|someone|recommendations?|suggestions?|ideas?|u|ur|im|its|it's|whats|"
    "lol|lmao|haha+|hehe+|btw|tbh|pretty please|thx|ty|guys|gf|bf|girlfriend|boyfriend|wife|husband|friends? and i|"
    "tired|if|at|got|seen it|she|he|they|loves?|likes?|liked|loved|enjoyed|everyone|everybody|anyone|because|cause|"
    "go|going|need|random|lasts?|lasting|either|anywhere|what else|what|else|over|solid|decent|proper|old fashioned|"
    "wish|rainy|lazy|cold|"
    "another|others?|different|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|afternoon|day",
    "到现在|到今天|至今|的话|的|了|吗|呢|吧|啊|呀|嘛|一下|一部|一些|一点|几部|部|点儿|点|些|类型|类|型|题材|风格|那种|我们|我|你|请|帮我|"
    "帮忙|给|想|看|好看|好|不错|最好是|最好|有|是|年|那些|比较|特别|很|更|最|有点|适合|一起|今晚|今天|晚上|周末|现在|什么|"
    "可以|能|不能|上映|拍|出品|代|左右|里面?|中|值得|推荐的|故事|剧情上|感觉|气氛|氛围|情节|结局|背景|主题|相关|元素|戏|"
    "那样|这样|一样|都行|也行|子|既|下雨天|雨天|就行|就好|没关系|无所谓|哈+|嘿+|嘻+|完|大家|老婆|老公|女朋友|男朋友|女友|男友|跟|陪|也|还|都|所有|爸妈|一个人|心情|发生在|在|时期|入侵|太|非常|带|个|那|这|她|他|会|得|地|着|过|被|把|让|人|去|再|其他|别的",
    spanish=spanish_words.FILLER,
)
# What a person named behind it did.
BY: Final = _words(
    r"directed by|(?:films?|movies?|something|anything) by|by(?: director)?|director",
    r"由|导演",
    spanish=spanish_words.BY,
)
WITH: Final = _words(r"starring|featuring|with|w/|stars|played by|acted by", r"主演|由", spanish=spanish_words.WITH)
MADE_BEHIND: Final = re.compile(r"(?:'s)?\s*(?:导演|执导|拍的)的?")
PLAYED_BEHIND: Final = re.compile(r"\s*(?:领衔主演|主演|参演|出演|饰演|演)的?")
# Where something else begins, what was not wanted before does not reach.
SETTING: Final = _words(
    r"from|in|set in|set on|set at|about|based on", r"关于|讲述|讲|来自|改编自|以", spanish=spanish_words.SETTING
)
OF: Final = re.compile(r"的\s*(?!电影|影片|片|和|与|或|、|及|$|[,，。!！])")
# "Shorter" and the like, of a film that is named: each word with what is asked.
THAN: Final = {
    "shorter": re.compile(rf"shorter{_END}|mas (?:cort[oa]s?|breves?){_END}|短(?:一点|点|一些|些)"),
    "longer": re.compile(rf"longer{_END}|mas larg[oa]s?{_END}|长(?:一点|点|一些|些)"),
    "newer": re.compile(
        rf"(?:newer|more (?:recent|modern)|mas (?:nuev[oa]s?|recientes?|modern[oa]s?)){_END}|"
        r"(?:更新|新)(?:一点|点|一些|些)"
    ),
    "older": re.compile(rf"(?:older|mas (?:antigu[oa]s?|viej[oa]s?)){_END}|(?:更老|老)(?:一点|点|一些|些)"),
}
# Of "<" and ">" those before a number say what it bounds.
BLANK: Final = re.compile(r"(?:[\s.!?;:~…。！？；：（）()\[\]{}*_|\"'“”‘’《》【】^=%$#@\\`-]|[<>](?!=?\s*[0-9]))+")
WORD: Final = re.compile(r"[a-z0-9][\w'+-]*|.", re.DOTALL)
