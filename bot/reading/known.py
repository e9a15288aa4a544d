"""What a reader of wishes must know of the films there are: people's names, and titles."""

from __future__ import annotations

from typing import Protocol

from recommender.domain import MovieId


class Known(Protocol):
    """Who made films, and what they are called, in both languages."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the person named at a place of a text in lower case, and where the name ends."""
        ...

    def film_called(self, title: str) -> MovieId | None:
        """Return the film that is called just so, give or take a sign; None where there is none."""
        ...

    def film_meant(self, title: str) -> MovieId | None:
        """Return the film whose title begins so, or has a slip there; None where there is none. It takes time."""
        ...


class _Nothing:
    """No person and no film."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        return None

    def film_called(self, title: str) -> MovieId | None:
        return None

    def film_meant(self, title: str) -> MovieId | None:
        return None


NOTHING_KNOWN: Known = _Nothing()
