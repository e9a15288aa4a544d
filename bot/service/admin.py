"""/admin: the operator's figures in the chat."""

from __future__ import annotations

from typing import Final

from bot.messages import admin as messages
from bot.service.service import Reply, Service, Turn
from bot.service.statistics import Statistics, read_statistics

# The last days are told together.
WEEK: Final = 7


def show_statistics(service: Service, turn: Turn) -> Reply:
    """Show the figures; they are read before the answer's transaction, for they take a second."""
    told = _figures(read_statistics(service.store, service.pseudonyms, service.challenge))
    return service.answer(turn, lambda words: Reply((messages.figures(words, told),)))


def _figures(found: Statistics) -> messages.Figures:
    people, funnel, week = found.activity.people, found.activity.funnel, found.activity.days[-WEEK:]
    newer, older, challenge = found.experiment.newer, found.experiment.older, found.experiment.challenge
    return messages.Figures(
        people=people.total,
        new=people.new,
        active=people.active,
        ratings=sum(day.ratings for day in week),
        lists=sum(day.lists for day in week),
        steps=(funnel.started, funnel.answered, funnel.chose_genres, funnel.saw_list, funnel.rated, funnel.rated_five),
        shown=found.total.shown,
        watched=found.watched,
        liked=found.total.liked,
        retrained="" if found.last_retrain is None else f"{found.last_retrain:%Y-%m-%d %H:%M} UTC",
        verdict=found.experiment.verdict,
        fewest=min((side.people for side in (newer, older) if side), default=0),
        enough=found.experiment.enough,
        newer=(newer.likes_per_list if newer else None) or 0.0,
        older=(older.likes_per_list if older else None) or 0.0,
        challenger=challenge.challenger if challenge else "",
        share=challenge.share if challenge else 0.0,
    )
