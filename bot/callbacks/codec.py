"""Button payloads, `1:<verb>:<args>`: how one is declared, and how it is encoded and decoded."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

VERSION: Final = "1"
MAX_BYTES: Final = 64  # Telegram's limit on callback data
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks for: the wanted end, never a step, so that a second delivery changes nothing."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One number of a code: what it may be, and what it is read as."""

    allowed: range
    read: Callable[[int], Any]


A = TypeVar("A", bound=Action)
VERBS: Final[dict[str, type[Action]]] = {}
ARGUMENTS: Final[dict[type[Action], tuple[Argument, ...]]] = {}
_VERB_OF: Final[dict[type[Action], str]] = {}


@dataclass_transform(frozen_default=True)
def button(verb: str) -> Callable[[type[A]], type[A]]:
    """Declare a button by its payload: a frozen dataclass whose fields are the numbers behind the verb, in order.

    A field's type gives its range: a bool, an enum that counts from 0, or Annotated[int, range(...)].
    """

    def declare(payload: type[A]) -> type[A]:
        if verb in VERBS:
            raise ValueError(f"a verb belongs to one button. Received: {verb}, which is {VERBS[verb].__name__}'s")
        action = dataclass(frozen=True, slots=True)(payload)
        hints = get_type_hints(action, include_extras=True)
        VERBS[verb], _VERB_OF[action] = action, verb
        ARGUMENTS[action] = tuple(_argument(hints[field.name]) for field in dataclasses.fields(action))
        return action

    return declare


def encode(action: Action) -> str:
    """Return the code a button carries."""
    numbers = (str(int(number)) for number in dataclasses.astuple(action))
    return ":".join((VERSION, _VERB_OF[type(action)], *numbers))


def kind_of(data: str) -> str:
    """Return the part of a code that all buttons of one kind share, whatever their numbers."""
    return ":".join(data.split(":", 2)[:2])


def beginning(kind: type[Action]) -> str:
    """Return how every code begins that a button with numbers carries."""
    return f"{VERSION}:{_VERB_OF[kind]}:"


def decode(data: str | None) -> Action | None:
    """Return what a button meant; None when it is unknown, forged or of another version: the button has expired."""
    version, _, rest = (data or "").partition(":")
    verb, *numbers = rest.split(":")
    kind = VERBS.get(verb)
    if version != VERSION or kind is None or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    arguments, values = ARGUMENTS[kind], [int(number) for number in numbers]
    if len(values) != len(arguments) or any(v not in a.allowed for a, v in zip(arguments, values, strict=True)):
        return None
    return kind(*(argument.read(value) for argument, value in zip(arguments, values, strict=True)))


def _argument(hint: Any) -> Argument:
    if get_origin(hint) is Annotated:
        return Argument(get_args(hint)[1], int)
    return Argument(range(2) if hint is bool else range(len(hint)), hint)
