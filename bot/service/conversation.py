"""Plain text: small talk, a wish for a list, or a title."""

from __future__ import annotations

from collections.abc import Callable

from bot.catalogue.file_names import title_in_file_name
from bot.catalogue.likeness import BEGINS
from bot.catalogue.links import read_link
from bot.catalogue.search import EXACT, MIN_SCORE, SURE
from bot.messages import small_talk
from bot.messages.clipping import clean
from bot.reading.small_talk import Talk, read_small_talk
from bot.reading.wishes import LONGEST, Wish
from bot.service import notices
from bot.service.search import search
from bot.service.service import Reply, Service, Turn, Visit
from bot.service.wishes import read, recommend_wish


def answer(service: Service, turn: Turn, text: str) -> Reply:
    """Answer what a person writes, whatever it is."""
    words = clean(text)
    talk = read_small_talk(words)
    if talk and not (talk.may_be_title and _likeness(service, words) >= EXACT):
        return _talk(service, turn, talk)
    if len(words) <= LONGEST and read_link(words) is None and title_in_file_name(words) is None:
        wish = read(service, words)
        if is_wish(wish, lambda: _likeness(service, words)):
            return recommend_wish(service, turn, words, wish)
    return search(service, turn, text)


def _talk(service: Service, turn: Turn, talk: Talk) -> Reply:
    if talk is Talk.HELP:
        return notices.show_help(service, turn)

    def reply(visit: Visit) -> Reply:
        return Reply((small_talk.answer(visit.words, talk.value),))

    return service.visit(turn, reply)


def is_wish(wish: Wish, likeness: Callable[[], float]) -> bool:
    """Tell whether a text is plainly a wish and not a film's title: "scary movie" is a film's, "western" is not.

    Args:
        likeness: how well the best title answers to the text; costly, and only asked where it matters.
    """
    if wish.is_bare_genre:
        return True
    if wish.is_empty:
        return wish.is_asked and likeness() < (MIN_SCORE if wish.unknown else EXACT)
    if wish.unknown:
        return (wish.is_asked or not wish.is_vague) and likeness() < SURE
    return likeness() < (BEGINS if wish.is_bare_year or wish.is_vague else EXACT)


def _likeness(service: Service, words: str) -> float:
    return max((match.score for match in service.titles.search(words, 1)), default=0.0)
