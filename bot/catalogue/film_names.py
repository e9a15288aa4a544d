"""By what else films are looked for than their titles: other titles, people, series and tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.catalogue.film_facts import facts_of
from bot.catalogue.starter import StarterFilm, find_starter_film, load_chinese_names, load_spanish_titles, load_tags
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import Movie, MovieId


class FilmNames:
    """What is known of some movies; tags and series of the starter's alone, where they bear its title and year."""

    def __init__(self, movies: Iterable[Movie], found: Mapping[MovieId, FilmFacts] | None = None) -> None:
        """Gather it.

        Args:
            found: facts from elsewhere, by film; the starter's own go before them.
        """
        ordered = sorted(movies, key=lambda movie: movie.id)
        known = ((movie.id, facts_of(movie, (found or {}).get(movie.id, NO_FACTS))) for movie in ordered)
        self._facts = [(movie_id, facts) for movie_id, facts in known if facts != NO_FACTS]
        starter = map(find_starter_film, ordered)
        self._films: list[StarterFilm] = [film for film in starter if film is not None]
        self._chinese_names = load_chinese_names()
        self._chinese_tags = {tag.name: tag.zh for tag in load_tags()}

    def titles(self) -> Iterator[tuple[str, MovieId]]:
        """Yield what films are called besides their titles."""
        for movie_id, facts in self._facts:
            for title in (facts.original_title, facts.zh_title, *facts.other_titles):
                if title:
                    yield title, movie_id
        for film in self._films:
            for title in load_spanish_titles().get(film.movie.id, ()):
                yield title, film.movie.id

    def names(self) -> Iterator[tuple[str, MovieId]]:
        """Yield the people and tags of films, in both languages."""
        for movie_id, facts in self._facts:
            people = (*facts.directors, *facts.cast)
            chinese = (part for name in people for part in _parts(self._chinese_names.get(name, "")))
            for name in dict.fromkeys((*people, *chinese)):
                if name:
                    yield name, movie_id
        for film in self._films:
            for tag in film.tags:
                for name in dict.fromkeys((tag, self._chinese_tags.get(tag, ""))):
                    if name:
                        yield name, film.movie.id

    def credits(self) -> Iterator[tuple[str, MovieId]]:
        """Yield the directors and actors of films, as credits have them."""
        for movie_id, facts in self._facts:
            for name in dict.fromkeys((*facts.directors, *facts.cast)):
                yield name, movie_id

    def parts(self) -> Iterator[tuple[str, int, MovieId]]:
        """Yield each film's series and its place there."""
        for film in self._films:
            if film.series and film.part is not None:
                yield film.series, film.part, film.movie.id


def _parts(name: str) -> tuple[str, ...]:
    """Return a Chinese name, and its last part where it has several: 诺兰."""
    return (name, name.rpartition("·")[2]) if "·" in name else (name,)
