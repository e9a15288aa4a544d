"""An update: every film that was not asked for lately, then the newly released ones, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Protocol, TypeVar

from bot.catalogue.known_movies import KnownMovie
from bot.catalogue.progress import Progress, no_progress
from bot.catalogue.wikidata import queries
from bot.catalogue.wikidata.choosing import Choice, choose_by_id, choose_by_title
from bot.catalogue.wikidata.endpoint import Binding, HeavyQuestionError
from bot.catalogue.wikidata.items import Item, read_ids, read_items
from bot.catalogue.wikidata.state import CatalogueState, PageChange, UpdateStore, join_changes, read_state
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import MovieId

T = TypeVar("T")
# Films of one question: answered well within the server's limit, and little is asked again after a failure.
PAGE: Final = 25
# Facts of a film change seldom.
ASK_AGAIN_AFTER: Final = timedelta(days=30)
# How many wikis must write about a new film: about as many as write about the least known of the starter catalogue.
SITELINKS: Final = 15
# Shorter ones are short films.
_SHORTEST_MIN: Final = 40


class Asking(Protocol):
    """What questions are put to."""

    def ask(self, query: str, *, is_divisible: bool = False) -> list[Binding]: ...


@dataclass(frozen=True, slots=True)
class Options:
    """What an update is to do.

    Attributes:
        today: the day after which nothing has been released.
        since: the first day of release of films to add.
        sitelinks: how many wikis must write about those.
        asks_all: films that were asked for lately are asked for again.
        is_dry: nothing is stored.
    """

    today: date
    since: date
    sitelinks: int = SITELINKS
    asks_all: bool = False
    is_dry: bool = False


@dataclass(slots=True)
class UpdateReport:
    """What an update did, or would do.

    Attributes:
        asked: films of the catalogue that were asked for.
        found: of those, how many Wikidata knows.
        changed: films of which more, or other things, are known than before.
        added: films that are new in the catalogue.
        ambiguous: films that several items may be, none of which was taken.
        lost: films whose item is there no more; what was known of them stays.
    """

    asked: int = 0
    found: int = 0
    changed: list[KnownMovie] = field(default_factory=list)
    added: list[KnownMovie] = field(default_factory=list)
    ambiguous: list[KnownMovie] = field(default_factory=list)
    lost: list[KnownMovie] = field(default_factory=list)


Choose = Callable[[KnownMovie, FilmFacts, Sequence[Item]], Choice]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of asking for films: the film's key, the question about some of them, and who is chosen of the answer."""

    key_of: Callable[[KnownMovie, FilmFacts], str]
    question: Callable[[Sequence[KnownMovie], Sequence[str]], str]
    choose: Choose


_WAYS: Final = (
    _Way(lambda known, facts: facts.wikidata_id or "", lambda films, keys: queries.by_item(keys), choose_by_id),
    _Way(lambda known, facts: known.imdb_id or "", lambda films, keys: queries.by_imdb(keys), choose_by_id),
    _Way(
        lambda known, facts: known.movie.title if known.movie.year else "",
        lambda films, keys: queries.by_title([(known.movie.title, known.movie.year or 0) for known in films]),
        choose_by_title,
    ),
)


def update_catalogue(
    endpoint: Asking, store: UpdateStore, options: Options, now: datetime, progress: Progress = no_progress
) -> tuple[UpdateReport, CatalogueState]:
    """Bring films and facts up to date; every page is stored whole, and a run that breaks off goes on by the next.

    Returns:
        What was done, and the catalogue as it is now.

    Raises:
        WikidataError: the endpoint gives no answer; all pages before are stored.
    """
    run = _Run(endpoint, store, options, read_state(store), UpdateReport(), progress)
    run.ask_for_known(_due(run.state, store.checked(), options, now))
    run.ask_for_new()
    return run.report, run.state


def _due(
    state: CatalogueState, checked: Mapping[MovieId, datetime], options: Options, now: datetime
) -> list[KnownMovie]:
    """Return the films to ask for, by id."""
    return [
        known
        for movie_id, known in sorted(state.movies.items())
        if options.asks_all or movie_id not in checked or now - checked[movie_id] >= ASK_AGAIN_AFTER
    ]


@dataclass(slots=True)
class _Run:
    endpoint: Asking
    store: UpdateStore
    options: Options
    state: CatalogueState
    report: UpdateReport
    progress: Progress

    def ask_for_known(self, due: Sequence[KnownMovie]) -> None:
        """Ask for films of the catalogue: by item, else by IMDb's id, else by title and year."""
        self.report.asked, waiting, done = len(due), list(due), 0
        ambiguous = dict[MovieId, KnownMovie]()
        self.progress("Asking for films", 0, len(due))
        for way in _WAYS:
            keyed = [(known, way.key_of(known, self.state.facts.get(known.movie.id, NO_FACTS))) for known in waiting]
            waiting = [known for known, key in keyed if not key]
            for page in _pages([entry for entry in keyed if entry[1]]):
                unfound = self._ask_page(way, page, ambiguous)
                waiting += unfound
                done += len(page) - len(unfound)
                self.progress("Asking for films", done, len(due))
        self.report.ambiguous = [known for known in waiting if known.movie.id in ambiguous]
        self.report.lost = [known for known in waiting if self.state.facts.get(known.movie.id, NO_FACTS).wikidata_id]
        for at in range(0, len(waiting), PAGE):
            self._store([PageChange(unfound=tuple(known.movie.id for known in waiting[at : at + PAGE]))])
        self.progress("Asking for films", len(due), len(due))

    def _ask_page(
        self, way: _Way, page: Sequence[tuple[KnownMovie, str]], ambiguous: dict[MovieId, KnownMovie]
    ) -> list[KnownMovie]:
        """Ask for some films and store what is said of them; return those that were not found in this way."""
        items = self._ask(page, lambda some: way.question([known for known, _ in some], [key for _, key in some]))
        changes, unfound = [], []
        for known, key in page:
            choice = way.choose(known, self.state.known_of(known), items.get(key, ()))
            if choice.item is None:
                unfound.append(known)
                if choice.is_ambiguous:
                    ambiguous[known.movie.id] = known
                continue
            self.report.found += 1
            changes.append(self._learn(known, choice.item))
        self._store(changes)
        return unfound

    def _learn(self, known: KnownMovie, item: Item) -> PageChange:
        before = self.state.facts.get(known.movie.id, NO_FACTS)
        change = self.state.learn(known, item)
        if change.movies or change.facts[known.movie.id] != before:
            self.report.changed.append(known)
        return change

    def ask_for_new(self) -> None:
        """Add the films that came out since; those that the catalogue has are left alone."""
        options, years = self.options, range(self.options.since.year, self.options.today.year + 1)
        questions = [queries.newly_released(year, options.today, options.sitelinks) for year in years]
        out = dict.fromkeys(item for question in questions for item in read_ids(self.endpoint.ask(question)))
        unknown = [item for item in out if not self.state.knows(item)]
        for at in range(0, len(unknown), PAGE):
            page = unknown[at : at + PAGE]
            found = self._ask(page, queries.by_item)
            self._store([change for item in page for one in found.get(item, ()) for change in self._meet(one)])
            self.progress("Asking for new films", at + len(page), len(unknown))

    def _ask(self, films: Sequence[T], question: Callable[[Sequence[T]], str]) -> dict[str, list[Item]]:
        """Ask about some films; about half of them at a time where that is too much for the server."""
        try:
            return read_items(self.endpoint.ask(question(films), is_divisible=len(films) > 1))
        except HeavyQuestionError:
            half = len(films) // 2
            first, second = self._ask(films[:half], question), self._ask(films[half:], question)
            both = first.keys() | second.keys()
            return {key: list(dict.fromkeys([*first.get(key, ()), *second.get(key, ())])) for key in both}

    def _meet(self, item: Item) -> Iterator[PageChange]:
        """Yield what a new film changes: nothing where it is known or cannot be shown."""
        if self.state.knows(item.wikidata_id):
            return
        known = self._find(item)
        if known is not None:
            yield self._learn(known, item)
        elif self._can_be_shown(item):
            change = self.state.add(item)
            self.report.added.extend(change.movies)
            yield change

    def _find(self, item: Item) -> KnownMovie | None:
        """Return the film of the catalogue that the item is, by IMDb's id or by title and year."""
        for known in self.state.like(item):
            choose = choose_by_id if known.imdb_id in item.imdb_ids else choose_by_title
            if choose(known, self.state.known_of(known), [item]).item is not None:
                return known
        return None

    def _can_be_shown(self, item: Item) -> bool:
        """Tell that it has a name, is out, and is no short film."""
        if not item.name or item.year is None or item.year < self.options.since.year:
            return False
        is_out = (item.released_on or str(item.year)) <= self.options.today.isoformat()
        return is_out and (item.facts.runtime_min or _SHORTEST_MIN) >= _SHORTEST_MIN

    def _store(self, changes: Sequence[PageChange]) -> None:
        change = join_changes(changes)
        if not self.options.is_dry and (change.movies or change.facts or change.unfound):
            self.store.apply(change)


def _pages(films: Sequence[tuple[KnownMovie, str]]) -> Iterator[Sequence[tuple[KnownMovie, str]]]:
    for at in range(0, len(films), PAGE):
        yield films[at : at + PAGE]
