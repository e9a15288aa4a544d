"""Who made a film that is named, instead of their name: "by the guy who made Parasite", 拍《寄生虫》的导演."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.known import Known
from bot.reading.titles_said import titles_at

_WHO: Final = re.compile(
    r"(?:by |from |with |something by )?(?:the )?same (?:director|filmmaker)s? "
    r"(?:as|of|that made|who made)\s+(?P<same>.+)"
    r"|(?:by |from |something by )?the (?:same )?(?:guys?|man|woman|dude|person|people|ones?|directors?|makers?|"
    r"filmmakers?)(?: (?:who|that))? (?:made|directed|did|shot|behind|of)\s+(?P<english>.+)"
    r"|(?:by |from )?who(?:ever|soever) (?:made|directed|did|shot)\s+(?P<whoever>.+)"
    r"|(?:de|del|de la) (?:(?:mism[oa] )?directora?|que|tip[oa]|chic[oa]) (?:que )?(?:(?:hizo|dirigio|rodo|de)\s+)?"
    r"(?P<spanish>.+)"
    r"|拍(?:了|过)?\s*(?P<chinese>.+)"
)
_BEHIND: Final = re.compile(r"\s*的?(?:那个|那位)?(?:导演|人)的?(?:其他|别的)?(?:的)?(?:电影|作品|片子)?")


def read_maker(text: str, at: int, known: Known) -> tuple[str, int] | None:
    """Return who made the film named behind words for its maker, and where that ends; None where nobody is."""
    found = _WHO.match(text, at)
    if found is None:
        return None
    group = next(group for group in ("english", "same", "whoever", "spanish", "chinese") if found[group])
    for title, end in titles_at(text, found.start(group)):
        behind = _BEHIND.match(text, end) if group == "chinese" else None
        if group == "chinese" and behind is None:
            continue
        movie_id = known.film_called(title)
        maker = None if movie_id is None else known.maker_of(movie_id)
        if maker is not None:
            return maker, behind.end() if behind else end
    return None
