"""Matches: one person asks another how alike they are; nothing is compared before both have agreed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.callbacks import AnswerMatch
from bot.messages import Words, matches
from bot.messages.matches import Comparison
from bot.service.films import named
from bot.service.onboarding import greet_newcomer
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.together import differences, profile_together
from bot.storage.matches import Match, MatchId
from bot.storage.tx import Tx
from recommender.domain import GroupPick, GroupRequest, Profile, UserId

FILMS: Final = 5
_CODE_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Who asked and who was asked, -1 to 1 how alike they are, and films for both."""

    profiles: tuple[Profile, Profile]
    alike: float | None
    picks: Sequence[GroupPick]


def ask(service: Service, turn: Turn, name: str) -> Reply:
    """Give the link for the other one; in a group it stands under a question to them."""
    if turn.chat_id is not None:
        return _ask_in_group(service, turn, name, turn.chat_id)
    return _ask_in_private(service, turn, name)


@in_visit
def open_link(visit: Visit, code: str) -> Reply:
    """Ask who opened the link for their consent; a newcomer is greeted first."""
    greetings = greet_newcomer(visit)
    match = visit.tx.matches.by_code(code)
    if match is None or match.state != "asked":
        return Reply((*greetings, matches.over(visit.words)))
    if match.person == visit.id:
        return Reply((matches.own_link(visit.words),))
    if match.other not in (None, visit.id) or match.asked_name not in (
        "",
        _pseudonym(visit.service, visit.turn.username),
    ):
        return Reply((*greetings, matches.for_another(visit.words)))
    visit.tx.matches.open(match.id, visit.id)
    return Reply((*greetings, matches.question(visit.words, match.id)))


def answer(service: Service, turn: Turn, action: AnswerMatch) -> Reply:
    """Compare the two, and tell both; or tell who asked that it is not wanted."""
    match = service.store.read(lambda tx: tx.matches.get(MatchId(action.match)))
    if match is None or match.other != turn.person:
        return service.visit(turn, Visit.expired)
    profiles = service.store.read(lambda tx: _profiles(tx, match, turn.person))
    request = GroupRequest(series=service.titles.series()) if action.agreed else GroupRequest()
    picks = service.recommender.together(profiles, FILMS, request) if action.agreed else []
    found = Found(profiles, service.recommender.alike(*profiles) if action.agreed else None, picks)
    return _answer(service, turn, match, found, agreed=action.agreed)


@in_visit
def _ask_in_private(visit: Visit, name: str) -> Reply:
    code = _question(visit.service, visit.tx, visit.id, name)
    return Reply((matches.to_pass_on(visit.words, name, code, visit.turn.bot),))


def _ask_in_group(service: Service, turn: Turn, name: str, chat_id: int) -> Reply:
    is_known = service.store.read(lambda tx: tx.people.get(turn.person)) is not None
    if not is_known:
        return service.answer(turn, lambda words: Reply((matches.stranger_in_group(words, turn.bot),)), chat_id=chat_id)
    code = service.store.write(lambda tx: _question(service, tx, turn.person, name)).result()
    return service.answer(
        turn, lambda words: Reply((matches.asked_in_group(words, name, code, turn.bot),)), chat_id=chat_id
    )


@in_visit
def _answer(visit: Visit, match: Match, found: Found, *, agreed: bool) -> Reply:
    now = visit.tx.matches.get(match.id)
    if now is None or now.state != "asked":
        return visit.expired()
    visit.tx.matches.answer(match.id, "agreed" if agreed else "refused")
    words = visit.service.words_for(visit.tx.people.get(match.person))
    if not agreed:
        visit.tx.outbox.add(match.person, matches.not_wanted(words))
        return Reply((matches.refused(visit.words, edits=visit.edits),))
    asker, other = found.profiles
    visit.tx.outbox.add(match.person, matches.result(words, _compared(visit.tx, words, asker, other, found)))
    mine = _compared(visit.tx, visit.words, other, asker, found)
    return Reply((matches.result(visit.words, mine, edits=visit.edits),))


def _question(service: Service, tx: Tx, person: UserId, name: str) -> str:
    code = secrets.token_hex(_CODE_BYTES)
    tx.matches.ask(person, code=code, asked_name=_pseudonym(service, name))
    return code


def _profiles(tx: Tx, match: Match, other: UserId) -> tuple[Profile, Profile]:
    return profile_together(tx, match.person, without_seen=True), profile_together(tx, other, without_seen=True)


def _compared(tx: Tx, words: Words, own: Profile, other: Profile, found: Found) -> Comparison:
    rated = {rating.movie_id for profile in (own, other) for rating in profile.ratings}
    movies = tx.movies.many(rated | {pick.movie_id for pick in found.picks})
    mine, theirs = differences(own, other, movies)
    films = [named(words, movies[pick.movie_id]) for pick in found.picks if pick.movie_id in movies]
    alike = None if found.alike is None else round(50 + 50 * found.alike)
    return Comparison(alike, mine, theirs, films)


def _pseudonym(service: Service, name: str) -> str:
    """Return what is kept of a name on Telegram: nothing that anybody could read."""
    bare = name.removeprefix("@").casefold()
    return service.pseudonyms.of_name(bare) if bare else ""
