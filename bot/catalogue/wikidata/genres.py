"""Wikidata's genres, thousands of them, as ours: by the words of their English names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from recommender.domain import GENRES

# Which words of a genre's name say which of our genres: "romantic comedy film" is two of ours.
_BY_WORD: Final[dict[str, tuple[str, ...]]] = {
    "Action": ("action", "martial arts", "kung fu", "superhero", "samurai", "wuxia", "swashbuckler"),
    "Adventure": ("adventure", "swashbuckler", "quest", "survival", "disaster"),
    "Animation": ("animated", "animation", "anime", "cartoon", "stop motion", "claymation"),
    "Children": ("children's", "children’s", "children", "family film", "kids"),
    "Comedy": ("comedy", "comedic", "parody", "satire", "satirical", "farce", "slapstick", "screwball", "mockumentary"),
    "Crime": ("crime", "gangster", "heist", "mafia", "mob", "police", "prison", "noir"),
    "Documentary": ("documentary", "docufiction"),
    "Drama": ("drama", "melodrama", "biographical", "biopic", "historical", "coming-of-age", "tragedy", "docudrama"),
    "Fantasy": ("fantasy", "fairy tale", "sword and sorcery", "magical"),
    "Film-Noir": ("film noir",),
    "Horror": ("horror", "slasher", "zombie", "vampire", "splatter", "giallo", "ghost", "werewolf"),
    "Musical": ("musical",),
    "Mystery": ("mystery", "detective", "whodunit", "whodunnit", "giallo"),
    "Romance": ("romance", "romantic", "love"),
    "Sci-Fi": ("science fiction", "sci-fi", "superhero", "cyberpunk", "space opera", "dystopian", "kaiju", "mecha"),
    "Thriller": ("thriller", "spy", "suspense"),
    "War": ("war", "anti-war"),
    "Western": ("western", "westerns"),
}
_PATTERNS: Final = {
    genre: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])") for genre, words in _BY_WORD.items()
}


def our_genres(names: Iterable[str]) -> tuple[str, ...]:
    """Return which of our genres these names say, in our order."""
    said = [name.casefold().replace("neo-noir", "noir") for name in names]
    return tuple(genre for genre in GENRES if any(_PATTERNS[genre].search(name) for name in said))
