"""Greetings, thanks and the like: what is neither a title nor a wish."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final


class Talk(Enum):
    """What somebody says to be polite, or to be told what can be said."""

    GREETING = "greeting"
    THANKS = "thanks"
    BYE = "bye"
    FINE = "fine"
    HELP = "help"
    MORE = "more"
    MARKING = "marking"

    @property
    def may_be_title(self) -> bool:
        """Tell whether films may be called that: No, Good, Goodbye, Next."""
        return self in (Talk.BYE, Talk.FINE, Talk.MORE, Talk.MARKING)


# The first kind that a text has wins: "ok thanks bye" is thanks.
_WORDS: Final[dict[Talk, str]] = {
    Talk.HELP: (
        r"help(?: me)?|what can (?:you|i) do|what do you do|who are you|what are you|what is this|"
        r"what can (?:this|it|the) ?(?:bot)? do|how (?:does|do) (?:this|it|the|this bot|the bot) work|"
        r"how (?:do i|to|can i|should i) use (?:this|it|you|the bot|this bot)|how to use|instructions|user guide|"
        r"are you (?:a )?(?:ro)?bot|"
        r"ayuda|ayúdame|qué (?:puedes|sabes|haces|hace)(?: hacer)?(?: este bot)?|para qué sirve[s]?(?: este bot)?|"
        r"quién eres|cómo (?:te |se |lo )?(?:uso|usa|funciona|funcionas)(?: esto| este bot| el bot)?|instrucciones|"
        r"帮助|帮帮我|使用(?:说明|方法|教程|指南)|(?:有|都有)(?:什么|哪些|啥)(?:功能|命令|指令)|你是谁|你是什么|"
        r"(?:你|这个?)?(?:都)?(?:会|能|可以)(?:做|干)?(?:些)?(?:什么|啥)|(?:这个?|要|该|应该)?(?:怎么|如何|咋)(?:使?用|玩|操作)|"
        r"你是机器人吗"
    ),
    Talk.MORE: (
        r"(?:show (?:me )?|give (?:me )?|i want |some |a few |any )?(?:more|others?)"
        r"(?: (?:films|movies|ones|of (?:them|these)))?|"
        r"next(?: one| ones| page| list| films?| movies?)?|another(?: one| list| film| movie)?|one more|"
        r"(?:something|anything) (?:else|different)|not (?:these|those|this one|that one|this|that)|"
        r"(?:(?:something|films?|movies?|more) )?(?:like|similar to) (?:this|that|these|those)(?: ones?)?|"
        r"more of (?:this|that|these|those)|(?:i )?dont like (?:these|them)|"
        r"(?:ive |i have )?seen (?:them all|all of (?:them|these))|"
        r"(?:quiero |dame |muéstrame |ponme )?(?:m[áa]s|otr[ao]s?)(?: (?:películas?|pelis?|listas?|cosas?|más))?|"
        r"(?:la )?siguiente(?: película| peli)?|(?:algo |más |películas )?(?:como|parecidas? a) (?:estas?|esas?)|"
        r"algo (?:más|distinto|diferente)|ya las he visto|no me gustan(?: estas| esas)?|ningun[ao]|"
        r"(?:这些)?都看过了?|"
        r"换一?(?:批|换|个|部|些|组)|再来(?:一?(?:批|部|个|些|点)|几[部个])?|再推荐(?:一?(?:部|些|点)|几部)?|多来(?:几部|点)|"
        r"下一?(?:批|个|部|页|组)|(?:我?还?要|来点)?更多|还有(?:吗|没有|别的吗?|其他的?吗?|更多吗?)|来点别的|别的|其他的?|类似的|"
        r"(?:跟|和|像)?(?:这个|这部|这些)(?:一样|类似|差不多)的"
    ),
    Talk.MARKING: (
        r"(?:i(?:ve| have)? )?(?:already |just )?(?:seen|watched|saw) (?:it|that|this|them|those|these)"
        r"(?: one| all| films?| movies?)?(?: already| before)?|"
        r"i (?:really )?(?:liked|loved|hated|enjoyed) (?:it|this|that)(?: one| film| movie)?|"
        r"i didnt like (?:it|this|that)(?: one| film| movie)?|already watched|"
        r"(?:already )?seen|not interested|not for me|skip(?: it| this)?(?: one)?|"
        r"(?:i )?dont (?:like|want)(?: to (?:see|watch))? (?:it|this|that)(?: one)?|"
        r"[0-9]{1,2}(?: 5)? ?(?:/ ?(?:5|10)|stars?|estrellas?|颗?星|分)|[★⭐]{1,5}|"
        r"cancel|undo|delete(?: it| this| that)?|"
        r"(?:(?:esa|esta|esas|estas) )?ya las? (?:vi|he visto)|(?:no )?me (?:gustó|gustaron|encantó|encantaron)|"
        r"ya las? conozco|no me interesan?|no me gusta|no me apetece|cancelar|deshacer|saltar|"
        r"(?:我)?(?:都|已经)?看过了?|没兴趣|不感兴趣|不好看|难看|(?:我)?(?:不喜欢|不想看)(?:这个|这部|这些)?|取消|撤销|跳过|删除"
    ),
    Talk.THANKS: (
        r"(?:many )?thanks+|thank (?:you|u)|thankyou|thx+|thnx|tnx|ty|tysm|cheers|much appreciated|appreciate it|"
        r"merci|(?:muchas |mil )?gracias|danke|"
        r"谢+|谢谢|多谢|感谢|谢啦|辛苦|3q|蟹蟹|🙏+|❤+|💐+|🌹+"
    ),
    Talk.GREETING: (
        r"hi+|he+y+|hello+|helo|hallo|hola|yo|howdy|hiya|greetings|"
        r"good (?:morning|afternoon|evening|day)|morning|whats up|sup|how are you(?: doing)?(?: today)?|how do you do|"
        r"nice to meet you|"
        r"buen(?:os|as) (?:días|dias|tardes|noches)|buenas|qué tal|"
        r"你好吗|你好|您好|嗨+|哈喽|哈啰|哈罗|嘿+|早|早安|早上好|上午好|中午好|下午好|晚上好|在吗|在么|在不在|👋+"
    ),
    Talk.BYE: (
        r"(?:good)?bye+(?: bye)?|good night|night|see (?:you|ya|u)(?: later| soon| tomorrow| around)?|"
        r"later|cya|take care|"
        r"adiós|adios|hasta (?:luego|pronto|mañana)|chao|chau|nos vemos|"
        r"再见|拜+|拜拜|晚安|回头见|下次见|走了"
    ),
    Talk.FINE: (
        r"good job|good bot|ok+|okay|okey|k|kk|cool|great|nice|good|fine|perfect|awesome|amazing|wow|lol|lmao|"
        r"(?:ha)+h?|(?:he){2,}|(?:ja){2,}j?|(?:je){2,}|"
        r"yes|yeah|yep|yup|sure|nope|nah|no (?:more|más)|no|alright|all right|got it|"
        r"i see|well done|i like it|love it|never ?mind|test(?:ing)?|"
        r"vale|genial|perfecto|estupendo|de acuerdo|sí|claro|"
        r"好的|好吧|好+|行|可以|嗯+|哦+|噢|哈+|嘻+|呵+|不错|很好|太好了|真棒|棒|赞|厉害|牛|是的|是|对|不是|不用|不|没事|"
        r"算了|知道了|明白|收到|测试|"
        r"[👍👌😀-😆😉-😎🙂🙃🤗🤣🎉✅💯]+"
    ),
}
_FILLERS: Final = (
    r"there|bot|reelmate|man|dude|mate|friend|buddy|again|everyone|so much|very much|a lot|lots|a bunch|"
    r"for (?:that|this|it|the help|your help)|"
    r"请问|想问一?下|问一?下|"
    r"to you|and|then|now|please|你|您|啊|呀|呢|哦|啦|了|哈|的|吧|哟|嘛|这个|这|机器人|大家|各位|非常|太|真的|很|给力"
)
# A word of ours is no part of a longer one: "hi" does not begin "his".
_KINDS: Final[tuple[tuple[Talk | None, re.Pattern[str]], ...]] = tuple(
    (talk, re.compile(rf"(?:{words})(?![a-z0-9])")) for talk, words in (*_WORDS.items(), (None, _FILLERS))
)
_SIGNS: Final = re.compile(r"[\s,.!?¡¿~…。，！？～、;:'\"()\-\ufe0f]+")
_LONGEST: Final = 60


def read_small_talk(text: str) -> Talk | None:
    """Return what kind of talk a text is; None where anything else is in it."""
    words = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if len(words) > _LONGEST:
        return None
    kinds = _kinds_in(_SIGNS.sub(" ", words.replace("'", "")).strip())
    return next((talk for talk in _WORDS if talk in kinds), None)


def _kinds_in(words: str) -> set[Talk]:
    """Return the kinds of all that is said; none where something is no small talk."""
    kinds, at = set[Talk](), 0
    while at < len(words):
        found = [(kind.match(words, at), talk) for talk, kind in _KINDS]
        end, talk = max(
            ((match.end(), talk) for match, talk in found if match), key=lambda one: one[0], default=(at, None)
        )
        if end == at:
            return set()
        kinds |= {talk} if talk else set()
        at = end + (words[end : end + 1] == " ")
    return kinds
