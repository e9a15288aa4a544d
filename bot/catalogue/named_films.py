"""Films and their people as a wish names them."""

from __future__ import annotations

from bot.catalogue.content_index import ContentIndex
from bot.catalogue.likeness import BEGINS
from bot.catalogue.search import TitleIndex
from bot.catalogue.series_names import means_series, series_called
from recommender.domain import MovieId

# What a slip costs a title that else is equal.
_SLIP = 0.02


class NamedFilms:
    """What a reader of wishes must know: who is named, and which film is called so."""

    def __init__(self, titles: TitleIndex, content: ContentIndex) -> None:
        self._titles = titles
        self.content = content

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the person named at a place of a text in lower case, and where the name ends."""
        return self.content.people.at(text, at)

    def person_meant(self, word: str) -> str | None:
        """Return who is meant by a last name with one slip; None where nobody is."""
        return self.content.people.misspelt(word)

    def has_role(self, name: str, role: str) -> bool:
        """Tell whether somebody is known to have directed (`director`) or played (`cast`)."""
        return self.content.has_role(name, role)

    def film_called(self, title: str) -> MovieId | None:
        """Return the film that is called just so, of several the best known; None where there is none."""
        return self._titles.best_called(title)

    def film_meant(self, title: str) -> MovieId | None:
        """Return the best known film whose title begins so, or has a slip there; None where there is none."""
        found = self._titles.search(title, 1)
        return found[0].movie_id if found and found[0].score >= BEGINS - _SLIP else None

    def series_called(self, title: str) -> str | None:
        """Return the series that is called so, by one name; None where there is none."""
        return series_called(title)

    def means_series(self, name: str) -> bool:
        """Tell whether the name of a series, with "films" beside it, can mean nothing else."""
        return means_series(name)

    def maker_of(self, movie_id: MovieId) -> str | None:
        """Return who directed a film, the first of several; None where nobody is known."""
        return self.content.director_of(movie_id)
