"""What the network would be told of a person without each of their ratings or genres: all at once, for reasons.

The same as asking anew without a rating (tests/recommender/ranking/test_removal.py), up to the last bit of half
precision, in a tenth of the time: whatever is a sum over the history is taken once, and each rating's share from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender.data.odds import sigmoid
from recommender.data.statistics import USUAL_STARS
from recommender.ranking.features import LONGEST_HISTORY, EncodedProfile
from recommender.ranking.inputs import MIDDLE_STARS, NO_FILM, network_inputs
from recommender.ranking.retrieval import (
    FARTHEST_APART,
    LOG_RATE_UNIT,
    NEWEST_PLACE,
    OWN_MEAN_PRIOR,
    PAIR_FEATURES,
    USER_BIAS_PRIOR,
    USER_STAR_BIAS_PRIOR,
    YEAR_PRIOR,
    YEARS_UNIT,
    Retrieval,
)

Columns = dict[str, NDArray[np.floating]]


def inputs_without_each(
    person: EncodedProfile, places: Sequence[int], rows: NDArray[np.integer], retrieval: Retrieval
) -> dict[str, NDArray[np.generic]]:
    """Return the network's inputs for a person without each of some ratings of their history.

    Args:
        person: with the rating before the newest LONGEST_HISTORY, too, where there is one, which comes in for another.
        places: of the ratings in that history, at least one.
        rows: films.  (films,)

    Returns: arrays as of network_inputs, under an axis of removals.  (removals, ...)
    """
    count = len(person.rows)
    if count < 2:
        alone = replace(person, rows=person.rows[:0], stars=person.stars[:0])
        return {name: values[None] for name, values in network_inputs(alone, rows, retrieval).items()}
    stays = np.arange(count - 1)  # (left,)
    left = (stays + (stays >= np.array(places)[:, None]))[:, -LONGEST_HISTORY:]  # (removals, left)
    history = np.full((len(left), LONGEST_HISTORY), NO_FILM, dtype=np.int32)
    stars = np.zeros((len(left), LONGEST_HISTORY), dtype=np.float32)
    history[:, : left.shape[1]] = person.rows[left]
    stars[:, : left.shape[1]] = person.stars[left] - MIDDLE_STARS
    return {
        "genres": np.tile(person.genres.astype(np.float32), (len(left), 1)),
        "history": history,
        "stars": stars,
        "person": _person_features(person, left, retrieval),
        "films": np.tile(rows.astype(np.int32), (len(left), 1)),
        "pairs": _pair_features(person, left, rows, retrieval).astype(np.float16),
    }


def inputs_choosing(
    people: Sequence[EncodedProfile], rows: NDArray[np.integer], retrieval: Retrieval
) -> dict[str, NDArray[np.generic]]:
    """Return the network's inputs for people who differ in their chosen genres alone, at least one.

    Args:
        rows: films, the same for everybody.  (films,)

    Returns: arrays as of network_inputs, under an axis of people.  (people, ...)
    """
    one = network_inputs(people[0], rows, retrieval)
    inputs = {name: np.repeat(values[None], len(people), axis=0) for name, values in one.items()}
    for place, person in enumerate(people[1:], start=1):
        inputs["genres"][place] = person.genres
        for name, column in retrieval.genre_columns(person, rows).items():
            inputs["pairs"][place, :, PAIR_FEATURES.index(name)] = column
    return inputs


def _own_means(stars: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each removal's own mean, drawn to the usual one.  stars: (removals, left)  ->  (removals,)"""
    return np.asarray((stars.sum(axis=1) + OWN_MEAN_PRIOR * USUAL_STARS) / (stars.shape[1] + OWN_MEAN_PRIOR))


def _person_features(person: EncodedProfile, left: NDArray[np.integer], retrieval: Retrieval) -> NDArray[np.float32]:
    """Return PERSON_FEATURES.  left: places that stay, (removals, left)  ->  (removals, person features)"""
    stars, fame = person.stars[left], retrieval.tables["log_rating_rate"][person.rows][left]
    ones = np.ones(len(left))
    values = (
        np.log1p(left.shape[1]) * ones,
        ones,
        _own_means(stars) - USUAL_STARS,
        stars.std(axis=1),
        fame.mean(axis=1) / LOG_RATE_UNIT,
        person.likes[left].mean(axis=1),
    )
    return np.stack(values, axis=1).astype(np.float32)


def _pair_features(
    person: EncodedProfile, left: NDArray[np.integer], rows: NDArray[np.integer], retrieval: Retrieval
) -> NDArray[np.float32]:
    """Return PAIR_FEATURES.  (removals, films, pair features)"""
    columns = {
        **retrieval.columns_of_nobody(person, rows),
        **_year_columns(person, left, rows, retrieval),
        **_history_columns(person, left, rows, retrieval),
    }
    out = np.zeros((len(left), len(rows), len(PAIR_FEATURES)), dtype=np.float32)
    for place, name in enumerate(PAIR_FEATURES):
        if name in columns:
            out[:, :, place] = columns[name]
    return out


def _year_columns(
    person: EncodedProfile, left: NDArray[np.integer], rows: NDArray[np.integer], retrieval: Retrieval
) -> Columns:
    """Return what is read off the years of a history.  (removals, films) each"""
    tables, size = retrieval.tables, left.shape[1]
    years = np.sort(tables["year"][person.rows[left]], axis=1)  # (removals, left)
    means, newest = years.mean(axis=1), years[:, -min(NEWEST_PLACE, size)]  # (removals,) each
    share = size / (size + YEAR_PRIOR)

    def prior(name: str, values: NDArray[np.floating]) -> NDArray[np.float32]:
        bins = np.abs(tables[f"{name}_centres"] - values[:, None]).argmin(axis=1)  # (removals,)
        return np.asarray(share * tables[f"{name}_prior"][bins[:, None], rows].astype(np.float32))

    apart = np.abs(tables["year"][rows] - means[:, None])
    return {
        "newest_year_prior": prior("newest_year", newest),
        "mean_year_prior": prior("mean_year", means),
        "years_apart": np.clip(apart, 0, FARTHEST_APART) / YEARS_UNIT,
    }


def _history_columns(
    person: EncodedProfile, left: NDArray[np.integer], rows: NDArray[np.integer], retrieval: Retrieval
) -> Columns:
    """Return what is summed over a history.  (removals, films) each, or (removals, 1)"""
    tables, size, root = retrieval.tables, left.shape[1], np.sqrt(left.shape[1])
    likes, stays = person.likes, _stays(left, len(person.rows))  # (history,), (removals, history)
    centred = (person.stars - _own_means(person.stars[left])[:, None]) * stays  # (removals, history)
    met = retrieval.ease("ease_ratings", person.rows, rows)  # (history, films)
    liked = retrieval.ease("ease_likes", person.rows, rows) * likes[:, None]  # (history, films)
    genres = retrieval.catalogue.genres
    share = genres[rows] / np.maximum(1, genres[rows].sum(axis=1, keepdims=True))  # (films, genres)
    table = genres[person.rows].astype(np.float32)  # (history, genres)
    rated, given = stays @ table, centred.astype(np.float32) @ table  # (removals, genres) each
    beyond_likes = likes - sigmoid(tables["like_odds"][person.rows])  # (history,)
    beyond_stars = person.stars - USUAL_STARS - tables["mean_stars"][person.rows]  # (history,)
    weights = np.where(likes, 1.0, 0.5).astype(np.float32)  # (history,)
    tastes = stays @ (weights[:, None] * tables["taste_in"][person.rows].astype(np.float32))  # (removals, tastes)
    content = retrieval.likeness.sums(person.rows, np.concatenate([stays, centred]), rows)  # (2 * removals, films)
    return {
        "ease_likes": stays @ liked / root,
        "ease_ratings": stays @ met / root,
        "ease_stars": centred @ met / root,
        "taste_match": tastes @ tables["taste_out"][rows].astype(np.float32).T / root,
        "genre_taste": (rated / size) @ share.T,
        "genre_stars": (given / (rated + OWN_MEAN_PRIOR)) @ share.T,
        "user_bias": (stays @ beyond_likes / (size + USER_BIAS_PRIOR))[:, None],
        "user_star_bias": (stays @ beyond_stars / (size + USER_STAR_BIAS_PRIOR))[:, None],
        "content_ratings": content[: len(left)] / root,
        "content_stars": content[len(left) :] / root,
    }


def _stays(left: NDArray[np.integer], count: int) -> NDArray[np.float32]:
    """Return ones where a rating stays.  (removals, history)"""
    stays = np.zeros((len(left), count), dtype=np.float32)
    np.put_along_axis(stays, left, 1.0, axis=1)
    return stays
