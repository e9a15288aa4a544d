"""By what else films are looked for than their titles: other titles, people, series and tags of the starter films."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.catalogue.starter import StarterFilm, find_starter_film, load_chinese_names, load_tags
from recommender.domain import Movie, MovieId


class FilmNames:
    """What is known of the starter films among some movies; one that bears another title is another film."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        found = map(find_starter_film, sorted(movies, key=lambda movie: movie.id))
        self._films: list[StarterFilm] = [film for film in found if film is not None]
        self._chinese_names = load_chinese_names()
        self._chinese_tags = {tag.name: tag.zh for tag in load_tags()}

    def titles(self) -> Iterator[tuple[str, MovieId]]:
        """Yield what films are called besides their titles."""
        for film in self._films:
            for title in (film.original_title, film.zh_title, *film.other_titles):
                if title:
                    yield title, film.movie.id

    def names(self) -> Iterator[tuple[str, MovieId]]:
        """Yield the people and tags of films in both languages."""
        for film in self._films:
            tags = (name for tag in film.tags for name in (tag, self._chinese_tags.get(tag, "")))
            people = (*film.directors, *film.cast)
            chinese = (part for name in people for part in _parts(self._chinese_names.get(name, "")))
            for name in dict.fromkeys((*people, *chinese, *tags)):
                if name:
                    yield name, film.movie.id

    def parts(self) -> Iterator[tuple[str, int, MovieId]]:
        """Yield each film's series and its place there."""
        for film in self._films:
            if film.series and film.part is not None:
                yield film.series, film.part, film.movie.id


def _parts(name: str) -> tuple[str, ...]:
    """Return a Chinese name, and its last part where it has several: 诺兰."""
    return (name, name.rpartition("·")[2]) if "·" in name else (name,)
