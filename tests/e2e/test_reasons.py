"""A list says what its films share with liked ones, and says the same when it is turned back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import pytest

from bot.catalogue.starter import load_starter_films
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import NOTHING_STALE, Because, Filters, Movie, MovieId, Profile, Recommendation
from tests.bot.pupil import Pupil
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim

TITLES = ("Ran", "Seven Samurai", "Rashomon", "Throne of Blood")


def _film(title: str) -> Movie:
    return next(film.movie for film in load_starter_films() if film.movie.title == title)


class Connoisseur(Pupil):
    """Recommends three films of Kurosawa's because of a fourth, each for another thing that they share."""

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
        liked, *films = map(_film, TITLES)
        features = ("director:Akira Kurosawa", "tag:known to nobody", "tag:feudal Japan")
        return [
            Recommendation(film.id, 1.0, 0.87, Because(movie_id=liked.id, shared=shared))
            for film, shared in zip(films, features, strict=True)
        ]


@pytest.fixture
def bot(settings: Settings, store: Store) -> Iterator[LivingBot]:
    films = [CatalogueMovie(movie) for movie in map(_film, TITLES)]
    store.write(lambda tx: tx.movies.upsert_all(films)).result()
    living = LivingBot(settings, store, Connoisseur())
    living.start()
    yield living
    living.stop()


@pytest.mark.parametrize(
    ("code", "back", "reasons"),
    [
        (
            "en",
            "‹ Back",
            [
                "because you liked Ran (1985), also by Akira Kurosawa",
                "because you liked Ran (1985)",
                "because you liked Ran (1985), also tagged “feudal Japan”",
            ],
        ),
        (
            "zh-hans",
            "‹ 返回",
            [
                "因为你喜欢《乱 (1985)》，同为黑泽明执导",
                "因为你喜欢《乱 (1985)》",
                "因为你喜欢《乱 (1985)》，标签同为“日本古代”",
            ],
        ),
    ],
)
def test_a_film_is_cited_with_what_both_share(
    bot: LivingBot, sim: Sim, code: str, back: str, reasons: list[str]
) -> None:
    person = Person(sim, 7_000_007, code)
    person.say("/recommend")
    page = person.sees(reasons[0])
    assert [line for line in page["text"].splitlines() if line in reasons] == reasons
    person.tap(person.open(page, 1), back)
    again = person.sees(reasons[0])
    assert [line for line in again["text"].splitlines() if line in reasons] == reasons
