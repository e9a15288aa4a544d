"""A little Wikidata to ask, and a catalogue in memory to bring up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.catalogue.known_movies import KnownMovie
from bot.catalogue.wikidata import PageChange
from bot.facts import FilmFacts
from recommender.domain import MovieId
from tests.bot.catalogue.wikidata.wiki import Wiki, serving

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@dataclass
class FilmsInMemory:
    """An UpdateStore over dictionaries; `pages` are the changes as they came."""

    films: dict[MovieId, KnownMovie] = field(default_factory=dict)
    known: dict[MovieId, FilmFacts] = field(default_factory=dict)
    asked: dict[MovieId, datetime] = field(default_factory=dict)
    pages: list[PageChange] = field(default_factory=list)

    def movies(self) -> list[KnownMovie]:
        return list(self.films.values())

    def next_id(self) -> MovieId:
        return MovieId(max(self.films, default=0) + 1)

    def facts(self) -> Mapping[MovieId, FilmFacts]:
        return self.known

    def checked(self) -> Mapping[MovieId, datetime]:
        return self.asked

    def apply(self, change: PageChange) -> None:
        self.pages.append(change)
        self.films |= {known.movie.id: known for known in change.movies}
        self.known |= change.facts
        self.asked |= dict.fromkeys((*change.facts, *change.unfound), NOW)


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving(Wiki()) as wiki:
        yield wiki
