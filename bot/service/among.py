"""The ranker's choice among a person's own films: what they kept for later, and what they liked long ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from bot.service.service import Service
from bot.storage.tx import Tx
from recommender.domain import Filters, MovieId, Profile, Rating, Recommendation, UserId

Own = Literal["later", "again"]
# A page of each: of the watchlist one film, since it is to end a search.
PAGE_SIZE: Final[dict[Own, int]] = {"later": 1, "again": 5}
# From so long after a film is a pleasure anew.
LONG_AGO: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round of somebody's own films, and what it showed."""

    kind: Own
    shown: frozenset[MovieId]


def own_round(tx: Tx, person: UserId, round_: int) -> OwnRound | None:
    """Return what is known of a round of own films; None where it is of another kind."""
    slot = tx.impressions.slot(person, round_)
    kind = next((own for own in PAGE_SIZE if own == slot), None)
    return None if kind is None else OwnRound(kind, tx.impressions.shown(person, round_))


def find_among(service: Service, person: UserId, own: Own, shown: Iterable[MovieId] = ()) -> list[Recommendation]:
    """Ask for the next page of a person's own films, none of which was shown in this round."""
    met = frozenset(shown)
    profile, kept = service.store.read(lambda tx: (tx.ratings.profile(person), kept_for_later(tx, person)))
    liked = _liked_long_ago(profile, met)
    wanted = kept - met if own == "later" else frozenset(rating.movie_id for rating in liked)
    if not wanted:
        return []
    recommender, filters = service.recommender_of(person), Filters(among=wanted)
    found = recommender.recommend(as_new(profile, wanted), PAGE_SIZE[own], filters=filters)
    among = [replace(one, slot=own) for one in found]
    return among if own == "later" else _most_loved_first(among, liked)


def kept_for_later(tx: Tx, person: UserId) -> frozenset[MovieId]:
    """Return the films of somebody's watchlist."""
    count = tx.marks.count(person, "later")
    return frozenset(mark.movie_id for mark in tx.marks.page(person, "later", offset=0, limit=count))


def _liked_long_ago(profile: Profile, met: frozenset[MovieId]) -> list[Rating]:
    """Return the likes from which a page is chosen: of as many stars as it takes to fill one."""
    assert profile.asked_at is not None, "a stored profile knows when it was asked for"
    before = profile.asked_at - LONG_AGO
    old = [one for one in profile.ratings if one.stars.is_like and one.rated_at <= before and one.movie_id not in met]
    old.sort(key=lambda rating: rating.stars, reverse=True)
    if len(old) <= PAGE_SIZE["again"]:
        return old
    least = old[PAGE_SIZE["again"] - 1].stars
    return [rating for rating in old if rating.stars >= least]


def as_new(profile: Profile, wanted: frozenset[MovieId]) -> Profile:
    """Return the profile of somebody who has not met these films."""
    ratings = tuple(rating for rating in profile.ratings if rating.movie_id not in wanted)
    return replace(profile, ratings=ratings, hidden=profile.hidden - wanted)


def _most_loved_first(found: Sequence[Recommendation], liked: Iterable[Rating]) -> list[Recommendation]:
    """Return what was liked by its stars; no chance is told of what somebody has seen."""
    stars = {rating.movie_id: rating.stars for rating in liked}
    ordered = sorted(found, key=lambda one: stars[one.movie_id], reverse=True)
    return [replace(one, like_probability=None) for one in ordered]
