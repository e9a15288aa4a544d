"""What a person wants of genres: read, set, and worded."""

from __future__ import annotations

from bot.messages.genres import GenreWishes
from bot.service.service import Visit
from bot.storage.people import GenreWish, Person
from recommender.domain import GENRES


def wishes_of(person: Person) -> GenreWishes:
    """Return what a person wants of genres."""
    return GenreWishes(frozenset(person.genres), frozenset(person.excluded), person.wildcards)


def set_wish(visit: Visit, row: int, wish: GenreWish) -> Person:
    """Bring one genre to the wanted side; returns the person as they are now."""
    visit.tx.people.set_genre(visit.id, GENRES[row], wish)
    return visit.tx.people.get(visit.id) or visit.person
