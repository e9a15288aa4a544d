"""A person's taste, and their year: read from their ratings, told and drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import Final

from bot.callbacks import ShareTaste, ShowTaste, ShowYear
from bot.catalogue import film_facts
from bot.catalogue.starter import find_starter_film, load_chinese_names
from bot.facts import NO_FACTS
from bot.messages import Words, taste
from bot.messages.films import Film
from bot.messages.taste import Counted, TasteReport, YearReport
from bot.service.films import facts_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.tasting import ENOUGH, Liking, RatedFilm, Taste, fame_of, taste_of
from bot.storage.tx import Tx
from bot.zones import clock_of
from recommender.domain import Rating

# Below so many ratings a year has no best five worth the name.
ENOUGH_FOR_A_YEAR: Final = 10
# How many other years buttons offer.
_OTHERS: Final = 3


@dataclass(frozen=True, slots=True)
class _Year:
    """How many films were rated in each month, and the taste they show."""

    months: tuple[int, ...]
    taste: Taste


def show(service: Service, turn: Turn) -> Reply:
    """Send the taste."""
    return show_side(service, turn, ShowTaste(False))


def show_side(service: Service, turn: Turn, action: ShowTaste) -> Reply:
    """Turn the message into the taste, on a light ground or a dark one."""
    return _show(service, turn, _taste(service, turn), action)


def share(service: Service, turn: Turn, action: ShareTaste) -> Reply:
    """Send the taste without ratings, to be forwarded."""
    return _share(service, turn, _taste(service, turn), action)


def show_newest_year(service: Service, turn: Turn) -> Reply:
    """Send the year so far, or the last one that has enough ratings."""
    return show_year(service, turn, ShowYear(0, False))


def show_year(service: Service, turn: Turn, action: ShowYear) -> Reply:
    """Turn the message into a year; one that has too few ratings is the newest that has enough."""
    films = service.store.read(lambda tx: read_rated(tx, tx.ratings.all(turn.person)))
    person = service.store.read(lambda tx: tx.people.get(turn.person))
    clock = (clock_of(person.zone, person.utc_offset_minutes) if person else None) or UTC
    return _show_year(service, turn, _years(films, clock), action, clock)


def read_rated(tx: Tx, ratings: Sequence[Rating]) -> list[RatedFilm]:
    """Return what was rated with what is known of it; what left the catalogue is left out."""
    movies = tx.movies.many(rating.movie_id for rating in ratings)
    facts = tx.facts.many(movie.id for movie in movies.values())
    popularity = {entry.movie.id: entry.popularity for entry in tx.movies.entries(movies)}
    fame = fame_of(tx.movies.popularity())
    return [
        RatedFilm(
            movie,
            rating.stars,
            rating.rated_at,
            film_facts.facts_of(movie, facts.get(movie.id, NO_FACTS)),
            find_starter_film(movie),
            fame(popularity.get(movie.id)),
        )
        for rating in ratings
        if (movie := movies.get(rating.movie_id)) is not None
    ]


@in_visit
def _show(visit: Visit, found: Taste | int, action: ShowTaste) -> Reply:
    if isinstance(found, int):
        return Reply((taste.too_few(visit.words, found, ENOUGH),))
    report = report_of(visit.words, found)
    return Reply((taste.taste(visit.words, report, dark=action.dark, edits=visit.edits),))


@in_visit
def _share(visit: Visit, found: Taste | int, action: ShareTaste) -> Reply:
    if isinstance(found, int):
        return Reply((taste.too_few(visit.words, found, ENOUGH),))
    report = report_of(visit.words, found)
    return Reply((taste.shared_taste(visit.words, report, bot=visit.turn.bot, dark=action.dark),))


@in_visit
def _show_year(visit: Visit, years: Mapping[int, _Year], action: ShowYear, clock: tzinfo) -> Reply:
    year = action.year if action.year in years else max(years, default=None)
    if year is None:
        return Reply((taste.no_year(visit.words, ENOUGH_FOR_A_YEAR),))
    report = YearReport(
        year,
        year < visit.tx.now.astimezone(clock).year,
        years[year].months,
        [_counted(one) for one in years[year].taste.genres],
        [_film(film) for film in years[year].taste.films],
        sorted(years.keys() - {year}, reverse=True)[:_OTHERS],
    )
    return Reply((taste.year(visit.words, report, dark=action.dark, edits=visit.edits),))


def _taste(service: Service, turn: Turn) -> Taste | int:
    """Return the taste, of ratings that count for it; where too few do, how many."""
    films = service.store.read(lambda tx: read_rated(tx, tx.ratings.profile(turn.person).ratings))
    return len(films) if len(films) < ENOUGH else taste_of(films)


def _years(films: Sequence[RatedFilm], clock: tzinfo) -> dict[int, _Year]:
    """Return the years with enough ratings, by a person's own clock."""
    by_year = defaultdict[int, list[RatedFilm]](list)
    for film in films:
        by_year[film.rated_at.astimezone(clock).year].append(film)
    return {
        year: _Year(_by_month(rated, clock), taste_of(rated))
        for year, rated in by_year.items()
        if len(rated) >= ENOUGH_FOR_A_YEAR
    }


def _by_month(films: Sequence[RatedFilm], clock: tzinfo) -> tuple[int, ...]:
    months = Counter(film.rated_at.astimezone(clock).month for film in films)
    return tuple(months[month] for month in range(1, 13))


def report_of(words: Words, found: Taste) -> TasteReport:
    """Return a taste as it is told in a language."""
    return TasteReport(
        found.rated,
        [_counted(one) for one in found.genres],
        [words.plain(f"tag.{one.name}") for one in found.tags],
        [replace(_counted(one), name=_called(words, one.name)) for one in found.people],
        found.decades,
        found.fame,
        [_film(film) for film in found.films if film.stars.is_like],
    )


def _counted(one: Liking) -> Counted:
    return Counted(one.name, one.films, one.mean, one.score)


def _film(film: RatedFilm) -> Film:
    return Film(film.movie, film.stars, facts=facts_of(film.movie, film.facts))


def _called(words: Words, name: str) -> str:
    return load_chinese_names().get(name, name) if words.language == "zh" else name
