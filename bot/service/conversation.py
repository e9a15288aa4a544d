"""Plain text: the answer to a question, small talk, a wish for a list, or a title."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.catalogue.file_names import title_in_file_name
from bot.catalogue.likeness import BEGINS
from bot.catalogue.links import read_link
from bot.catalogue.phrasing import says_seen
from bot.catalogue.search import EXACT, MIN_SCORE, SURE
from bot.messages import small_talk
from bot.messages.clipping import clean
from bot.messages.digest import frequency_in
from bot.messages.wishes import name_series
from bot.reading.hours import read_hour
from bot.reading.places import NOWHERE, Place, guess_place, read_place
from bot.reading.small_talk import Talk, read_small_talk
from bot.reading.wish import Wish
from bot.reading.wishes import LONGEST
from bot.service import digest, notices
from bot.service.digest import ANY_HOUR, Said
from bot.service.lists import recommend
from bot.service.search import search, search_to_rate
from bot.service.service import Reply, Service, Turn, Visit
from bot.service.several import find_several
from bot.service.wished import likes_of
from bot.service.wishes import read, recommend_wish

# Of a text with so many things understood what is not understood matters less: titles that answer to some of its words
# are not meant.
PLAIN: Final = 2
NAMES: Final = 0.9
# "rate Alien 5", which is no search for a fifth part.
_RATED: Final = re.compile(r"(?:rate|puntúa|puntua|给)\s*(.+\s[0-5](?:[.,]5)?)", re.IGNORECASE)


def answer(service: Service, turn: Turn, text: str) -> Reply:
    """Answer what a person writes, whatever it is."""
    words = clean(text)
    hour = read_hour(words.casefold())
    if hour and not hour[1] and (often := service.store.read(lambda tx: digest.hour_asked(tx, turn.person))):
        return digest.say_plan(service, turn, Said(often, hour[0]))
    if service.store.read(lambda tx: digest.is_place_asked(tx, turn.person)):
        place = _read_place(service, words)
        if place:
            return digest.say_place(service, turn, place)
        if _is_nothing_else(service, words):
            return digest.say_unknown_place(service, turn, words)
    if "\n" in text.strip() and find_several(text, service.titles.search, least=EXACT):
        return search(service, turn, text)
    if rated := _RATED.fullmatch(words):
        return search_to_rate(service, turn, rated[1])
    talk = read_small_talk(words)
    if talk and not (talk.may_be_title and service.titles.called(words)):
        return _talk(service, turn, talk)
    if says_seen(words):
        return search(service, turn, text)
    if len(words) <= LONGEST and read_link(words) is None and title_in_file_name(words) is None:
        wish = read(service, words)
        series = series_alone(wish)
        if series and _likeness(service, words) < EXACT:  # The Super Mario Bros. Movie is one film
            return search(service, turn, series)
        if is_wish(wish, lambda: _likeness_to_others(service, words, wish)):
            return recommend_wish(service, turn, words, wish)
    return search(service, turn, text)


def answer_digest(service: Service, turn: Turn, text: str) -> Reply:
    """Answer what stands behind /digest and is no frequency alone: a place, an hour, all three, or nothing it takes."""
    place = _read_place(service, clean(text))
    if place:
        return digest.say_place(service, turn, place)
    said = _read_plan(service, clean(text).casefold())
    return digest.say_plan(service, turn, said) if said else digest.show_settings(service, turn, usage=True)


def _read_plan(service: Service, words: str) -> Said | None:
    """Return how often, when and where a digest shall come, as a text says; None where it says anything else."""
    often, left = frequency_in(service.words, words) or (None, words)
    hour, left = read_hour(left) or (ANY_HOUR, left)
    left = re.sub(r"^[\s,;，]*(?:(?:at|in|on|from|en|para|in the)\b)?|[\s,;，]+$", "", left).strip()
    place = _read_place(service, left) if left else NOWHERE
    if (left and not place) or (often is None and hour == ANY_HOUR):
        return None
    return Said(often, hour, place)


def _read_place(service: Service, words: str) -> Place:
    """Return the place that somebody names; a slip is forgiven where no film is called so."""
    now = service.store.read(lambda tx: tx.now)
    place = read_place(words, now)
    return place if place or _likeness(service, words) >= EXACT else guess_place(words, now)


def _is_nothing_else(service: Service, words: str) -> bool:
    """Tell whether a text makes no sense but as an answer to the question where somebody is."""
    return read_small_talk(words) is None and read(service, words).is_empty and _likeness(service, words) < SURE


def _talk(service: Service, turn: Turn, talk: Talk) -> Reply:
    if talk is Talk.HELP:
        return notices.show_help(service, turn)
    if talk is Talk.MORE:
        return recommend(service, turn)

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
    if wish.is_contradictory:
        return likeness() < SURE
    if name_series(wish.unknown):
        return likeness() < EXACT
    if wish.is_empty:
        if wish.is_asked:
            return likeness() < (MIN_SCORE if wish.unknown else EXACT)
        return wish.names_several and (not wish.unknown or likeness() < SURE)
    if wish.is_bare_name or (wish.unknown and wish.is_bare_part):
        return False
    if wish.unknown:
        is_sure = len(wish.wanted.every_part) >= PLAIN
        return (wish.is_asked or not wish.is_vague) and likeness() < (NAMES if is_sure else SURE)
    return likeness() < (BEGINS if wish.is_bare_year or wish.is_vague else EXACT)


def series_alone(wish: Wish) -> str | None:
    """Return the series of which all films are asked for, and nothing else; None for any other wish."""
    parts = wish.wanted.every_part
    is_series = len(parts) == 1 and parts[0].kind == "series" and parts[0].is_wanted
    return parts[0].values[0] if is_series and not wish.unknown else None


def _likeness_to_others(service: Service, words: str, wish: Wish) -> float:
    """Return how well the best title answers to a text, unless it is that of the film that others shall be like."""
    best = next(iter(service.titles.search(words, 1)), None)
    is_seed = best is not None and best.movie_id in likes_of(wish.wanted) and not service.titles.called(words)
    return 0.0 if best is None or is_seed else best.score


def _likeness(service: Service, words: str) -> float:
    return max((match.score for match in service.titles.search(words, 1)), default=0.0)
