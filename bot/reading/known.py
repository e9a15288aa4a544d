"""What a reader of wishes must know of the films there are: people's names, and titles."""

from __future__ import annotations

from typing import Protocol

from recommender.domain import MovieId


class Known(Protocol):
    """Who made films, and what they are called, in both languages."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the person named at a place of a text in lower case, and where the name ends."""
        ...

    def person_meant(self, word: str) -> str | None:
        """Return who is meant by a last name with one slip; None where nobody is."""
        ...

    def has_role(self, name: str, role: str) -> bool:
        """Tell whether somebody is known to have directed (`director`) or played (`cast`)."""
        ...

    def film_called(self, title: str) -> MovieId | None:
        """Return the film that is called just so, give or take a sign; None where there is none."""
        ...

    def film_meant(self, title: str) -> MovieId | None:
        """Return the film whose title begins so, or has a slip there; None where there is none. It takes time."""
        ...

    def series_called(self, title: str) -> str | None:
        """Return the series that is called so; None where there is none."""
        ...

    def means_series(self, name: str) -> bool:
        """Tell whether the name of a series, with "films" beside it, can mean nothing else."""
        ...

    def maker_of(self, movie_id: MovieId) -> str | None:
        """Return who directed a film, the first of several; None where nobody is known."""
        ...


class _Nothing:
    """No person and no film."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        return None

    def person_meant(self, word: str) -> str | None:
        return None

    def has_role(self, name: str, role: str) -> bool:
        return True

    def film_called(self, title: str) -> MovieId | None:
        return None

    def film_meant(self, title: str) -> MovieId | None:
        return None

    def series_called(self, title: str) -> str | None:
        return None

    def means_series(self, name: str) -> bool:
        return False

    def maker_of(self, movie_id: MovieId) -> str | None:
        return None


NOTHING_KNOWN: Known = _Nothing()


class Sparing:
    """What is known, with few guesses at titles, since each takes a search."""

    MOST_GUESSES = 2

    def __init__(self, known: Known) -> None:
        self._known = known
        self._guesses = 0
        self.person_at, self.person_meant, self.has_role = known.person_at, known.person_meant, known.has_role
        self.film_called, self.maker_of = known.film_called, known.maker_of
        self.series_called, self.means_series = known.series_called, known.means_series

    def film_meant(self, title: str) -> MovieId | None:
        """Return the film whose title begins so, or has a slip there; None where there is none, or all is guessed."""
        self._guesses += 1
        return self._known.film_meant(title) if self._guesses <= self.MOST_GUESSES else None
