"""Buttons of the first minutes: consent and genres."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.arguments import Round
from bot.callbacks.codec import Action, button
from recommender.domain import GENRES


@button("c")
class Consent(Action):
    """Answer the training question; `round` is 0 on the privacy page, and else turns the message into the genres."""

    agreed: bool
    round: Round


@button("cw")
class AnswerWelcome(Action):
    """Answer the training question of the welcome, below which the genres are."""

    agreed: bool


@button("g")
class ChooseGenre(Action):
    """Set one genre on or off; `round` is the list that onboarding ends in, 0 outside onboarding."""

    genre: Annotated[int, range(len(GENRES))]
    on: bool
    round: Round


@button("gx")
class ExcludeGenre(Action):
    """Set one genre never to be shown, or let it be again; `round` as in ChooseGenre."""

    genre: Annotated[int, range(len(GENRES))]
    on: bool
    round: Round


@button("gw")
class SetWildcards(Action):
    """Set whether lists may end with a film off the usual path; `round` as in ChooseGenre."""

    on: bool
    round: Round


@button("gs")
class ShowGenres(Action):
    """Send the genre grid, as /genres does."""


@button("gd")
class GenresDone(Action):
    """Leave the genre grid; `round` as in ChooseGenre."""

    round: Round
