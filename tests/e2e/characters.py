"""Ten made-up people, each with what they are after, the broad genres they may choose, and films they would like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody who knows what they like.

    Attributes:
        genres: what they are after, all of which they choose where they take the time.
        broad: what they choose where they do not; what they are after is in some films of it, none of it, or all films.
        liked: titles as the starter catalogue has them.
    """

    name: str
    genres: tuple[str, ...]
    broad: tuple[str, ...]
    liked: tuple[str, ...]

    @property
    def unsaid(self) -> frozenset[str]:
        """Return what they are after and do not say by choosing broad genres."""
        return frozenset(self.genres) - {*self.broad}


CHARACTERS: Final = (
    Character("Nell, for the shivers", ("Horror",), ("Thriller",), (
        "The Shining", "Alien", "Psycho", "The Exorcist", "The Thing", "Halloween", "A Nightmare on Elm Street",
        "The Conjuring", "Saw", "The Ring", "Scream", "Get Out", "28 Days Later", "The Blair Witch Project",
    )),
    Character("Cal, out West", ("Western",), ("Adventure",), (
        "The Good, the Bad and the Ugly", "Django Unchained", "A Fistful of Dollars", "Unforgiven", "High Noon",
        "Once Upon a Time in the West", "The Searchers", "Butch Cassidy and the Sundance Kid", "Tombstone",
    )),
    Character("Vera, in black and white", ("Film-Noir", "Mystery"), ("Drama", "Crime"), (
        "Chinatown", "The Maltese Falcon", "Double Indemnity", "The Big Sleep", "The Third Man", "Laura",
        "Sunset Boulevard", "Touch of Evil", "L.A. Confidential", "Out of the Past", "Memento", "Psycho",
    )),
    Character("Tom, with two children", ("Animation", "Children"), ("Comedy",), (
        "Toy Story", "The Lion King", "Finding Nemo", "Up", "Frozen", "Coco", "Shrek", "Ratatouille", "Inside Out",
        "Monsters, Inc.", "How to Train Your Dragon", "Spirited Away",
    )),
    Character("Mina, on the sofa", ("Romance", "Comedy"), ("Comedy", "Drama"), (
        "Pretty Woman", "Groundhog Day", "Amelie", "La La Land", "The Notebook", "Dirty Dancing", "Mamma Mia!",
        "Lost in Translation", "Grease", "Titanic", "The Hangover",
    )),
    Character("Ori, among the stars", ("Sci-Fi",), ("Action", "Adventure"), (
        "The Matrix", "Blade Runner", "Interstellar", "Inception", "2001: A Space Odyssey", "Arrival", "Alien",
        "Back to the Future", "Star Wars: Episode IV - A New Hope", "The Terminator", "WALL·E",
    )),
    Character("Piet, the historian", ("War",), ("Drama",), (
        "Saving Private Ryan", "Schindler's List", "Apocalypse Now", "Dunkirk", "1917", "Platoon", "The Pianist",
        "Full Metal Jacket", "The Deer Hunter", "Lawrence of Arabia",
    )),
    Character("Asa, for the facts", ("Documentary",), (), (
        "Bowling for Columbine", "Super Size Me", "March of the Penguins", "Free Solo", "My Octopus Teacher",
        "Man on Wire", "The Cove", "Grizzly Man", "Searching for Sugar Man", "The Act of Killing",
    )),
    Character("Lou, who sings along", ("Musical",), ("Comedy", "Drama"), (
        "The Sound of Music", "Grease", "La La Land", "Mary Poppins", "The Wizard of Oz", "Mamma Mia!", "Aladdin",
        "Beauty and the Beast", "The Nightmare Before Christmas", "Bohemian Rhapsody",
    )),
    Character("Sam, after dark", ("Crime", "Thriller", "Film-Noir"), (), (
        "Pulp Fiction", "Se7en", "Goodfellas", "The Silence of the Lambs", "The Departed", "Fight Club", "Sin City",
        "Reservoir Dogs", "L.A. Confidential", "Gone Girl", "Chinatown", "The Usual Suspects",
    )),
)  # fmt: skip
