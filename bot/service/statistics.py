"""The operator's figures, read from the database in one go: people, lists, what was liked, and two bundles compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from bot.pseudonyms import Pseudonyms
from bot.service.experiment import Experiment, compare_challenge, compare_newest
from bot.storage import Activity, Showings, ShowingsOf, ShownBand, Store, Tx
from recommender.ranking.challenge import Challenge

# As the schedule of trainings is named in the database (bot/retraining/schedule.py).
_RETRAINING: Final = "retrain"


@dataclass(frozen=True, slots=True)
class Share:
    """Showings that have something in common, and what became of them."""

    name: str
    shown: int
    rated: int
    liked: int

    @property
    def like_rate(self) -> float:
        """Return how many of the films shown were liked later."""
        return self.liked / self.shown if self.shown else 0.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Attributes:
    watched: how many of the films shown were rated, or marked as seen, afterwards.
    last_retrain: when a training by schedule last began; None for never.
    bundle: what showed films last; None where nothing was shown.
    """

    at: datetime
    activity: Activity
    total: Share
    watched: int
    by_place: tuple[Share, ...]
    by_slot: tuple[Share, ...]
    by_reason: tuple[Share, ...]
    by_bundle: tuple[Share, ...]
    by_chance: tuple[ShownBand, ...]
    last_retrain: datetime | None
    bundle: str | None
    experiment: Experiment

    def to_json(self) -> dict[str, Any]:
        """Return plain values: times as text, and the like rates beside what they are made of."""
        plain = asdict(self)
        plain.pop("by_chance")  # `lists` beside the statistics
        for name in ("by_place", "by_slot", "by_reason", "by_bundle"):
            plain[name] = [asdict(one) | {"like_rate": one.like_rate} for one in getattr(self, name)]
        plain["total"] |= {"like_rate": self.total.like_rate}
        plain["at"] = self.at.isoformat()
        plain["last_retrain"] = None if self.last_retrain is None else self.last_retrain.isoformat()
        if self.experiment.challenge is not None:
            plain["experiment"]["challenge"]["began_at"] = self.experiment.challenge.began_at.isoformat()
        for day in plain["activity"]["days"]:
            day["date"] = day["date"].isoformat()
        return plain


def read_statistics(store: Store, pseudonyms: Pseudonyms, challenge: Challenge | None = None) -> Statistics:
    """Return the figures as of now.

    Args:
        challenge: the one that is on.
    """
    return store.read(lambda tx: _read(tx, pseudonyms, challenge))


def _read(tx: Tx, pseudonyms: Pseudonyms, challenge: Challenge | None) -> Statistics:
    showings = tx.showings()
    total = _share("", showings.groups)
    return Statistics(
        at=tx.now,
        activity=tx.activity(),
        total=total,
        watched=total.rated + showings.seen,
        by_place=_shares(showings, lambda one: one.place),
        by_slot=_shares(showings, lambda one: one.slot),
        by_reason=_shares(showings, lambda one: one.reason),
        by_bundle=_shares(showings, lambda one: one.bundle),
        by_chance=showings.bands,
        last_retrain=tx.schedules.last_run_at(_RETRAINING),
        bundle=max(showings.last_shown_at, key=lambda name: showings.last_shown_at[name], default=None),
        experiment=compare_newest(showings, pseudonyms)
        if challenge is None
        else compare_challenge(challenge, tx.shown_since(challenge.began_at), pseudonyms),
    )


def _shares(showings: Showings, name_of: Callable[[ShowingsOf], int | str]) -> tuple[Share, ...]:
    """Return showings by what they have in common, in its order."""
    names: set[Any] = {name_of(one) for one in showings.groups}
    return tuple(_share(str(name), [one for one in showings.groups if name_of(one) == name]) for name in sorted(names))


def _share(name: str, groups: Iterable[ShowingsOf]) -> Share:
    some = list(groups)
    return Share(name, sum(one.shown for one in some), sum(one.rated for one in some), sum(one.liked for one in some))
