"""Everything that one person can do, as acts that can be done and counted: each command, each button, plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import IntEnum
from time import perf_counter
from typing import Any, Final, get_args, get_type_hints

from sqlalchemy import func, select

from bot.callbacks import Action, Ask, Place
from bot.handlers import BUTTONS
from bot.service import (
    admin,
    conversation,
    digest,
    follows,
    interview,
    language,
    lists,
    matches,
    media,
    nights,
    notices,
    onboarding,
    own_films,
    past,
    privacy,
    saved_lists,
    search,
    taste,
    unasked,
    wishes,
)
from bot.service.service import Reply, Service, Turn
from bot.storage import Store
from bot.storage.tables import Base
from recommender.domain import UserId

Act = Callable[[Service, Turn], Reply]
# The longest message that Telegram takes.
LONGEST: Final = 4_096

COMMANDS: Final[Mapping[str, Act]] = {
    "/start": onboarding.start,
    "/recommend": lists.recommend,
    "/rate": lambda service, turn: interview.ask(service, turn, Ask()),
    "/later": saved_lists.later,
    "/ratings": saved_lists.ratings,
    "/following": follows.following,
    "/again": own_films.see_again,
    "/taste": taste.show,
    "/year": taste.show_newest_year,
    "/movienight": nights.begin,
    "/match": lambda service, turn: matches.ask(service, turn, "@ada"),
    "/genres": onboarding.genres,
    "/digest": digest.show_settings,
    "/notify": unasked.show_settings,
    "/import": past.explain,
    "/privacy": privacy.explain,
    "/export": privacy.export,
    "/deleteme": privacy.ask_to_delete,
    "/language": language.ask,
    "/help": notices.show_help,
}
TEXTS: Final[Mapping[str, Act]] = {
    "a title": lambda service, turn: conversation.answer(service, turn, "heat"),
    "a wish": lambda service, turn: wishes.recommend_words(service, turn, "drama or comedy from the 90s, no war"),
    "4,096 signs": lambda service, turn: conversation.answer(service, turn, "film " * (LONGEST // 5)),
    "/rate and 4,096 signs": lambda service, turn: search.search(service, turn, "x" * LONGEST),
    "a picture with 1,024 signs": lambda service, turn: media.read(service, turn, "a " * 512, None),
    "an unknown command": notices.unknown_command,
    "a button that is none": notices.expired,
    "/admin": admin.show_statistics,
}


def sample(action: type[Action]) -> Action:
    """Return a button's payload about the first film, the first round and a list's first page."""
    hints = get_type_hints(action, include_extras=True)
    return action(*(_value(one.name, hints[one.name]) for one in fields(action)))


def _value(name: str, hint: Any) -> Any:
    if name == "place":
        return Place.LIST
    if name in (
        "first_id",
        "second_id",
        "third_id",
        "fourth_id",
        "movie_id",
        "key",
        "fresh",
        "round",
        "half_stars",
        "rated_id",
    ):
        return 1
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return list(hint)[-1]
    return hint is bool or get_args(hint)[1].start


def _tapping(action: type[Action]) -> Act:
    return lambda service, turn: BUTTONS[action](service, turn, sample(action))


TAPS: Final[Mapping[str, Act]] = {action.__name__: _tapping(action) for action in BUTTONS}
ACTS: Final[Mapping[str, Act]] = {**COMMANDS, **TEXTS, **TAPS}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one act stored and sent: rows more, letters, their bytes; and how long it took."""

    rows: int
    letters: int
    letter_bytes: int
    seconds: float


def cost_of(service: Service, person: UserId, name: str, update_id: int) -> Cost:
    """Do one act and count."""
    rows, last, turn = _rows(service.store), _newest(service.store), Turn(update_id, person, "en", is_tap=name in TAPS)
    began = perf_counter()
    ACTS[name](service, turn)
    seconds = perf_counter() - began
    letters = service.store.read(lambda tx: tx.outbox.waiting(after=last))
    sizes = [len(one.outgoing.text.encode()) + _size(one.outgoing.document) for one in letters]
    return Cost(_rows(service.store) - rows, len(letters), sum(sizes), seconds)


def _size(document: Any) -> int:
    return 0 if document is None else len(document.content)


def _newest(store: Store) -> int:
    return max((letter.id for letter in store.read(lambda tx: tx.outbox.waiting())), default=0)


def _rows(store: Store) -> int:
    with store._engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
