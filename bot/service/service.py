"""What every use case stands on: the store, the recommender, the words and the titles, and one way to end a turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec

from bot.messages import Words, language_of, notices, privacy, toasts
from bot.outgoing import Outgoing
from bot.pseudonyms import NO_KEY, Pseudonyms
from bot.service.assignment import Divided, recommender_of
from bot.service.titles import Titles
from bot.storage.people import Person
from bot.storage.store import Store
from bot.storage.tx import Tx
from recommender.domain import Movie, MovieId, Profile, Recommender, UserId
from recommender.ranking.challenge import Challenge

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Turn:
    """One update of one person: what they did, and the message whose button they tapped.

    Attributes:
        unused: words behind a command that it can do nothing with.
        message_id: what the answer may edit; None for a command, and for a tap on a message too old to be edited.
        is_tap: whether a button was tapped.
        thread_id: the topic of a group it was written in.
        begins: whether who had everything erased begins again by it.
        chat_id: the group it was done in; None in private.
        username: their name on Telegram, empty where they have none.
        bot: the bot's own name, for links to it.
        is_overtaken: whether a later tap waits that draws over the message: this one takes effect and draws nothing.
    """

    update_id: int
    person: UserId
    telegram_language: str | None = None
    message_id: int | None = None
    unused: str = ""
    is_tap: bool = False
    thread_id: int | None = None
    begins: bool = False
    chat_id: int | None = None
    username: str = ""
    bot: str = ""
    is_overtaken: bool = False

    @property
    def is_drawn_over(self) -> bool:
        """Say whether an edit of the tapped message would be drawn over at once."""
        return self.is_overtaken and self.message_id is not None

    def draws(self, outgoing: Outgoing) -> bool:
        return not (self.is_drawn_over and outgoing.edits == self.message_id)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a use case answers: messages for the outbox, and a toast, or a link to open, if a button was tapped."""

    messages: tuple[Outgoing, ...] = ()
    toast: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A known person inside the transaction of their turn: what takes long is done before it."""

    service: Service
    tx: Tx
    person: Person
    words: Words
    turn: Turn

    @property
    def id(self) -> UserId:
        return self.person.id

    @property
    def recommender(self) -> Recommender:
        return self.service.recommender_of(self.person.id)

    @property
    def edits(self) -> int | None:
        return self.turn.message_id

    def movie(self, movie_id: MovieId) -> Movie | None:
        return self.tx.movies.get(movie_id)

    def new_round(self) -> int:
        return self.tx.impressions.new_round(self.id)

    def film_is_gone(self) -> Reply:
        """Answer a tap on a film that left the catalogue."""
        return Reply((notices.film_gone(self.words),))

    def expired(self) -> Reply:
        """Answer a tap that leads nowhere any more."""
        return Reply((notices.expired(self.words, self.new_round()),), toasts.expired(self.words))


@dataclass(frozen=True, slots=True)
class Service:
    """The use cases' common ground; each use case is a sync function of it and a turn."""

    store: Store
    recommender: Recommender
    words: Mapping[str, Words]
    titles: Titles
    pseudonyms: Pseudonyms = NO_KEY

    def profile(self, turn: Turn) -> Profile:
        """Read what is known of a person's taste."""
        return self.store.read(lambda tx: tx.ratings.profile(turn.person))

    @property
    def challenge(self) -> Challenge | None:
        """Return which two bundles serve side by side; None while one serves everybody."""
        return self.recommender.challenge if isinstance(self.recommender, Divided) else None

    def recommender_of(self, person: UserId) -> Recommender:
        """Return what serves a person: one of two bundles, while these are compared."""
        return recommender_of(person, self.recommender, self.pseudonyms)

    def visit(self, turn: Turn, decide: Callable[[Visit], Reply]) -> Reply:
        """Run a use case of a person: its effect, its messages and the end of its update are one transaction.

        Who writes is made known; a button of someone unknown (they had everything erased) only says how to begin.
        """

        def effect(tx: Tx) -> Reply:
            person = self._known(tx, turn)
            if person is None:
                words = self.words_for(None, turn.telegram_language)
                return _settle(tx, turn, Reply((notices.unknown_person(words),), toasts.unknown_person(words)))
            words = self.words_for(person, turn.telegram_language)
            reply = decide(Visit(self, tx, person, words, turn))
            return _settle(tx, turn, _with_question(tx, words, person, _with_unused(words, turn, reply)))

        return self.store.write(effect).result()

    def answer(self, turn: Turn, build: Callable[[Words], Reply], *, chat_id: int | None = None) -> Reply:
        """Answer without any effect, to known and unknown people alike, in their chat or another."""

        def effect(tx: Tx) -> Reply:
            known = tx.people.get(turn.person)
            if known is not None:  # who asks for help is here, too
                known = tx.people.ensure(turn.person, telegram_language=turn.telegram_language)
            words = self.words_for(known, turn.telegram_language)
            return _settle(tx, turn, _with_unused(words, turn, build(words)), chat_id)

        return self.store.write(effect).result()

    def words_for(self, person: Person | None, telegram_language: str | None = None) -> Words:
        """Return the chosen language's words, else those of Telegram's language."""
        if person is None:
            return self.words[language_of(telegram_language)]
        return self.words[language_of(person.language or telegram_language or person.telegram_language)]

    def _known(self, tx: Tx, turn: Turn) -> Person | None:
        if tx.people.get(turn.person) is None and not self._may_begin(tx, turn):
            return None
        return tx.people.ensure(turn.person, telegram_language=turn.telegram_language)

    def _may_begin(self, tx: Tx, turn: Turn) -> bool:
        """Tell whether somebody unknown is made known: not by an old button, nor after an erasure but by /start."""
        pseudonym = self.pseudonyms.of(turn.person)
        if turn.begins:
            tx.erased.forget(pseudonym)
        return turn.begins or not (turn.is_tap or tx.erased.has(pseudonym))


UseCase = Callable[Concatenate[Service, Turn, P], Reply]


def in_visit(decide: Callable[Concatenate[Visit, P], Reply]) -> UseCase[P]:
    """Make a use case of what is decided inside the visit of a person."""

    @wraps(decide)
    def use_case(service: Service, turn: Turn, /, *args: P.args, **kwargs: P.kwargs) -> Reply:
        return service.visit(turn, lambda visit: decide(visit, *args, **kwargs))

    return use_case


def _with_unused(words: Words, turn: Turn, reply: Reply) -> Reply:
    """Return the reply, behind a sentence about what was said in vain."""
    if not turn.unused:
        return reply
    return Reply((notices.unused(words, turn.unused), *reply.messages), reply.toast)


def _with_question(tx: Tx, words: Words, person: Person, reply: Reply) -> Reply:
    """Return the reply, and the question about training anew where another one was answered."""
    if not person.answered_another_question:
        return reply
    known = tx.people.get(person.id)
    if known is None or not known.answered_another_question:
        return reply
    tx.people.ask_again(person.id)
    return Reply((*reply.messages, privacy.question(words)), reply.toast)


def _settle(tx: Tx, turn: Turn, reply: Reply, chat_id: int | None = None) -> Reply:
    """Store what is answered and the end of the update; of an answer to somebody unknown no row is left once sent."""
    is_unknown = chat_id is None and tx.people.get(turn.person) is None
    for outgoing in filter(turn.draws, reply.messages):
        in_topic = outgoing if turn.thread_id is None else replace(outgoing, thread_id=turn.thread_id)
        tx.outbox.add(turn.person if chat_id is None else chat_id, in_topic, forget=is_unknown)
    tx.inbox.finish(turn.update_id)
    return reply
