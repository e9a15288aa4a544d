"""The operator's figures in the chat: on one screen of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.messages.words import Html, Words
from bot.outgoing import Outgoing


@dataclass(frozen=True, slots=True)
class Figures:
    """What /admin tells.

    Attributes:
        steps: how many people came how far in onboarding.
        shown, watched, liked: films; of the latter two those shown before.
        retrained: when a training last began, as text; empty for never.
        verdict: of the newer of two bundles; of `people` on each side `enough` are needed.
        newer, older: likes a list.
        challenger: what serves people beside the newest, or empty; `share` of them.
    """

    people: int
    new: int
    active: int
    ratings: int
    lists: int
    steps: tuple[int, ...]
    shown: int
    watched: int
    liked: int
    retrained: str
    verdict: Literal["alone", "wait", "better", "worse", "even"]
    fewest: int = 0
    enough: int = 0
    newer: float = 0.0
    older: float = 0.0
    challenger: str = ""
    share: float = 0.0


def figures(words: Words, told: Figures) -> Outgoing:
    """Word the figures."""
    lines = (
        words.html("admin.people", people=told.people, new=told.new, active=told.active),
        words.html("admin.week", ratings=told.ratings, lists=told.lists),
        words.html("admin.funnel", steps=" → ".join(map(str, told.steps))),
        words.html("admin.shown", shown=told.shown, watched=told.watched, liked=told.liked),
        words.html("admin.retrained", at=told.retrained) if told.retrained else words.html("admin.never_retrained"),
        *_challenge(words, told),
        _verdict(words, told),
    )
    return Outgoing("\n".join((words.html("admin.title"), *lines)))


def _challenge(words: Words, told: Figures) -> tuple[Html, ...]:
    if not told.challenger:
        return ()
    return (words.html("admin.challenge", challenger=told.challenger, share=f"{100 * told.share:.0f}"),)


def _verdict(words: Words, told: Figures) -> Html:
    if told.verdict == "alone":
        return words.html("admin.alone")
    if told.verdict == "wait":
        return words.html("admin.wait", fewest=told.fewest, enough=told.enough)
    keys = {"better": "admin.better", "worse": "admin.worse", "even": "admin.even"}
    if told.challenger:
        keys |= {"better": "admin.challenger_better", "worse": "admin.challenger_worse"}
    return words.html(keys[told.verdict], newer=f"{told.newer:.2f}", older=f"{told.older:.2f}")
