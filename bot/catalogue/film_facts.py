"""What is known of a film, from wherever: ours where we have written something down, what was found out elsewhere."""

from __future__ import annotations

from bot.catalogue.starter import find_starter_film
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import Movie


def facts_of(movie: Movie, found: FilmFacts = NO_FACTS) -> FilmFacts:
    """Return the facts of a film: field by field the starter's own where it has one, else what was found."""
    film = find_starter_film(movie)
    if film is None:
        return found
    ours = FilmFacts(
        original_title=film.original_title,
        zh_title=film.zh_title,
        other_titles=film.other_titles,
        directors=film.directors,
        cast=film.cast,
        countries=film.countries,
        runtime_min=film.runtime_min,
    )
    return ours.completed_by(found)
