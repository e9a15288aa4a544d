"""A seeded generator of corpora shaped like MovieLens, up to 32 million ratings: what scale is measured on.

Nobody real stands behind these ratings. Each is drawn by itself, so that time and memory grow with ratings alone;
bot/catalogue/simulator/, which weighs every film for every person, serves catalogues of a few thousand films. What the
numbers below were chosen to match, and how closely, stands in tests/benchmarks/test_generator.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import GENRES, Movie, MovieId

SEED: Final = 20
# Leanings: genres that people tend to like together.
LEANINGS: Final = (
    ("Action", "Adventure", "Sci-Fi"),
    ("Animation", "Children", "Fantasy", "Musical", "Adventure"),
    ("Romance", "Comedy"),
    ("Crime", "Thriller", "Mystery", "Film-Noir"),
    ("Horror", "Thriller", "Sci-Fi"),
    ("War", "Western", "Action"),
    ("Drama", "Romance"),
    ("Documentary", "Drama", "War"),
    ("Comedy",),
    ("Musical", "Romance", "Comedy"),
    ("Film-Noir", "Drama", "Mystery"),
    ("Fantasy", "Sci-Fi", "Adventure"),
)
MOST_PEOPLE, MOST_FILMS = 200_000, 87_000
RATINGS_PER_PERSON: Final = 149
# The catalogue of 100,000 ratings, and by which power of the ratings it grows: 87,000 films at 32 million.
FEWEST_FILMS, FILM_GROWTH = 9_125, 0.391

FIRST_YEAR, LAST_YEAR = 1996, 2016
SECONDS_PER_YEAR: Final = 31_557_600
DAY_S: Final = 86_400

# Fame falls with rank as (1 + rank / 210) ^ -1.62: the best known film is met by a third of all people in any size.
FAME_RANK, FAME_POWER = 210.0, 1.62
# Films and people meet in this many dimensions of taste; schools are several to a leaning.
FACETS, SCHOOLS = 8, 3
# Which share of films has each genre, in the order of GENRES: far down the tail, and among what people rate.
TAIL_GENRES = (15, 9, 4, 6, 36, 11, 6, 49, 6, 2, 10, 4, 6, 16, 7, 18, 4, 2)
HEAD_GENRES = (30, 25, 7, 10, 38, 18, 1, 43, 12, 1, 6, 5, 8, 20, 18, 28, 5, 2)
# How much likelier a film of a leaning has the leaning's genres.
LEANING_BOOST: Final = 3.0

# Ratings of a person: a few that the site demands, and a long tail (lognormal).
DEMANDED, ACTIVITY_MEDIAN, ACTIVITY_SPREAD = 19, 53.0, 1.3
# Nobody rates more than this part of the films out when they came in.
LARGEST_PART: Final = 3
# People draw films from their few schools, or with this chance from any.
OPEN_MINDED: Final = 0.4
TASTE_FOCUS, SCHOOL_PULL = 0.25, 0.9
# A new film draws more people, an old one hardly less than an older one: exp(-age / 7) + 0.3.
NEWS_YEARS, CLASSIC = 7.0, 0.3
# Well known films are rated first, with chance mixed in.
FAME_FIRST: Final = 0.33

# Stars: where they lie, and the standard deviations that a film, a person, their match and chance add.
STARS_MEAN, STARS_FILM, STARS_PERSON, STARS_MATCH, STARS_CHANCE = 3.72, 0.38, 0.42, 0.45, 0.78
FAMED_STARS: Final = 0.12
HALF_STARS: Final = 0.5

ONE_SITTING: Final = 0.55
LATER_SITTING: Final = 0.05
SITTING_GAP_S, RATING_GAP_S = 45 * DAY_S, 8
# How often what was already met is drawn again; a few people of the longest tail end with fewer ratings.
DRAWS: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class _Films:
    """Attributes: `weights` (films,), fame; `facets` (films, FACETS); `pulls` (schools, films); `years`, `quality`."""

    weights: NDArray[np.float64]
    facets: NDArray[np.float32]
    pulls: NDArray[np.float32]
    years: NDArray[np.int64]
    quality: NDArray[np.float32]
    genres: NDArray[np.bool_]  # (films, genres)


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    counts: NDArray[np.int64]  # (people,), ratings
    mixes: NDArray[np.float32]  # (people, schools), rows summing to one
    tastes: NDArray[np.float32]  # (people, FACETS)
    strictness: NDArray[np.float32]  # (people,)
    joined: NDArray[np.float64]  # (people,), years AD

    def at(self, people: NDArray[np.integer]) -> _People:
        return _People(*(getattr(self, name)[people] for name in _People.__dataclass_fields__))


def generate(ratings: int, seed: int = SEED, *, per_person: int = RATINGS_PER_PERSON) -> Corpus:
    """Generate about that many ratings, by up to 200,000 people of up to 87,000 films; the same arguments, the same.

    Args:
        per_person: how many each person gives in the mean; with few, most give hardly more than the site demands.

    Raises:
        ValueError: too few ratings for one person, or for what the site demands.
    """
    if per_person <= DEMANDED:
        raise ValueError(f"per_person must be above {DEMANDED}. Received: {per_person}")
    if ratings < per_person:
        raise ValueError(f"ratings must be at least {per_person}. Received: {ratings}")
    rng = np.random.default_rng(seed)
    people = min(MOST_PEOPLE, ratings // per_person)
    centres = rng.standard_normal((len(LEANINGS) * SCHOOLS, FACETS)) / np.sqrt(FACETS)
    leanings = rng.standard_normal((len(LEANINGS), FACETS)) / np.sqrt(FACETS)
    centres = (centres + np.repeat(leanings, SCHOOLS, axis=0)).astype(np.float32)  # (schools, FACETS)
    films = _draw_films(film_count(ratings), centres, rng)
    crowd = _draw_people(people, ratings, centres, len(films.years), rng)
    years = np.minimum(crowd.joined.astype(np.int64), LAST_YEAR)
    parts = [
        (some, *_rate(films, crowd.at(some), year, rng))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        if len(some := np.flatnonzero(years == year))
    ]
    return _assemble(_movies(films), people, parts)


def film_count(ratings: int) -> int:
    """Return how large a catalogue goes with that many ratings."""
    return int(min(MOST_FILMS, FEWEST_FILMS * (ratings / 100_000) ** FILM_GROWTH))


def _draw_films(count: int, centres: NDArray[np.float32], rng: np.random.Generator) -> _Films:
    ranks = rng.permutation(count)
    weights = (1 + ranks / FAME_RANK) ** -FAME_POWER
    fame = np.log(weights)
    schools = rng.integers(0, len(centres), count)
    facets = (centres[schools] + 0.5 * rng.standard_normal((count, FACETS)) / np.sqrt(FACETS)).astype(np.float32)
    quality = rng.standard_normal(count) * STARS_FILM + FAMED_STARS * (fame - np.average(fame, weights=weights))
    years = LAST_YEAR - rng.gamma(1.2, 19, count)
    return _Films(
        weights,
        facets,
        (SCHOOL_PULL * centres @ facets.T / (centres**2).sum(axis=1, keepdims=True)).astype(np.float32),
        np.maximum(years, 1902).astype(np.int64),
        quality.astype(np.float32),
        _draw_genres(schools // SCHOOLS, np.exp(fame / 5), rng),
    )


def _draw_genres(
    leanings: NDArray[np.int64], famed: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Return genres that suit each film's leaning, and on the whole the shares above.  (films, genres)"""
    boosts = np.array([[LEANING_BOOST if genre in leaning else 1.0 for genre in GENRES] for leaning in LEANINGS])
    boosts /= boosts.mean(axis=0)  # (leanings, genres)
    shares = famed[:, None] * np.array(HEAD_GENRES) + (1 - famed[:, None]) * np.array(TAIL_GENRES)  # (films, genres)
    has = rng.random(shares.shape) < shares / 100 * boosts[leanings]
    first = np.array([GENRES.index(leaning[0]) for leaning in LEANINGS])
    bare = np.flatnonzero(~has.any(axis=1))
    has[bare, first[leanings[bare]]] = True
    return np.asarray(has)


def _draw_people(
    count: int, ratings: int, centres: NDArray[np.float32], films: int, rng: np.random.Generator
) -> _People:
    activity = rng.lognormal(np.log(ACTIVITY_MEDIAN), ACTIVITY_SPREAD, count)
    for _ in range(3):  # what the longest tail may not rate, the others do
        activity = np.minimum(activity * max(1, ratings - DEMANDED * count) / activity.sum(), films // LARGEST_PART)
    mixes = rng.dirichlet(np.full(len(centres), TASTE_FOCUS), count).astype(np.float32)
    tastes = mixes @ centres
    tastes /= np.linalg.norm(tastes, axis=1, keepdims=True)
    return _People(
        (DEMANDED + np.round(activity)).astype(np.int64),
        mixes,
        tastes,
        (STARS_PERSON * rng.standard_normal(count)).astype(np.float32),
        FIRST_YEAR + (LAST_YEAR + 1 - FIRST_YEAR) * rng.random(count) ** 1.5,
    )


def _rate(
    films: _Films, crowd: _People, year: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
    """Return what people who came in one year rated, person by person, oldest first: lengths, films, stars, times."""
    people, rows = _draw_seen(films, crowd, year, rng)
    turns = FAME_FIRST * np.log(films.weights[rows]) + rng.gumbel(size=len(rows))
    order = np.lexsort((-turns, people))
    people, rows = people[order], rows[order]
    lengths = np.bincount(people, minlength=len(crowd.counts))
    match = np.einsum("rf,rf->r", films.facets[rows], crowd.tastes[people])  # (ratings,)
    value = films.quality[rows] - crowd.strictness[people] + STARS_MATCH * (match - match.mean()) / match.std()
    value += STARS_MEAN + STARS_CHANCE * rng.standard_normal(len(rows), dtype=np.float32)
    steps = np.where(rng.random(len(rows), dtype=np.float32) < HALF_STARS, 2, 1)
    stars = np.clip(np.round(value * steps) / steps, 0.5, 5.0).astype(np.float32)
    return lengths, rows.astype(np.int32), stars, _times(people, lengths, crowd.joined, rng)


def _draw_seen(
    films: _Films, crowd: _People, year: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return who met which films of those out by that year; nobody meets one twice.  (ratings,) each"""
    age = year - films.years
    wanted = films.weights * np.where(age >= 0, np.exp(-np.maximum(age, 0) / NEWS_YEARS) + CLASSIC, 0)  # (films,)
    of_school = _ladders(wanted * np.exp(films.pulls))  # (schools * films,)
    mixes = OPEN_MINDED / crowd.mixes.shape[1] + (1 - OPEN_MINDED) * crowd.mixes
    of_person = _ladders(mixes)  # (people * schools,)
    size, counts = len(films.years), np.minimum(crowd.counts, int((age >= 0).sum()) // LARGEST_PART)
    pairs = np.empty(0, dtype=np.int64)  # person * size + film
    for _ in range(DRAWS):
        missing = counts - np.bincount(pairs // size, minlength=len(counts))
        people = np.repeat(np.arange(len(counts)), -(-missing * 5 // 4))
        schools = _evaluate(of_person, people, mixes.shape[1], rng)
        drawn = people * size + _evaluate(of_school, schools, size, rng)
        pairs = _first_of_each(np.concatenate([pairs, drawn]), size, counts)
    return pairs // size, pairs % size


def _ladders(weights: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return cumulative shares row after row, row r from r to r + 1, so that one search draws from any row."""
    cumulative = np.cumsum(weights, axis=1, dtype=np.float64)
    return np.asarray((cumulative / cumulative[:, -1:] + np.arange(len(weights))[:, None]).ravel())


def _evaluate(
    ladders: NDArray[np.float64], rows: NDArray[np.integer], width: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw a column for each of these rows."""
    return np.minimum(np.searchsorted(ladders, rows + rng.random(len(rows)), side="right") - rows * width, width - 1)


def _first_of_each(pairs: NDArray[np.int64], size: int, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return pairs without repetitions, of each person the first `counts` drawn, person by person."""
    first = np.sort(np.unique(pairs, return_index=True)[1])
    pairs = pairs[first]
    pairs = pairs[np.argsort(pairs // size, kind="stable")]
    people = pairs // size
    starts = np.cumsum(lengths := np.bincount(people, minlength=len(counts))) - lengths
    return np.asarray(pairs[np.arange(len(pairs)) - starts[people] < counts[people]])


def _times(
    people: NDArray[np.int64], lengths: NDArray[np.int64], joined: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return rising times: one sitting, or several with weeks between them.  (ratings,)"""
    places = np.arange(len(people)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    returns = rng.random(len(lengths)) >= ONE_SITTING
    rests = returns[people] & (places >= DEMANDED) & (rng.random(len(people)) < LATER_SITTING)
    gaps = rng.exponential(RATING_GAP_S, len(people)).astype(np.int64)
    gaps[rests] += DAY_S + rng.exponential(SITTING_GAP_S, int(rests.sum())).astype(np.int64)
    gaps[places == 0] = 0
    elapsed = np.cumsum(gaps)
    firsts = np.cumsum(lengths) - lengths
    start = ((joined - 1970) * SECONDS_PER_YEAR).astype(np.int64) - elapsed[np.minimum(firsts, len(people) - 1)]
    return np.asarray(elapsed + start[people])


def _movies(films: _Films) -> tuple[Movie, ...]:
    return tuple(
        Movie(MovieId(row + 1), f"Film {row + 1}", int(year), tuple(GENRES[column] for column in np.flatnonzero(has)))
        for row, (year, has) in enumerate(zip(films.years, films.genres, strict=True))
    )


def _assemble(
    movies: tuple[Movie, ...],
    people: int,
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]],
) -> Corpus:
    """Put the years' people back into the order of their ids, which are no order of coming in."""
    lengths = np.zeros(people, dtype=np.int64)
    for some, counted, *_ in parts:
        lengths[some] = counted
    starts = np.concatenate(([0], np.cumsum(lengths)))
    rows, stars, times = (np.empty(starts[-1], dtype) for dtype in (np.int32, np.float32, np.int64))
    while parts:
        some, counted, *columns = parts.pop()
        firsts = np.cumsum(counted) - counted
        places = np.repeat(starts[some] - firsts, counted) + np.arange(counted.sum())
        for whole, column in zip((rows, stars, times), columns, strict=True):
            whole[places] = column
    return Corpus(movies, np.arange(1, people + 1), starts, rows, stars, times)
