"""The domain's values: movies, ratings, profiles and recommendations. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, NewType, Protocol

UserId = NewType("UserId", int)
MovieId = NewType("MovieId", int)

# MovieLens' 18 genres; IMAX is a format and no genre, "Children's" of the older releases is Children.
GENRES: Final[tuple[str, ...]] = (
    "Action",
    "Adventure",
    "Animation",
    "Children",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
)

# What a place of a list was given for: the best of what was asked, a film off the usual path, or, where what was asked
# has run out, the best of the rest; or being by somebody followed; or, in a list of such films, being like another,
# kept for later, or liked long ago.
Slot = Literal["top", "wildcard", "nearest", "alike", "later", "again", "followed"]


@dataclass(frozen=True, slots=True, order=True)
class Stars:
    """Half a star to five stars, in steps of a half."""

    value: float

    def __post_init__(self) -> None:
        if not (0.5 <= self.value <= 5.0 and (self.value * 2).is_integer()):
            raise ValueError(f"stars must be 0.5 to 5.0 in steps of 0.5. Received: {self.value!r}")

    @classmethod
    def from_half_stars(cls, half_stars: int) -> Stars:
        """Build from 1-10 half stars, the form of buttons and of the database."""
        return cls(half_stars / 2)

    @property
    def half_stars(self) -> int:
        return int(self.value * 2)

    @property
    def is_like(self) -> bool:
        return self.value >= LIKE.value


# What counts as liked, here and everywhere except in the courses' own table (3.5).
LIKE: Final = Stars(4.0)


@dataclass(frozen=True, slots=True)
class Movie:
    """A film: `genres` is a subset of GENRES in that order; `year` is None when unknown."""

    id: MovieId
    title: str
    year: int | None
    genres: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.title if self.year is None else f"{self.title} ({self.year})"


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person gave one movie, and when (UTC, aware)."""

    movie_id: MovieId
    stars: Stars
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of a person's taste. No name and no user id: a person is what they chose and rated.

    Attributes:
        genres: chosen at onboarding; may be empty.
        ratings: oldest first, at most one per movie.
        hidden: movies never to recommend besides the rated ones (seen, never, not now, kept for later).
        excluded: genres never to recommend, whatever else a film is; they win over chosen ones.
        asked_at: when they ask (UTC, aware); None for when they rated last.
        leanings: films of shelves that they chose as theirs: liked softly, and no ratings.
    """

    genres: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    hidden: frozenset[MovieId] = frozenset()
    excluded: frozenset[str] = frozenset()
    asked_at: datetime | None = None
    leanings: frozenset[MovieId] = frozenset()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list must keep to, and how far it leaves what is well known; the defaults let everything through.

    Attributes:
        genres_in, genres_out: at least one of the former where there are any, none of the latter.
        genres_all: every one of them.
        year_from, year_to: inclusive; films of unknown year are outside.
        novelty: 0, whatever fits best, to 1, new and little-known films first.
        among: the films that are asked about; None for all.
        apart: films that are not.
        any_genre: whether films of any genre will do, whatever was chosen, unless genres are asked for.
    """

    genres_in: frozenset[str] = frozenset()
    genres_out: frozenset[str] = frozenset()
    year_from: int | None = None
    year_to: int | None = None
    novelty: float = 0.0
    genres_all: frozenset[str] = frozenset()
    among: frozenset[MovieId] | None = None
    apart: frozenset[MovieId] = frozenset()
    any_genre: bool = False

    def __post_init__(self) -> None:
        if self.year_from is not None and self.year_to is not None and self.year_from > self.year_to:
            raise ValueError(f"the first year must not be after the last. Received: {self.year_from} to {self.year_to}")
        if not 0 <= self.novelty <= 1:
            raise ValueError(f"novelty must be 0 to 1. Received: novelty={self.novelty}")


# How often films were shown lately and left alone, where none was.
NOTHING_STALE: Final[Mapping[MovieId, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What a list is made for besides a person: the arguments of Recommender.recommend as one value."""

    filters: Filters = Filters()
    shown: Set[MovieId] = frozenset()
    stale: Mapping[MovieId, int] = field(default_factory=lambda: NOTHING_STALE)
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """Why a movie is in the list; at most one of movie, genre and liked_with is known.

    Attributes:
        movie_id: a liked movie whose removal lowers the chance of a like, or the place in the ranking.
        genre: a chosen genre whose removal does.
        liked_with: a chosen genre whose choosers like the movie more than others do.
        shared: what both movies have that makes them most alike, by kind and name: "director:Akira Kurosawa"; only
            beside a liked movie.
    """

    movie_id: MovieId | None = None
    genre: str | None = None
    liked_with: str | None = None
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One line of a list.

    Attributes:
        like_probability: the chance that the person gives a like, as it is shown: 0.05 to 0.95, never rising on a page
            but to its wildcard; None where nothing is known of likes.
        propensity: how probable it was that a drawn movie would stand there; None for what was not drawn.
    """

    movie_id: MovieId
    score: float
    like_probability: float | None
    because: Because = field(default_factory=Because)
    slot: Slot = "top"
    propensity: float | None = None


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """What films for several people are asked for with.

    Attributes:
        kept: movies that get a place wherever nobody is against them.
        with_met: whether a movie may come that some of them, but not all, have rated, and all of those liked.
        series: movies of which one of each series may come; what is kept comes all the same.
    """

    filters: Filters = Filters()
    kept: frozenset[MovieId] = frozenset()
    with_met: bool = False
    series: Mapping[MovieId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupPick:
    """One movie for several people: the chance of a like as the mean over them, the least and the greatest of theirs.

    All are None where nothing is known of likes.
    """

    movie_id: MovieId
    fit: float | None = None
    least: float | None = None
    most: float | None = None


class Recommender(Protocol):
    """What the bot asks for lists. Every implementation passes the contract suite in tests/recommender."""

    @property
    def version(self) -> str:
        """Name what answers: a bundle's version, or a baseline's name."""
        ...

    @property
    def is_simulated(self) -> bool:
        """Tell whether all that it learned of people was simulated, so that it knows no chance of a stranger's like."""
        ...

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
        """Return at most `k` movies, page by page, best first; never a rated, hidden, excluded or shown one.

        A page is of the chosen genres, and of others as they are liked; genres asked for by `filters` take the place of
        the chosen ones.

        Args:
            stale: how often films were shown lately and left alone; the oftener, the further they step back behind what
                is fresh.
            draw: the seed of a wildcard, which may have the last place; None for none.

        Raises:
            ValueError: `k` is not positive.
        """
        ...

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return at most `k` well-known movies worth asking a rating for, most informative first.

        They fit the chosen genres, differ from one another, and are never rated, hidden or skipped.
        """
        ...

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return at most `k` movies for several people, the best fit first: average without misery over their tastes.

        None is hidden from any of them, of a genre that any of them excludes, or rated by any of them unless asked for.

        Raises:
            ValueError: `k` is not positive, or nobody is there.
        """
        ...

    def alike(self, one: Profile, other: Profile) -> float | None:
        """Return how much the same sets two people apart from everybody, -1 to 1; None where nothing does."""
        ...

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        """Return groups of well-known movies that go together, of which somebody may choose one; none of few movies."""
        ...


def require_positive(k: int) -> None:
    """Raise unless a list may be that long.

    Raises:
        ValueError: `k` is not positive.
    """
    if k <= 0:
        raise ValueError(f"k must be positive. Received: k={k}")
