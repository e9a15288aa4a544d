"""The votes of a movie night: the last two, the winner, ties by lot; and what becomes of it when its group moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from bot.messages import nights
from bot.service.films import named
from bot.service.nights import send, send_poll, show_state
from bot.service.service import Reply, Service, Turn
from bot.storage.nights import MOST_CARRIED, Night
from bot.storage.tx import Tx
from recommender.domain import Movie, MovieId

# How many films go into the last round.
LAST: Final = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A film with its votes."""

    movie_id: MovieId
    votes: int


def count(service: Service, turn: Turn, poll_id: str, votes: Sequence[int]) -> Reply:
    """Go on with what a closed poll says; polls of no night say nothing."""

    def effect(tx: Tx) -> Reply:
        night = tx.nights.by_poll(poll_id)
        if night is not None and night.state == "voting":
            _end_shortlist(service, tx, turn, night, stand(night.movie_ids, votes, night.lot))
        elif night is not None and night.state == "final":
            _end_final(service, tx, turn, night, stand(night.finalists, votes, night.lot))
        tx.inbox.finish(turn.update_id)
        return Reply()

    return service.store.write(effect).result()


def leave_group(service: Service, turn: Turn, chat_id: int) -> Reply:
    """Call off what goes on in a group that put the bot out."""

    def effect(tx: Tx) -> Reply:
        tx.nights.call_off(chat_id)
        tx.inbox.finish(turn.update_id)
        return Reply()

    return service.store.write(effect).result()


def move_group(service: Service, turn: Turn, old: int, new: int) -> Reply:
    """Follow a group that became a supergroup: with what waits for it, and with its night.

    Telegram lets nobody close the old group's poll or edit its messages any more, so that the vote begins again.
    """

    def effect(tx: Tx) -> Reply:
        tx.nights.follow(tx.outbox.move(old, new))
        if tx.nights.going_on(old) is not None:
            _begin_again(service, tx, tx.nights.move(old, new))
        else:
            tx.nights.move(old, new)
        tx.inbox.finish(turn.update_id)
        return Reply()

    return service.store.write(effect).result()


def stand(movie_ids: Sequence[MovieId], votes: Sequence[int], lot: int) -> list[Standing]:
    """Return films by votes, most first; those of the same number in the order that the lot gives them."""
    found = [Standing(movie_id, number) for movie_id, number in zip(movie_ids, votes, strict=False)]
    return sorted(found, key=lambda one: (-one.votes, _drawn(lot, one.movie_id)))


def _drawn(lot: int, movie_id: MovieId) -> bytes:
    """Return a film's place in the draw: fixed by the lot, and by nothing that anybody chooses."""
    return blake2b(f"{lot}:{movie_id}".encode(), digest_size=8).digest()


def _end_shortlist(service: Service, tx: Tx, turn: Turn, night: Night, standings: Sequence[Standing]) -> None:
    own, voted = service.words[night.language], [one for one in standings if one.votes]
    waiting = tuple(one.movie_id for one in (voted or standings))[:MOST_CARRIED]
    if not voted:
        tx.nights.change(night.id, state="over", runners_up=waiting)
        send(tx, night, nights.nobody_voted(own))
    elif len(voted) == 1:
        tx.nights.change(night.id, state="over", runners_up=())
        _announce(service, tx, turn, night, voted[0], lot=None, runners_up=())
    else:
        finalists = tuple(one.movie_id for one in voted[:LAST])
        others = tuple(one.movie_id for one in voted[LAST:])
        tx.nights.change(night.id, state="final", finalists=finalists, runners_up=others)
        if len(voted) > LAST and voted[LAST].votes == voted[LAST - 1].votes:
            send(tx, night, nights.drawn(own, _movie(service, tx, night, finalists[-1]), night.lot))
        send_poll(service, tx, replace(night, state="final", finalists=finalists))


def _end_final(service: Service, tx: Tx, turn: Turn, night: Night, standings: Sequence[Standing]) -> None:
    winner, second = standings[0], standings[1]
    runners_up = (second.movie_id, *night.runners_up)[:MOST_CARRIED]
    tx.nights.change(night.id, state="over", runners_up=runners_up)
    lot = night.lot if winner.votes == second.votes else None
    _announce(service, tx, turn, night, winner, lot=lot, runners_up=runners_up)


def _announce(
    service: Service,
    tx: Tx,
    turn: Turn,
    night: Night,
    winner: Standing,
    *,
    lot: int | None,
    runners_up: Sequence[MovieId],
) -> None:
    own = service.words[night.language]
    waiting = [_movie(service, tx, night, one) for one in runners_up]
    movie = _movie(service, tx, night, winner.movie_id)
    send(tx, night, nights.chosen(own, movie, votes=winner.votes, lot=lot, runners_up=waiting, bot=turn.bot))


def _movie(service: Service, tx: Tx, night: Night, movie_id: MovieId) -> Movie:
    movie = tx.movies.get(movie_id)
    assert movie is not None, "a film in a poll stays in the catalogue"
    return named(service.words[night.language], movie)


def _begin_again(service: Service, tx: Tx, night: Night | None) -> None:
    if night is None:
        return
    if night.state == "open":
        show_state(service, tx, night)
    elif night.poll_id is not None:
        send(tx, night, nights.voting_again(service.words[night.language]))
        send_poll(service, tx, night)
