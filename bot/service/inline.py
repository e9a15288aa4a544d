"""Films for an inline query: today's five, a wish or a title. It only reads: who asks may be somebody unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.catalogue.links import read_link
from bot.messages import Words
from bot.messages import inline as messages
from bot.messages.clipping import clean, utf16_units
from bot.messages.lists import LIST_SIZE
from bot.outgoing import InlineAnswer
from bot.service.among import as_new
from bot.service.conversation import is_wish
from bot.service.films import film_states
from bot.service.finding import find
from bot.service.search import LONGEST_QUERY, find_linked, find_titles
from bot.service.service import Service
from bot.service.wished import is_fitting, likes_of
from bot.service.wishes import find_wished, read
from bot.storage.tx import Tx
from bot.wanted import Wanted
from recommender.domain import Filters, MovieId, Recommendation, UserId

# Cards in an answer, and of one query in all.
PAGE: Final = 10
MOST: Final = 50
# Every day has another page of the best, in turn.
PAGES_IN_TURN: Final = 3


@dataclass(frozen=True, slots=True)
class InlineQuestion:
    """What somebody typed behind the bot's name in some chat.

    Attributes:
        offset: how many films were scrolled past.
        bot: the bot's address.
    """

    person: UserId
    telegram_language: str | None
    text: str
    offset: int
    bot: str


@dataclass(frozen=True, slots=True)
class _Offered:
    """Films in their order from the offset on, as far as they are known, and the chances of a like."""

    films: Sequence[MovieId]
    chances: Mapping[MovieId, float]
    has_more: bool = False


def offer_films(service: Service, question: InlineQuestion) -> InlineAnswer:
    """Return the films that answer a query; nothing of it is stored."""
    text = clean(question.text)
    if utf16_units(text) > LONGEST_QUERY:
        return messages.too_long(_words(service, question))
    if not text:
        return _worded(service, question, _todays(service, question.person))
    if not any(map(str.isalnum, text)):
        return messages.no_letters(_words(service, question))
    return _worded(service, question, _asked(service, question, text))


def _asked(service: Service, question: InlineQuestion, text: str) -> _Offered:
    link = read_link(text)
    if link is not None:
        movie = find_linked(service, link)
        return _searched(service, question, [] if movie is None else [movie.id])
    # Most of what comes are titles half typed; a search that forgives slips takes ten times as long.
    matches, wish = service.titles.typed(text, MOST), read(service, text)
    likeness = max((match.score for match in matches if match.movie_id not in likes_of(wish.wanted)), default=0.0)
    if is_wish(wish, lambda: likeness) and not wish.is_contradictory:
        return _paged(question, lambda size: _wished(service, question.person, wish.wanted, size))
    return _searched(service, question, [match.movie_id for match in matches or find_titles(service, text)])


def _todays(service: Service, person: UserId) -> _Offered:
    """Return today's five; somebody who asks again gets the same until they rate or are shown some of them."""
    found = find(service, person, size=PAGES_IN_TURN * LIST_SIZE)
    today = service.store.read(lambda tx: tx.now).toordinal()
    first = today % max(1, len(found) // LIST_SIZE) * LIST_SIZE
    return _offered(found[first : first + LIST_SIZE])


def _wished(service: Service, person: UserId, wish: Wanted, size: int) -> list[Recommendation]:
    """Return what is as the wish says, or what comes nearest where nothing is."""
    if not wish:
        return find(service, person, size=size)
    found = find_wished(service, person, wish, size=size)[1]
    return [one for one in found if is_fitting(one)] or found


def _paged(question: InlineQuestion, find_first: Callable[[int], Sequence[Recommendation]]) -> _Offered:
    """Return a page of what is found, and whether more follows."""
    behind = question.offset + PAGE
    found = find_first(min(behind + 1, MOST))
    return replace(_offered(found[question.offset : behind]), has_more=len(found) > behind)


def _offered(found: Sequence[Recommendation]) -> _Offered:
    chances = {one.movie_id: one.like_probability for one in found if one.like_probability is not None}
    return _Offered([one.movie_id for one in found], chances)


def _searched(service: Service, question: InlineQuestion, hits: Sequence[MovieId]) -> _Offered:
    """Return a page of hits, each with the chance that the person would like it."""
    here = hits[question.offset : question.offset + PAGE]
    if not here:
        return _Offered([], {})
    wanted = frozenset(here)
    profile = service.store.read(lambda tx: tx.ratings.profile(question.person))
    asked = replace(as_new(profile, wanted), excluded=frozenset())
    found = service.recommender_of(question.person).recommend(asked, len(here), filters=Filters(among=wanted))
    return replace(_offered(found), films=here, has_more=len(hits) > question.offset + PAGE)


def _worded(service: Service, question: InlineQuestion, offered: _Offered) -> InlineAnswer:
    words = _words(service, question)
    if not offered.films:
        # Who scrolled past the last film has seen what there is.
        return InlineAnswer(()) if question.offset else messages.nothing_found(words)

    def word(tx: Tx) -> InlineAnswer:
        has_rated = tx.ratings.count(question.person) > 0
        films = film_states(tx, question.person, offered.films)
        return messages.films_offered(
            words,
            [films[one] for one in offered.films if one in films],
            offered.chances,
            bot=question.bot,
            is_personal=has_rated or not service.recommender_of(question.person).is_simulated,
            next_offset=str(question.offset + PAGE) if offered.has_more else "",
            is_stranger=not has_rated,
        )

    return service.store.read(word)


def _words(service: Service, question: InlineQuestion) -> Words:
    person = service.store.read(lambda tx: tx.people.get(question.person))
    return service.words_for(person, question.telegram_language)
