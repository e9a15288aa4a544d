"""Lists of a person's own films: one to watch now from the watchlist, and what to see again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import PickLater
from bot.messages import own_films
from bot.service.among import find_among
from bot.service.lists import begin_round
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Recommendation


def pick_later(service: Service, turn: Turn, _: PickLater) -> Reply:
    """Start a round of single films of the watchlist."""
    return _start(service, turn, find_among(service, turn.person, "later"))


def see_again(service: Service, turn: Turn) -> Reply:
    """Start a round of films liked long ago."""
    return _start(service, turn, find_among(service, turn.person, "again"))


@in_visit
def _start(visit: Visit, found: Sequence[Recommendation]) -> Reply:
    if not found:
        return Reply((own_films.none(visit.words, edits=visit.edits),))
    return Reply((begin_round(visit, found),))
