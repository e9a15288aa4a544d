"""Films that were found, as a page words them: with what the person said of them, how sure, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.lists import Pick, Shared
from bot.service.films import film_states, named
from bot.service.followed import who_is_followed
from bot.service.service import Visit
from bot.service.sharing import shared_by
from recommender.domain import Recommendation


def picks_of(visit: Visit, found: Sequence[Recommendation]) -> list[Pick]:
    """Return films that were found as a page words them."""
    films = film_states(visit.tx, visit.id, [one.movie_id for one in found])
    stored = visit.tx.movies.many(one.because.movie_id for one in found if one.because.movie_id is not None)
    cited = {movie_id: named(visit.words, movie) for movie_id, movie in stored.items()}
    has_rated = visit.tx.ratings.count(visit.id) > 0
    followed = who_is_followed(
        visit.tx,
        visit.id,
        visit.words,
        [films[one.movie_id] for one in found if one.slot == "followed" and one.movie_id in films],
    )

    def shared(one: Recommendation) -> Shared | None:
        liked = None if one.because.movie_id is None else stored.get(one.because.movie_id)
        if liked is None:
            return None
        return shared_by(visit.words, films[one.movie_id].movie, liked, one.because.shared)

    return [
        Pick(
            film=films[one.movie_id],
            like_probability=one.like_probability,
            because_movie=None if one.because.movie_id is None else cited.get(one.because.movie_id),
            shared=shared(one),
            because_genre=one.because.genre,
            liked_with=one.because.liked_with,
            shared_genres=tuple(genre for genre in visit.person.genres if genre in films[one.movie_id].movie.genres),
            # Without a chance the list goes by popularity, whatever was rated.
            from_ratings=has_rated and one.like_probability is not None,
            is_wildcard=one.slot == "wildcard",
            is_alike=one.slot == "alike",
            is_nearest=one.slot == "nearest",
            **followed.get(one.movie_id, {}),
            is_personal=has_rated or not visit.recommender.is_simulated,
        )
        for one in found
        if one.movie_id in films
    ]
