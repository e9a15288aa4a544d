"""What ratings taught about films, looked up for one person: candidates, and each film's retrieval features.

How the tables are learned is in recommender/tables.py; here NumPy alone is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.odds import sigmoid
from recommender.data.statistics import USUAL_STARS
from recommender.domain import GENRES, MovieId
from recommender.ranking.features import EncodedProfile
from recommender.ranking.likeness import Likeness
from recommender.ranking.novelty import rerank_by_novelty

# What the ranker sees of a (person, film) pair, in this order. None may grow or fade with the number of people that the
# tables were learned from: cross-fitted tables saw fewer than those that serve.
PAIR_FEATURES: Final = (
    "log_like_rate",
    "log_rating_rate",
    "mean_stars",
    "star_deviation",
    "has_chosen_genre",
    "chosen_genres",
    "genre_prior",
    "era_of_asking",
    "newest_year_prior",
    "mean_year_prior",
    "ease_likes",
    "ease_ratings",
    "ease_stars",
    "taste_match",
    "genre_taste",
    "age_when_asked",
    "not_yet_made",
    "years_apart",
    "genre_stars",
    "like_odds",
    "user_bias",
    "user_star_bias",
    "content_ratings",
    "content_stars",
)
# What it sees of the person alone.
PERSON_FEATURES: Final = ("log_ratings", "has_rated", "mean_stars", "star_deviation", "mean_log_rate", "like_share")
# What a chosen genre, the era of asking and likes that speak for a film are worth in the first stage beside its own
# like rate: docs/experiments.md.
CHOSEN_WEIGHT: Final = np.float32(0.5)
ERA_WEIGHT: Final = np.float32(0.9)
EASE_WEIGHT: Final = np.float32(7)
# What a film of a chosen shelf counts beside a like: nobody said that they like each of the four (docs/experiments.md).
LEANING_SHARE: Final = np.float32(0.1)
# How many ratings a person's own mean weighs as much as the usual one.
OWN_MEAN_PRIOR: Final = 2.0
# How many ratings at their film's own like rate a person is given before their own count.
USER_BIAS_PRIOR: Final = 5.0
# The same in stars, which tell more of a person than likes do.
USER_STAR_BIAS_PRIOR: Final = 3.0
# Which of the newest films of a history says how far somebody keeps up: one alone may be a stray.
NEWEST_PLACE: Final = 2
# How many ratings halve the shrinking of what is read off a history's years.
YEAR_PRIOR: Final = 3.0
# Features are brought near one: years in twenties, at most so many of them; logs of rates in fives.
YEARS_UNIT: Final = 20
OLDEST_AGE: Final = 60
FARTHEST_APART: Final = 40
LOG_RATE_UNIT: Final = 5
# A film dated this far ahead of the asking may be out already: release years are whole, times are not.
NOT_YET_MADE_YEARS: Final = 0.5

Tables = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Retrieval:
    """A catalogue and the tables learned for it.

    Attributes:
        tables: arrays by name, as recommender/training/tables.py describes them.
        new_rows: films of which ratings since a training say something, but not who likes them.  (new films,)
        likeness: of its films by content.
    """

    catalogue: Catalogue
    tables: Tables
    new_rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    likeness: Likeness = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "likeness", Likeness(self.tables))

    @property
    def unrated(self) -> list[MovieId]:
        """Return the films that nobody had rated when the tables were learned."""
        return [self.catalogue.movies[row].id for row in np.flatnonzero(self.tables["log_count"] == 0)]

    def retrieval_scores(self, person: EncodedProfile, novelty: float = 0.0) -> NDArray[np.float32]:
        """Score every film cheaply: the stage that chooses candidates.  (movies,)"""
        tables = self.tables
        scores = tables["log_like_rate"] + CHOSEN_WEIGHT * self.catalogue.with_any(person.genres)  # (movies,)
        asked = self._asked(person)
        if asked is not None:
            scores += ERA_WEIGHT * self._nearest("era", asked)
        if len(person.rows):
            covered = tables["ease_places"][person.rows[person.likes]]
            weights = tables["ease_likes"][covered[covered >= 0]].astype(np.float32)  # (liked, covered)
            scores[tables["ease_rows"]] += EASE_WEIGHT * weights.sum(axis=0)
        scores += self.leaning_scores(person)
        if novelty:
            everything = np.arange(len(self.catalogue))
            scores = self.reranked_by_novelty(person, everything, scores, sigmoid(tables["like_odds"]), novelty)
        return np.asarray(scores, dtype=np.float32)

    def leaning_scores(self, person: EncodedProfile) -> NDArray[np.float32]:
        """Return what a chosen shelf adds to the score of each film: neighbours of its films gain.  (movies,)"""
        scores = np.zeros(len(self.catalogue), dtype=np.float32)
        if not len(person.leanings):
            return scores
        places = self.tables["ease_places"][person.leanings]
        weights = self.tables["ease_likes"][places[places >= 0]].astype(np.float32)  # (leanings, covered)
        scores[self.tables["ease_rows"]] = LEANING_SHARE * EASE_WEIGHT * weights.sum(axis=0)
        return scores

    def reranked_by_novelty(
        self,
        person: EncodedProfile,
        rows: NDArray[np.integer],
        scores: NDArray[np.floating],
        chances: NDArray[np.floating],
        novelty: float,
    ) -> NDArray[np.float32]:
        """Return these films' scores with the dial turned; the chosen genres count as before.  (films,)"""
        wanted = self.catalogue.with_any(person.genres)[rows]  # (films,)
        known = self.tables["log_rating_rate"]
        turned = rerank_by_novelty(scores, chances, known[rows], known, novelty)
        return np.asarray(turned + novelty * CHOSEN_WEIGHT * wanted, dtype=np.float32)

    def candidates(
        self, person: EncodedProfile, count: int, allowed: NDArray[np.bool_], novelty: float = 0.0
    ) -> NDArray[np.int64]:
        """Return the rows of at most `count` allowed films, the best first scores in no order."""
        scores = self.retrieval_scores(person, novelty)
        rows = np.flatnonzero(allowed)
        if len(rows) <= count:
            return rows
        return rows[np.argpartition(-scores[rows], count)[:count]]

    def genre_priors(self, genres: Sequence[str], rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return by how much likelier than others the choosers of each genre are to like films, a log ratio.

        (chosen genres, films)
        """
        places = [GENRES.index(genre) for genre in genres]
        return np.asarray(self.tables["genre_prior"][np.array(places, dtype=np.int64)[:, None], rows], dtype=np.float32)

    def person_features(self, person: EncodedProfile) -> NDArray[np.float32]:
        """Return PERSON_FEATURES of one person.  (person features,)"""
        k = len(person.rows)
        if not k:
            return np.zeros(len(PERSON_FEATURES), dtype=np.float32)
        mean = _own_mean(person)
        fame = self.tables["log_rating_rate"][person.rows]
        values = (
            np.log1p(k),
            1.0,
            mean - USUAL_STARS,
            person.stars.std(),
            fame.mean() / LOG_RATE_UNIT,
            person.likes.mean(),
        )
        return np.array(values, dtype=np.float32)

    def pair_features(self, person: EncodedProfile, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return PAIR_FEATURES of one person with each of these films.  (films, pair features)"""
        columns = self.columns_of_nobody(person, rows)
        if len(person.rows):
            columns |= {**self._year_columns(person, rows), **self._history_columns(person, rows)}
        out = np.zeros((len(rows), len(PAIR_FEATURES)), dtype=np.float32)
        for place, name in enumerate(PAIR_FEATURES):
            if name in columns:
                out[:, place] = columns[name]
        return out

    def columns_of_nobody(self, person: EncodedProfile, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        """Return those pair features that no rating of the person's changes, by name.  (films,) each"""
        columns = {**self._film_columns(rows), **self.genre_columns(person, rows)}
        asked = self._asked(person)
        return columns if asked is None else columns | self._asking_columns(asked, rows)

    def genre_columns(self, person: EncodedProfile, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        """Return those pair features that the chosen genres change, by name.  (films,) each"""
        chosen = np.flatnonzero(person.genres)
        shared = self.catalogue.genres[rows][:, chosen].sum(axis=1)  # (films,)
        prior = self.tables["genre_prior"][chosen[:, None], rows].astype(np.float32).sum(axis=0)  # (films,)
        return {"has_chosen_genre": shared > 0, "chosen_genres": shared, "genre_prior": prior}

    def _film_columns(self, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        names = ("log_like_rate", "log_rating_rate", "mean_stars", "star_deviation", "like_odds")
        return {name: self.tables[name][rows] for name in names}

    def _asked(self, person: EncodedProfile) -> float | None:
        """Return when somebody asks, as far as anything is known of such times; None where nobody knows.

        What people like in times to come is unknown, so nobody asks later than the last rating that was learned from.
        Tables of before that was kept know no time of those who have not rated.
        """
        until = self.tables.get("until")
        if np.isnan(person.asked) or (until is None and not len(person.rows)):
            return None
        return person.asked if until is None else min(person.asked, float(until))

    def _asking_columns(self, asked: float, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        made = self.tables["year"][rows]
        return {
            "era_of_asking": self._nearest("era", asked, rows),
            "age_when_asked": np.clip(asked - made, -1, OLDEST_AGE) / YEARS_UNIT,
            "not_yet_made": made > asked + NOT_YET_MADE_YEARS,
        }

    def _year_columns(self, person: EncodedProfile, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        made = self.tables["year"][rows]
        history = np.sort(self.tables["year"][person.rows])
        share = len(history) / (len(history) + YEAR_PRIOR)
        return {
            "newest_year_prior": share * self._nearest("newest_year", history[-min(NEWEST_PLACE, len(history))], rows),
            "mean_year_prior": share * self._nearest("mean_year", history.mean(), rows),
            "years_apart": np.clip(np.abs(made - history.mean()), 0, FARTHEST_APART) / YEARS_UNIT,
        }

    def _history_columns(self, person: EncodedProfile, rows: NDArray[np.integer]) -> dict[str, NDArray[np.floating]]:
        likes, root = person.likes, np.sqrt(len(person.rows))
        centred = person.stars - _own_mean(person)
        genres = self.catalogue.genres[rows] / np.maximum(1, self.catalogue.genres[rows].sum(axis=1, keepdims=True))
        liked_genres, rated_genres = self._genre_sums(person)  # (genres,) each
        met = self.ease("ease_ratings", person.rows, rows)  # (history, films)
        return {
            "ease_likes": self.ease("ease_likes", person.rows[likes], rows).sum(axis=0) / root,
            "ease_ratings": met.sum(axis=0) / root,
            "ease_stars": centred @ met / root,
            "taste_match": self._taste_match(person, rows) / root,
            "genre_taste": genres @ (rated_genres / len(person.rows)),
            "genre_stars": genres @ (liked_genres / (rated_genres + OWN_MEAN_PRIOR)),
            "user_bias": np.full(len(rows), self._user_bias(person)),
            "user_star_bias": np.full(len(rows), self._user_star_bias(person)),
            **self._content_columns(person, rows, centred),
        }

    def _content_columns(
        self, person: EncodedProfile, rows: NDArray[np.integer], centred: NDArray[np.floating]
    ) -> dict[str, NDArray[np.floating]]:
        """Return how like each film is to what was met, and to what was liked more than the person's usual film."""
        weights = np.stack([np.ones(len(person.rows)), centred])  # (2, history)
        met, given = self.likeness.sums(person.rows, weights, rows) / np.sqrt(len(person.rows))
        return {"content_ratings": met, "content_stars": given}

    def _user_bias(self, person: EncodedProfile) -> float:
        """Return by how much likelier than others this person likes what they rate, drawn to zero."""
        usual = sigmoid(self.tables["like_odds"][person.rows])  # (history,)
        return float((person.likes - usual).sum() / (len(person.rows) + USER_BIAS_PRIOR))

    def _user_star_bias(self, person: EncodedProfile) -> float:
        """Return by how many stars more than others this person gives what they rate, drawn to zero."""
        usual = USUAL_STARS + self.tables["mean_stars"][person.rows]  # (history,)
        return float((person.stars - usual).sum() / (len(person.rows) + USER_STAR_BIAS_PRIOR))

    def _genre_sums(self, person: EncodedProfile) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the centred stars and the ratings of each genre in the history.  (genres,) each"""
        table = self.catalogue.genres[person.rows].astype(np.float32)  # (history, genres)
        centred = (person.stars - _own_mean(person)).astype(np.float32)  # (history,)
        return np.asarray(centred @ table), np.asarray(table.sum(axis=0))

    def _nearest(self, name: str, value: float, rows: NDArray[np.integer] | slice = slice(None)) -> NDArray[np.float32]:
        """Return the conditional prior of the bin nearest to a value, of these films or of all.  (films,)"""
        place = int(np.abs(self.tables[f"{name}_centres"] - value).argmin())
        return np.asarray(self.tables[f"{name}_prior"][place][rows], dtype=np.float32)

    def ease(self, name: str, history: NDArray[np.integer], rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the item-to-item weights from a history to films, zero where EASE does not cover.  (history, films)"""
        places = self.tables["ease_places"]
        sources, targets = places[history], places[rows]
        weights = self.tables[name][sources[:, None], targets].astype(np.float32)
        return np.asarray(weights * ((sources >= 0)[:, None] & (targets >= 0)))

    def _taste_match(self, person: EncodedProfile, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        weights = np.where(person.likes, 1.0, 0.5).astype(np.float32)  # (history,)
        taste = weights @ self.tables["taste_in"][person.rows].astype(np.float32)  # (tastes,)
        return np.asarray(self.tables["taste_out"][rows].astype(np.float32) @ taste, dtype=np.float32)


def _own_mean(person: EncodedProfile) -> float:
    return float((person.stars.sum() + OWN_MEAN_PRIOR * USUAL_STARS) / (len(person.stars) + OWN_MEAN_PRIOR))
