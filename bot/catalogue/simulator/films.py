"""What is known of films as arrays: how well known and well liked each is, and the features that tastes are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.known_movies import rating_share
from bot.catalogue.starter import StarterFilm
from recommender.domain import Movie, MovieId

# What is assumed of a film that nothing is known of but title, year and genres.
UNKNOWN_POPULARITY: Final = 12
UNKNOWN_ACCLAIM: Final = 60
UNKNOWN_YEAR: Final = 2000
# How much a taste for a feature of each kind counts: a director says more of a film than one of its five actors.
KIND_WEIGHTS: Final = {
    "genre": 0.6,
    "tag": 0.6,
    "director": 0.9,
    "cast": 0.5,
    "country": 0.6,
    "series": 0.9,
}
# The usual answer, which is nobody's taste.
_USUAL_COUNTRY: Final = "US"
# Who is in one film alone joins it to no other.
_FEWEST_FILMS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Films:
    """Films as the simulated people find them.

    Attributes:
        log_share: log odds of having met each, by popularity alone.  (movies,)
        acclaim: 0 to 100.  (movies,)
        years: of release.  (movies,)
        for_family: whether the whole family may watch.  (movies,)
        for_adults: whether only they may.  (movies,)
        features: weight of each feature where a film has it, else 0.  (features, movies)
        borne: the features of each film, -1 where it has fewer than the most.  (movies, most)
    """

    log_share: NDArray[np.float32]
    acclaim: NDArray[np.float32]
    years: NDArray[np.float32]
    for_family: NDArray[np.bool_]
    for_adults: NDArray[np.bool_]
    features: NDArray[np.float32]
    borne: NDArray[np.int64]


def describe_films(movies: Sequence[Movie], known: Mapping[MovieId, StarterFilm]) -> Films:
    """Return what is known of these movies as arrays; what is not known of one is assumed."""
    facts = [known.get(movie.id) for movie in movies]
    shares = np.array([rating_share(film.popularity if film else UNKNOWN_POPULARITY) for film in facts])
    features, borne = _features([_name_features(*pair) for pair in zip(movies, facts, strict=True)])
    return Films(
        log_share=np.log(shares / (1 - shares)).astype(np.float32),
        acclaim=np.array([film.acclaim if film else UNKNOWN_ACCLAIM for film in facts], dtype=np.float32),
        years=np.array([movie.year or UNKNOWN_YEAR for movie in movies], dtype=np.float32),
        for_family=np.array([film is not None and film.age == "family" for film in facts]),
        for_adults=np.array([film is not None and film.age == "adult" for film in facts]),
        features=features,
        borne=borne,
    )


def _name_features(movie: Movie, film: StarterFilm | None) -> list[tuple[str, str]]:
    """Return the kind and name of everything in a film that somebody may have a taste for."""
    names = [("genre", genre) for genre in movie.genres]
    if film is None:
        return names
    names += [("tag", tag) for tag in film.tags]
    names += [("director", name) for name in film.directors]
    names += [("cast", name) for name in film.cast]
    names += [("country", code) for code in film.countries[:1] if code != _USUAL_COUNTRY]
    names += [("series", film.series)] if film.series else []
    return names


def _features(named: Sequence[Sequence[tuple[str, str]]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    counts = Counter(name for names in named for name in names)
    shared = sorted(name for name, count in counts.items() if count >= _FEWEST_FILMS)
    place = {name: row for row, name in enumerate(shared)}
    kept = [[place[name] for name in names if name in place] for names in named]
    most = max([1, *map(len, kept)])
    features = np.zeros((max(1, len(shared)), len(named)), dtype=np.float32)
    borne = np.full((len(named), most), -1, dtype=np.int64)
    for movie_row, rows in enumerate(kept):
        borne[movie_row, : len(rows)] = rows
        features[rows, movie_row] = [KIND_WEIGHTS[shared[row][0]] for row in rows]
    return features, borne
