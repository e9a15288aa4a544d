"""Fields of a `/sim` body, checked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import SimError


def text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise SimError(400, f"{name} must be a text. Received: {name}={value!r}")
    return value


def number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise SimError(400, f"{name} must be a whole number. Received: {name}={value!r}")
    return value


def optional_number(body: Mapping[str, Any], name: str) -> int | None:
    return None if body.get(name) is None else number(body, name)


def seconds(body: Mapping[str, Any], name: str) -> float:
    value = body.get(name) or 0
    if not isinstance(value, (int, float)) or value < 0:
        raise SimError(400, f"{name} must be a number of seconds. Received: {name}={value!r}")
    return float(value)


def flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name) or False
    if not isinstance(value, (bool, str)):
        raise SimError(400, f"{name} must be true or false. Received: {name}={value!r}")
    return bool(value)
