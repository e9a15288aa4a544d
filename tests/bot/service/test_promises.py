"""Whatever people choose, rate and mark: what they do not want comes back by no way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callbacks import Ask, Digest, DigestZone, Frequency, Place, ShowAlike, ShowPage, decode
from bot.callbacks.interview import Answer
from bot.dial import Dial, Era, page_code
from bot.messages import load_words
from bot.service import cards, digest, interview, lists, wishes
from bot.service.service import Reply, Service, Turn
from bot.service.titles import Titles
from bot.storage import CatalogueMovie, Store, Tx
from bot.storage.marks import MarkKind
from recommender.data.statistics import assume_statistics
from recommender.domain import GENRES, MovieId, Recommender, UserId
from recommender.ranking.popularity import PopularInGenres
from tests.databases import Clock, migrated_url
from tests.recommender.contract import contract_corpus

MOVIES = {movie.id: movie for movie in contract_corpus().movies}
FILMS = st.sampled_from(sorted(MOVIES))
FEW_GENRES = st.sets(st.sampled_from(GENRES), max_size=4)
NEW_PEOPLE = count(1_000)
NEW_UPDATES = count(1)
MARKS: tuple[MarkKind, ...] = ("seen", "later", "never", "not_now")


@dataclass(frozen=True, slots=True)
class Wants:
    """What somebody chose, excluded, rated and marked."""

    chosen: frozenset[str]
    excluded: frozenset[str]
    ratings: dict[MovieId, int]
    marks: dict[MovieId, MarkKind]
    rated_alike: MovieId
    dial: Dial
    era: Era

    def is_unwanted(self, movie_id: MovieId) -> bool:
        return bool(movie_id in self.ratings or movie_id in self.marks or self.excluded & {*MOVIES[movie_id].genres})


WANTS = st.builds(
    lambda chosen, excluded, **rest: Wants(frozenset(chosen - excluded), frozenset(excluded), **rest),
    chosen=FEW_GENRES,
    excluded=FEW_GENRES,
    ratings=st.dictionaries(FILMS, st.integers(1, 10), max_size=8),
    marks=st.dictionaries(FILMS, st.sampled_from(MARKS), max_size=8),
    rated_alike=FILMS,
    dial=st.sampled_from(Dial),
    era=st.sampled_from(Era),
)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A database of one kind: what is promised does not hang on it, and every example takes many steps."""
    with Store(migrated_url(tmp_path), clock=clock) as store:
        yield store


@pytest.fixture(params=["before a model", pytest.param("a ranker", marks=pytest.mark.tensorflow)])
def service(request: pytest.FixtureRequest, store: Store) -> Service:
    movies = list(MOVIES.values())
    store.write(lambda tx: tx.movies.upsert_all([CatalogueMovie(movie) for movie in movies])).result()
    recommender = _ranker() if request.param == "a ranker" else _floor()
    return Service(store, recommender, load_words(), Titles(store))


def _floor() -> Recommender:
    movies = list(MOVIES.values())
    return PopularInGenres(movies, assume_statistics(np.linspace(900, 10, len(movies))), follows_likes=True)


def _ranker() -> Recommender:
    # Imported here: it brings TensorFlow.
    from tests.recommender.tiny import tiny

    return tiny().ranker()


def _become(tx: Tx, person: UserId, wants: Wants) -> None:
    tx.people.ensure(person)
    for genre in wants.chosen:
        tx.people.set_genre(person, genre, "chosen")
    for genre in wants.excluded:
        tx.people.set_genre(person, genre, "excluded")
    for movie_id, half_stars in wants.ratings.items():
        tx.ratings.put(person, movie_id, half_stars, update_id=next(NEW_UPDATES))
    for movie_id, kind in wants.marks.items():
        tx.marks.put(person, movie_id, kind)


def _turn(person: UserId) -> Turn:
    return Turn(next(NEW_UPDATES), person)


def _asked(reply: Reply) -> set[MovieId]:
    """Return the film that an interview's card asks about."""
    actions = [decode(button.data) for one in reply.messages for row in one.keyboard for button in row]
    return {action.movie_id for action in actions if isinstance(action, Answer)}


def _walk(service: Service, person: UserId, wants: Wants, clock: Clock) -> set[MovieId]:
    """Go every way that leads to films; returns what the interview asked about."""
    lists.recommend(service, _turn(person))
    lists.show_alike(service, _turn(person), ShowAlike(wants.rated_alike))
    for round_ in (1, 2):
        for page in range(3):
            cards.show_page(service, _turn(person), ShowPage(Place.LIST, round_, page))
    tuned = page_code(wants.dial, wants.era)
    cards.show_page(service, _turn(person), ShowPage(Place.LIST, 1, tuned))
    wishes.recommend_words(service, _turn(person), "films before 2010")
    digest.choose(service, _turn(person), Digest(Frequency.DAILY))
    digest.choose_zone(service, _turn(person), DigestZone(Frequency.DAILY, 19, 0))
    clock.pass_by(days=1)
    digest.send_due(service)
    return _asked(interview.ask(service, _turn(person), Ask()))


@pytest.mark.long("many examples of many acts each")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wants=WANTS)
def test_nothing_unwanted_comes_back_by_any_way(service: Service, store: Store, clock: Clock, wants: Wants) -> None:
    person = UserId(next(NEW_PEOPLE))
    store.write(lambda tx: _become(tx, person, wants)).result()
    asked = _walk(service, person, wants, clock)
    shown = store.read(lambda tx: [tx.impressions.page(person, *where) for where in _pages(tx, person)])
    listed = [one for page in shown for one in page]
    assert [one for one in (*(one.movie_id for one in listed), *asked) if wants.is_unwanted(one)] == []
    if wants.chosen and not wants.ratings:
        top = [MOVIES[one.movie_id] for one in listed if one.slot == "top"]
        assert all(wants.chosen & {*movie.genres} for movie in top)


def _pages(tx: Tx, person: UserId) -> list[tuple[int, int]]:
    found = tx.erasure.export(person)["impressions"]
    return sorted({(row["round"], row["page"]) for row in found})
