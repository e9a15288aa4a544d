"""Buttons of movie nights and matches; each carries the night's number, or the match's."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.codec import Action, button

NightNumber = Annotated[int, range(1, 2**31)]


@button("vj")
class JoinNight(Action):
    """Come in, or go."""

    night: NightNumber
    on: bool


@button("vs")
class LeaveOutSeen(Action):
    """Leave out films that anybody there has seen, or let them in."""

    night: NightNumber
    on: bool


@button("vf")
class ShowNightFilms(Action):
    """Choose the films and ask for votes."""

    night: NightNumber


@button("vc")
class CountVotes(Action):
    """Close the poll that is open."""

    night: NightNumber


@button("ve")
class EndNight(Action):
    """Call the night off."""

    night: NightNumber


@button("va")
class AnswerMatch(Action):
    """Agree to be compared, or not."""

    match: Annotated[int, range(1, 2**31)]
    agreed: bool
