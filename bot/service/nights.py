"""Movie nights: a group comes together, and gets films that suit all of them; votes are in night_votes.py."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callbacks import CountVotes, EndNight, JoinNight, LeaveOutSeen, ShowNightFilms
from bot.messages import Words, nights, toasts
from bot.messages.nights import NightFilm, Strength
from bot.outgoing import Outgoing
from bot.service.films import named
from bot.service.onboarding import greet_newcomer
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.together import profile_together
from bot.storage.nights import Night, NightId
from bot.storage.tx import Tx
from recommender.domain import GroupPick, GroupRequest, Movie, Profile

# A poll takes twelve options, and ten are as many as anybody reads.
MOST_FILMS: Final = 10
MOST_MEMBERS: Final = 20
# A film is alike for everyone where chances are at most so far apart, and much for somebody from so far on.
ALIKE: Final = 0.1
APART: Final = 0.25
# What Telegram says for who adds the bot to a group by the button in private.
BY_ADDING: Final = "night"
_CODE_BYTES: Final = 8
_LOTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Scene:
    """A tap on a night's button, inside its transaction.

    Attributes:
        words: of who tapped.
        own: of the night.
    """

    service: Service
    tx: Tx
    turn: Turn
    night: Night
    words: Words
    own: Words

    @property
    def may_steer(self) -> bool:
        """Say whether who tapped is in; where nobody is left, anybody may."""
        return self.tx.nights.is_in(self.night.id, self.turn.person) or not self.tx.nights.members(self.night.id)

    def send(self, outgoing: Outgoing) -> int:
        """Store a letter to the group, in the night's topic."""
        return send(self.tx, self.night, outgoing)


def begin(service: Service, turn: Turn) -> Reply:
    """Open a night in a group, or show again the one that is on."""
    chat_id = turn.chat_id
    if chat_id is None:
        return service.answer(turn, lambda words: Reply((nights.groups_only(words, turn.bot),)))

    def effect(tx: Tx) -> Reply:
        person = tx.people.get(turn.person)
        night = tx.nights.going_on(chat_id)
        if night is None:
            language = service.words_for(person, turn.telegram_language).language
            code, lot = secrets.token_hex(_CODE_BYTES), secrets.randbelow(_LOTS)
            night = tx.nights.begin(chat_id, thread_id=turn.thread_id, language=language, code=code, lot=lot)
            if person is not None:
                tx.nights.set_in(night.id, turn.person, is_in=True)
        show_state(service, tx, night)
        tx.inbox.finish(turn.update_id)
        return Reply()

    return service.store.write(effect).result()


def join(service: Service, turn: Turn, action: JoinNight) -> Reply:
    """Bring who tapped in or out; a stranger is led into the private chat."""

    def decide(scene: Scene) -> Reply:
        tx, night = scene.tx, scene.night
        if night.state != "open":
            return Reply(toast=toasts.night(scene.words, "started"))
        if action.on and tx.people.get(turn.person) is None:
            return Reply(url=nights.invitation_link(turn.bot, f"night_{night.code}"))
        if action.on and len(tx.nights.members(night.id)) >= MOST_MEMBERS:
            return Reply(toast=toasts.night(scene.words, "full"))
        tx.nights.set_in(night.id, turn.person, is_in=action.on)
        _edit_lobby(scene)
        return Reply(toast=toasts.night(scene.words, "in" if action.on else "out"))

    return in_night(service, turn, action.night, decide)


@in_visit
def join_by_code(visit: Visit, code: str) -> Reply:
    """Bring in who came by the link from a group; a newcomer is greeted besides."""
    greetings = greet_newcomer(visit)
    tx, night = visit.tx, visit.tx.nights.by_code(code)
    if night is None or night.state != "open" or len(tx.nights.members(night.id)) >= MOST_MEMBERS:
        return Reply((nights.link_is_over(visit.words), *greetings))
    tx.nights.set_in(night.id, visit.id, is_in=True)
    edits = None if night.lobby_letter is None else tx.outbox.message_id(night.lobby_letter)
    members = len(tx.nights.members(night.id))
    if edits is not None:
        own = visit.service.words[night.language]
        send(tx, night, nights.lobby(own, night.id, members, without_seen=night.without_seen, edits=edits))
    return Reply((nights.joined(visit.words, members), *greetings))


def leave_out_seen(service: Service, turn: Turn, action: LeaveOutSeen) -> Reply:
    """Leave out what anybody there has seen, or let it in."""

    def decide(scene: Scene) -> Reply:
        if scene.night.state != "open" or not scene.may_steer:
            return _refused(scene)
        scene.tx.nights.change(scene.night.id, without_seen=action.on)
        _edit_lobby(replace(scene, night=replace(scene.night, without_seen=action.on)))
        return Reply()

    return in_night(service, turn, action.night, decide)


def show_films(service: Service, turn: Turn, action: ShowNightFilms) -> Reply:
    """Choose films for all who are in, and ask for votes."""
    night_id = NightId(action.night)
    profiles, request = service.store.read(lambda tx: _asked(tx, night_id))
    request = replace(request, series=service.titles.series())
    picks = service.recommender.together(profiles, MOST_FILMS, request) if len(profiles) > 1 else []

    def decide(scene: Scene) -> Reply:
        if scene.night.state != "open" or not scene.may_steer:
            return _refused(scene)
        if len(profiles) < 2:
            return Reply(toast=toasts.night(scene.words, "two_needed"))
        _start_vote(scene, profiles, picks, request)
        return Reply()

    return in_night(service, turn, action.night, decide)


def count_votes(service: Service, turn: Turn, action: CountVotes) -> Reply:
    """Close the poll; Telegram then tells its votes."""

    def decide(scene: Scene) -> Reply:
        night = scene.night
        if night.state not in ("voting", "final") or not scene.may_steer:
            return _refused(scene)
        poll = None if night.poll_letter is None else scene.tx.outbox.message_id(night.poll_letter)
        if poll is None:
            return Reply(toast=toasts.night(scene.words, "not_yet"))
        scene.send(Outgoing("", closes=poll))
        return Reply(toast=toasts.night(scene.words, "counting"))

    return in_night(service, turn, action.night, decide)


def end(service: Service, turn: Turn, action: EndNight) -> Reply:
    """Call the night off."""

    def decide(scene: Scene) -> Reply:
        if scene.night.state in ("over", "off") or not scene.may_steer:
            return _refused(scene)
        is_lobby = scene.night.state == "open"
        poll = None if scene.night.poll_letter is None else scene.tx.outbox.message_id(scene.night.poll_letter)
        scene.tx.nights.change(scene.night.id, state="off")
        if poll is not None:
            scene.send(Outgoing("", closes=poll))
        scene.send(nights.called_off(scene.own, edits=turn.message_id if is_lobby else None))
        return Reply()

    return in_night(service, turn, action.night, decide)


def in_night(service: Service, turn: Turn, number: int, decide: Callable[[Scene], Reply]) -> Reply:
    """Run what a tap on a night's button means; one that leads nowhere has expired."""
    if turn.chat_id is None:
        return service.visit(turn, Visit.expired)

    def effect(tx: Tx) -> Reply:
        words = service.words_for(tx.people.get(turn.person), turn.telegram_language)
        night = tx.nights.get(NightId(number))
        if night is None or night.chat_id != turn.chat_id:
            reply = Reply(toast=toasts.expired(words))
        else:
            reply = decide(Scene(service, tx, turn, night, words, service.words[night.language]))
        tx.inbox.finish(turn.update_id)
        return reply

    return service.store.write(effect).result()


def send(tx: Tx, night: Night, outgoing: Outgoing) -> int:
    """Store a letter to a night's group, in its topic."""
    return tx.outbox.add(night.chat_id, replace(outgoing, thread_id=night.thread_id))


def send_poll(service: Service, tx: Tx, night: Night) -> None:
    """Ask for votes on the shortlist, or on the last two once they are known."""
    own = service.words[night.language]
    stored = tx.movies.many(night.finalists or night.movie_ids)
    movies = [named(own, stored[one]) for one in night.finalists or night.movie_ids if one in stored]
    ask = nights.final_poll if night.finalists else nights.shortlist_poll
    tx.nights.change(night.id, poll_letter=send(tx, night, ask(own, night.id, movies)), poll_id=None)


def show_state(service: Service, tx: Tx, night: Night) -> None:
    """Send what a night is at, as a new message."""
    own = service.words[night.language]
    if night.state == "open":
        members = len(tx.nights.members(night.id))
        letter = send(tx, night, nights.lobby(own, night.id, members, without_seen=night.without_seen))
        tx.nights.change(night.id, lobby_letter=letter)
    else:
        send(tx, night, nights.vote_is_on(own, night.id))


def _edit_lobby(scene: Scene) -> None:
    members = len(scene.tx.nights.members(scene.night.id))
    without_seen, edits = scene.night.without_seen, scene.turn.message_id
    scene.send(nights.lobby(scene.own, scene.night.id, members, without_seen=without_seen, edits=edits))


def _refused(scene: Scene) -> Reply:
    """Say why a tap changes nothing: the night went on, or who tapped is not in."""
    return Reply(
        toast=toasts.night(scene.words, "members_only") if not scene.may_steer else toasts.expired(scene.words)
    )


def _asked(tx: Tx, night_id: NightId) -> tuple[list[Profile], GroupRequest]:
    night = tx.nights.get(night_id)
    if night is None:
        return [], GroupRequest()
    without_seen = night.without_seen
    profiles = [profile_together(tx, one, without_seen=without_seen) for one in tx.nights.members(night_id)]
    return profiles, GroupRequest(kept=tx.nights.carried(night.chat_id), with_met=not without_seen)


def _start_vote(scene: Scene, profiles: Sequence[Profile], picks: Sequence[GroupPick], request: GroupRequest) -> None:
    tx, night, edits = scene.tx, scene.night, scene.turn.message_id
    stored = tx.movies.many(pick.movie_id for pick in picks)
    picks = [pick for pick in picks if pick.movie_id in stored]
    if not picks:
        scene.send(nights.no_films(scene.own, night.id, edits=edits))
        return
    films = [_film(scene, profiles, pick, stored[pick.movie_id], request) for pick in picks]
    movie_ids = tuple(pick.movie_id for pick in picks)
    tx.nights.change(night.id, state="voting", movie_ids=movie_ids)
    if edits is not None:
        scene.send(nights.closed_lobby(scene.own, len(profiles), edits=edits))
    scene.send(nights.shortlist(scene.own, films, len(profiles), night.lot))
    send_poll(scene.service, tx, replace(night, movie_ids=movie_ids))


def _film(scene: Scene, profiles: Sequence[Profile], pick: GroupPick, movie: Movie, request: GroupRequest) -> NightFilm:
    strength, genre = strength_of(pick, movie, profiles)
    is_known = not scene.service.recommender.is_simulated or all(profile.ratings for profile in profiles)
    is_carried = pick.movie_id in request.kept
    return NightFilm(named(scene.own, movie), pick.fit, is_known, strength, genre, is_carried)


def strength_of(pick: GroupPick, movie: Movie, profiles: Sequence[Profile]) -> tuple[Strength, str]:
    """Return what a film has going for it, and the genre where it is one that most of them chose."""
    chosen: Mapping[str, int] = Counter(genre for profile in profiles for genre in profile.genres)
    wanted = max(movie.genres, key=lambda genre: chosen[genre], default="")
    if wanted and chosen[wanted] > len(profiles) / 2:
        return "genre", wanted
    if pick.least is None or pick.most is None:
        return "none", ""
    if pick.most - pick.least <= ALIKE:
        return "everyone", ""
    return ("some" if pick.most - pick.least >= APART else "none"), ""
