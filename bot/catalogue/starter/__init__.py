"""The starter catalogue: films people know and what is known of them, written by this project.

`films/*.csv`, `people.csv`, `nicknames.csv`, `titles_es.csv`, `studios.csv`, `imdb.csv` and `tags.csv` are the written
files; docs/starter.md says what every column means.
"""

from bot.catalogue.starter.film import Age, StarterFilm
from bot.catalogue.starter.imdb_ids import load_imdb_ids
from bot.catalogue.starter.people import load_chinese_names, load_nicknames
from bot.catalogue.starter.reading import find_starter_film, load_starter, load_starter_films
from bot.catalogue.starter.spanish_titles import load_spanish_titles
from bot.catalogue.starter.studios import load_studios
from bot.catalogue.starter.tags import Tag, TagKind, load_tags

__all__ = [
    "Age",
    "StarterFilm",
    "Tag",
    "TagKind",
    "find_starter_film",
    "load_chinese_names",
    "load_imdb_ids",
    "load_nicknames",
    "load_spanish_titles",
    "load_starter",
    "load_starter_films",
    "load_studios",
    "load_tags",
]
