"""Films that are imported beside a bot with a model: in the lists of who may like them, and like any other film."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.catalogue.importing import import_movielens
from bot.commands.data.imports import StoredCatalogue
from bot.commands.models.live import CatalogueWatch, open_recommender
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import MovieId, UserId
from recommender.ranking.bundle import BundleStore
from recommender.ranking.live import LiveRecommender
from tests.e2e.conftest import LivingBot, Person
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import tiny_files, tiny_manifest
from tests.sim import Json, Sim

pytestmark = pytest.mark.tensorflow
ORCHARD = "The Glass Orchard"


@pytest.fixture
def entries() -> list[CatalogueMovie]:
    """The movies that the model knows."""
    return list(map(CatalogueMovie, contract_corpus().movies))


@pytest.fixture
def live(settings: Settings, store: Store) -> LiveRecommender:
    """What serves the published model."""
    BundleStore(settings.bundles_dir).publish(tiny_files(), tiny_manifest(), "20260101-000000")
    return open_recommender(settings, store)


def release(folder: Path) -> Path:
    """Write a release in which 40 people love one drama, and 300 more are rated by nobody."""
    films = [
        '1,"Glass Orchard, The (1999)",Drama',
        *(f"{number},Unseen {number} (1999),Drama" for number in range(2, 302)),
    ]
    (folder / "movies.csv").write_text("\n".join(["movieId,title,genres", *films]) + "\n")
    ratings = [f"{user},1,{5.0 if user % 2 else 4.5},{1_000_000_000 + user}" for user in range(1, 41)]
    (folder / "ratings.csv").write_text("\n".join(["userId,movieId,rating,timestamp", *ratings]) + "\n")
    return folder


@pytest.fixture
def imported(tmp_path: Path, settings: Settings, store: Store, live: LiveRecommender, bot: LivingBot) -> MovieId:
    """Import it beside the bot, which looks for news once; return the film that everybody loves."""
    watch = CatalogueWatch(settings, store, live)
    folder = tmp_path / "orchards"
    folder.mkdir()
    import_movielens(release(folder), StoredCatalogue(store), settings.data_dir)
    assert watch.refresh()
    assert not watch.refresh()
    bot.refresh()
    assert live.version == "20260101-000000"
    return next(movie.id for movie in store.read(lambda tx: tx.movies.all()) if movie.title == ORCHARD)


def lines(page: Json) -> list[str]:
    return re.findall(r"^\d+\. (.*)$", str(page["text"]), re.MULTILINE)


def place_in(page: Json) -> int:
    (place,) = (number for number, line in enumerate(lines(page), start=1) if ORCHARD in line)
    return place


def newest_list(person: Person, after: int, part: str) -> Json:
    """Wait for a list that was sent later, and has this in it."""
    return person.sim.until_message(
        person.id, lambda message: message["message_id"] > after and bool(lines(message)) and part in message["text"]
    )


def test_a_loved_one_leads_lists_of_its_genre_and_those_that_nobody_rated_are_not_there(
    person: Person, imported: MovieId, store: Store
) -> None:
    page = person.onboard("Drama")
    assert "Unseen" not in "".join(lines(page)[: place_in(page)])
    card = person.open(page, place_in(page))
    person.tap(card, "5★")
    person.settle()
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert [(rating.movie_id, rating.stars.value) for rating in profile.ratings] == [(imported, 5.0)]
    person.say("/recommend")
    after = newest_list(person, card["message_id"], "Films for you")
    assert ORCHARD not in "".join(lines(after))
    assert after["text"].count("% match") == 5


def test_it_is_explained_and_searched_for(person: Person, imported: MovieId) -> None:
    page = person.onboard("Drama")
    card = person.open(page, place_in(page))
    person.tap(card, "❓ Why?")
    person.settle()
    assert "who chose Drama" not in person.messages()[-2]["text"], "nobody can know that"
    person.say("glass orchard")
    person.sim.until_message(
        person.id, lambda message: message["message_id"] > card["message_id"] and ORCHARD in message["text"]
    )


def test_it_leads_lists_that_are_asked_for_in_words(bot: LivingBot, sim: Sim, imported: MovieId) -> None:
    person = Person(sim, 8)
    person.onboard("Comedy")
    person.say("drama from 1999")
    asked = person.sees("1999")
    assert ORCHARD in lines(asked)[0]
    assert "Unseen" in asked["text"], "where only those of that year are asked for, they have their place"
