"""`reelmate update`: films and facts from Wikidata, and what of the catalogue turns out to be one film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.catalogue.known_movies import KnownMovie
from bot.commands.data.database import migrate_at_start
from bot.commands.data.imports import StoredCatalogue
from bot.commands.data.joining import describe_pair, join_twins, look_for_twins
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, say
from bot.commands.progress import meter
from bot.facts import FilmFacts
from bot.storage import Store, Tx
from recommender.domain import MovieId

if TYPE_CHECKING:
    from bot.catalogue.twins import TwinPair
    from bot.catalogue.wikidata import PageChange, UpdateReport

# Where answers are kept for a day, below the data directory.
FOLDER: Final = "wikidata"
# So many films are named; the others are counted.
_MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """The database's films and facts as an update reads and writes them."""

    store: Store

    def movies(self) -> Sequence[KnownMovie]:
        """Return the whole catalogue, films that stand for another one left out."""
        gone = self.store.read(lambda tx: tx.twins.kept_by_gone())
        return [known for known in StoredCatalogue(self.store).movies() if known.movie.id not in gone]

    def next_id(self) -> MovieId:
        """Return the lowest id that no film ever had."""
        return MovieId(1 + max((known.movie.id for known in StoredCatalogue(self.store).movies()), default=0))

    def facts(self) -> Mapping[MovieId, FilmFacts]:
        """Return what was found out before."""
        return self.store.read(lambda tx: tx.facts.all())

    def checked(self) -> Mapping[MovieId, datetime]:
        """Return when each film was last asked for."""
        return self.store.read(lambda tx: tx.facts.checked())

    def apply(self, change: PageChange) -> None:
        """Store all of it or nothing."""

        def effect(tx: Tx) -> None:
            StoredCatalogue.put(tx, change.movies)
            tx.facts.put(change.facts)
            tx.facts.note_checked(change.unfound)

        self.store.write(effect).result()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks an update for; None leaves the choice to it."""

    endpoint: str | None = None
    since: int | None = None
    sitelinks: int | None = None
    asks_all: bool = False
    is_dry: bool = False


def update_films(invocation: Invocation, wishes: Wishes, *, as_json: bool) -> None:
    """Bring the catalogue up to date, join films that are one, and say what came of it.

    Raises:
        WikidataError: the endpoint gives no answer; what came before is stored.
        CommandError: the year is none to begin at.
    """
    from bot.catalogue.wikidata import AnswerCache, Endpoint, pause_between, update_catalogue

    settings = invocation.settings()
    migrate_at_start(settings)
    cache = AnswerCache(settings.data_dir / FOLDER)
    cache.sweep()
    now = datetime.now(UTC)
    url = wishes.endpoint or settings.wikidata_url
    endpoint = Endpoint(url, cache, contact=settings.contact or "", between_s=pause_between(url))
    with Store(settings.database_url) as store, meter() as progress:
        films = StoredFacts(store)
        options = _options(wishes, films.checked(), now)
        report, state = update_catalogue(endpoint, films, options, now, progress)
        pairs = look_for_twins(store, list(state.movies.values()), state.facts)
        if not wishes.is_dry:
            join_twins(store, pairs)
    if as_json:
        print_json({"dry_run": wishes.is_dry, **_describe(report, pairs)})
    else:
        _tell(report, pairs, is_dry=wishes.is_dry)


def _options(wishes: Wishes, checked: Mapping[MovieId, datetime], now: datetime) -> Any:
    """Return what to do; films are new from the year before the last run on, for fame takes its time."""
    from bot.catalogue.wikidata import Options
    from bot.catalogue.wikidata.updating import SITELINKS

    since = wishes.since or min(max(checked.values(), default=now).year, now.year) - 1
    if not 1888 <= since <= now.year:
        raise CommandError(f"--since must be a year from 1888 to {now.year}. Received: {since}")
    sitelinks = SITELINKS if wishes.sitelinks is None else wishes.sitelinks
    return Options(now.date(), date(since, 1, 1), sitelinks, asks_all=wishes.asks_all, is_dry=wishes.is_dry)


def _describe(report: UpdateReport, pairs: Sequence[TwinPair]) -> dict[str, Any]:
    lists = {"changed": report.changed, "added": report.added, "ambiguous": report.ambiguous, "lost": report.lost}
    named = {name: [_entry(known) for known in films] for name, films in lists.items()}
    twins = [{"gone": _entry(pair.gone), "kept": _entry(pair.kept), "reason": pair.reason} for pair in pairs]
    return {"asked": report.asked, "found": report.found, **named, "twins": twins}


def _entry(known: KnownMovie) -> dict[str, Any]:
    return {"id": known.movie.id, "title": known.movie.title, "year": known.movie.year}


def _tell(report: UpdateReport, pairs: Sequence[TwinPair], *, is_dry: bool) -> None:
    say("From Wikidata, which gives its data away under CC0.")
    say(f"Asked for {report.asked} films, found {report.found}.")
    for films, what in (
        (report.changed, "More is known of"),
        (report.added, "New in the catalogue"),
        (report.ambiguous, "Left alone, since several items may be it"),
        (report.lost, "At Wikidata no more, and kept as they are"),
    ):
        if films:
            say(f"{what}: {len(films)} ({_names(films)}).")
    for pair in pairs:
        say(describe_pair(pair, is_dry=is_dry))
    if is_dry:
        say("Nothing was stored: this was a dry run.")
    elif report.added or pairs:
        say("A running bot knows this within seconds. Run `reelmate retrain` for a model that does.")
    elif not report.changed:
        say("Nothing changed.")


def _names(films: Sequence[KnownMovie]) -> str:
    more = [f"{len(films) - _MOST_NAMED} more"] if len(films) > _MOST_NAMED else []
    return ", ".join([*(known.movie.label for known in films[:_MOST_NAMED]), *more])
