"""A recommender with known answers, and a small catalogue: what the chat is tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from bot.storage import CatalogueMovie
from recommender.domain import (
    NOTHING_STALE,
    Because,
    Filters,
    GroupPick,
    GroupRequest,
    Movie,
    MovieId,
    Profile,
    Recommendation,
)

GENRES_IN_TURN = (("Action", "Crime"), ("Comedy",), ("Drama", "Romance"), ("Sci-Fi",))
FIRST_TITLES = ("Heat", "Ronin", "Amélie", "Alien", "The Matrix", "Casablanca", "Tom & <Jerry>", "=cmd|' /C calc'!A0")


def movie(number: int) -> Movie:
    """Return film `number` of the catalogue; genres come in turn."""
    title = FIRST_TITLES[number - 1] if number <= len(FIRST_TITLES) else f"Film {number}"
    return Movie(MovieId(number), title, 1990 + number % 30, GENRES_IN_TURN[number % len(GENRES_IN_TURN)])


CATALOGUE = [movie(number) for number in range(1, 41)]
ENTRIES = [
    CatalogueMovie(one, imdb_id=f"tt{one.id:07}", tmdb_id=one.id + 1000, popularity=1 / one.id) for one in CATALOGUE
]


class Pupil:
    """Recommends films that share a genre with what was liked or chosen, by number, the fresh first; learns at once."""

    version = "pupil"
    is_simulated = False

    def recommend(
        self,
        profile: Profile,
        k: int,
        *,
        filters: Filters = Filters(),
        shown: Set[MovieId] = frozenset(),
        stale: Mapping[MovieId, int] = NOTHING_STALE,
        draw: int | None = None,
    ) -> list[Recommendation]:
        liked = [rating.movie_id for rating in profile.ratings if rating.stars.is_like]
        tasted = {genre for number in (*liked, *profile.leanings) for genre in movie(number).genres}
        free = [one for one in CATALOGUE if one.id not in _known(profile) | shown]
        free = [one for one in free if not profile.excluded & {*one.genres} and _fits(one, filters)]
        free.sort(
            key=lambda one: (
                one.id in stale,
                not tasted & {*one.genres},
                not {*profile.genres} & {*one.genres},
                one.id,
            )
        )
        cited = Because(movie_id=liked[-1]) if liked else Because(genre=next(iter(profile.genres), None))
        return [Recommendation(one.id, 1.0, 0.87, cited) for one in free[:k]]

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return films that nobody there rated or hides, what is kept first; each is worth as much to all."""
        met = frozenset[MovieId]().union(*(_barred(one, with_met=request.with_met) for one in profiles))
        free = [one.id for one in CATALOGUE if one.id not in met]
        free.sort(key=lambda one: (one not in request.kept, one))
        return [GroupPick(one, 0.8, 0.7, 0.9) for one in free[:k]]

    def alike(self, one: Profile, other: Profile) -> float | None:
        return 0.5 if one.genres else None

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        return [one.id for one in CATALOGUE if one.id not in _known(profile) | skipped][:k]

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        free = [one.id for one in CATALOGUE if one.id not in _known(profile)]
        return [tuple(free[start::4][:4]) for start in range(4)] if len(free) >= 16 else []


def _fits(one: Movie, filters: Filters) -> bool:
    assert one.year is not None
    genres = {*one.genres}
    return (
        (filters.year_from or 0) <= one.year <= (filters.year_to or 9999)
        and not genres & filters.genres_out
        and (not filters.genres_in or bool(genres & filters.genres_in))
        and filters.genres_all <= genres
        and (filters.among is None or one.id in filters.among)
        and one.id not in filters.apart
    )


def _barred(profile: Profile, *, with_met: bool) -> frozenset[MovieId]:
    met = {one.movie_id for one in profile.ratings if not (with_met and one.stars.is_like)}
    return profile.hidden | met


def _known(profile: Profile) -> frozenset[MovieId]:
    return profile.hidden | {rating.movie_id for rating in profile.ratings}
