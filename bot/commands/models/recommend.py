"""`reelmate recommend`: a list from the shell, for a person described by options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final

from bot.catalogue.search import SURE
from bot.commands.data.database import open_store
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.models.live import open_recommender
from bot.commands.names import split_names
from bot.commands.output import print_json, print_table, say
from bot.service.titles import Titles
from recommender.data.content import KIND_END
from recommender.data.metrics import LIST_LENGTH
from recommender.domain import GENRES, Because, Filters, Movie, MovieId, Profile, Rating, Recommendation, Stars

# What "liked" and "disliked" stand for: a clear like and a clear dislike, neither the end of the scale.
LIKED: Final = Stars(4.5)
DISLIKED: Final = Stars(1.5)


def recommend_films(
    invocation: Invocation,
    *,
    genres: str,
    liked: Sequence[str],
    disliked: Sequence[str],
    count: int,
    filters: Filters,
    as_json: bool,
) -> None:
    """Print films for a person of these genres and ratings.

    Raises:
        CommandError: an unknown genre or title, or an empty catalogue.
        StorageError: the database cannot be read.
    """
    settings = invocation.settings()
    with open_store(settings) as store:
        known, gone = store.read(lambda tx: (tx.movies.all(), frozenset(tx.twins.kept_by_gone())))
        movies = {movie.id: movie for movie in known}
        if not movies:
            raise CommandError("there are no films yet. Run `reelmate import starter`.")
        titles = Titles(store) if liked or disliked else None  # an index takes longer than a list
        ratings = _find_ratings(titles, movies, liked, disliked) if titles else ()
        profile = Profile(_parse_genres(genres, "--genres"), ratings, gone, asked_at=datetime.now(UTC))
        recommender = open_recommender(settings, store)
    films = recommender.recommend(profile, count, filters=filters, draw=_draw(profile, count))
    if as_json:
        print_json(_as_object(recommender.version, profile, films, movies))
    else:
        _print_list(recommender.version, profile, films, movies)


def _draw(profile: Profile, count: int) -> int | None:
    """Return the seed of the wildcard that ends lists of ten now and then: of the person described, not of the hour."""
    if count % LIST_LENGTH:
        return None
    told = repr((profile.genres, [(rating.movie_id, rating.stars) for rating in profile.ratings]))
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big")


def make_filters(*, only: str, without: str, year_from: int | None, year_to: int | None, novelty: float) -> Filters:
    """Return what the list must keep to.

    Args:
        only, without: genres with commas.
        year_from, year_to, novelty: as in Filters.

    Raises:
        CommandError: an unknown genre, or years in the wrong order.
    """
    genres_in, genres_out = (
        frozenset(_parse_genres(text, option)) for text, option in ((only, "--only"), (without, "--without"))
    )
    try:
        return Filters(genres_in, genres_out, year_from, year_to, novelty)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _parse_genres(text: str, option: str) -> tuple[str, ...]:
    """Return genres as MovieLens writes them, whatever their case."""
    known = {genre.casefold(): genre for genre in GENRES}
    asked = split_names(text)
    unknown = [name for name in asked if name.casefold() not in known]
    if unknown:
        raise CommandError(f"{option} must be among {', '.join(GENRES)}. Received: {', '.join(unknown)}")
    return tuple(dict.fromkeys(known[name.casefold()] for name in asked))


def _find_ratings(
    titles: Titles, movies: Mapping[MovieId, Movie], liked: Sequence[str], disliked: Sequence[str]
) -> tuple[Rating, ...]:
    """Return one rating per title, in the order given; a film named twice keeps its last."""
    now = datetime.now(UTC)
    named = [(title, LIKED) for title in liked] + [(title, DISLIKED) for title in disliked]
    found = {(movie_id := _find_movie(titles, movies, title)): Rating(movie_id, stars, now) for title, stars in named}
    return tuple(found.values())


def _find_movie(titles: Titles, movies: Mapping[MovieId, Movie], title: str) -> MovieId:
    hits = titles.search(title, 1)
    if hits and hits[0].score >= SURE:
        return hits[0].movie_id
    hint = f' Did you mean "{movies[hits[0].movie_id].label}"?' if hits else ""
    raise CommandError(f'titles must be in the catalogue. Received: "{title}".{hint}')


def _as_object(
    version: str, profile: Profile, films: Sequence[Recommendation], movies: Mapping[MovieId, Movie]
) -> dict[str, Any]:
    return {
        "version": version,
        "genres": list(profile.genres),
        "ratings": [
            {"movie_id": rating.movie_id, "title": movies[rating.movie_id].label, "stars": rating.stars.value}
            for rating in profile.ratings
        ],
        "recommendations": [_film(place, film, movies) for place, film in enumerate(films, start=1)],
    }


def _film(place: int, film: Recommendation, movies: Mapping[MovieId, Movie]) -> dict[str, Any]:
    movie = movies[film.movie_id]
    return {
        "place": place,
        "movie_id": movie.id,
        "title": movie.title,
        "year": movie.year,
        "genres": list(movie.genres),
        "score": round(film.score, 6),
        "like_probability": None if film.like_probability is None else round(film.like_probability, 4),
        "because_movie_id": film.because.movie_id,
        "because_genre": film.because.genre,
        "because_liked_with": film.because.liked_with,
        "because_shared": film.because.shared,
        "slot": film.slot,
    }


def _print_list(
    version: str, profile: Profile, films: Sequence[Recommendation], movies: Mapping[MovieId, Movie]
) -> None:
    for rating in profile.ratings:
        say(f"{'liked' if rating.stars.is_like else 'disliked'}: {movies[rating.movie_id].label}")
    rows = [
        [
            str(place),
            movies[film.movie_id].label,
            ", ".join(movies[film.movie_id].genres),
            "" if film.like_probability is None else f"{100 * film.like_probability:.0f} %",
            _reason(film.because, movies),
        ]
        for place, film in enumerate(films, start=1)
    ]
    print_table(("", "film", "genres", "sure", "because"), rows)
    if any(film.slot == "nearest" for film in films):
        say("That is all there is of these genres; the rest comes nearest to them.")
    say(f"by {version}" if films else "No film is left to recommend.")


def _reason(because: Because, movies: Mapping[MovieId, Movie]) -> str:
    if because.movie_id is not None:
        shared = f" ({because.shared.replace(KIND_END, ': ', 1)})" if because.shared else ""
        return f"you liked {movies[because.movie_id].title}{shared}"
    if because.liked_with:
        return f"many who chose {because.liked_with} liked it"
    return f"you chose {because.genre}" if because.genre else ""
