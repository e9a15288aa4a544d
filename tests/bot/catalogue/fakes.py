"""Small releases on disk, and a catalogue in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from bot.catalogue.known_movies import KnownMovie
from recommender.domain import MovieId

MOVIES_CSV = """movieId,title,genres
1,Toy Story (1995),Adventure|Animation|Children|Comedy|Fantasy
6,Heat (1995),Action|Crime|Thriller
29,"City of Lost Children, The (Cité des enfants perdus, La) (1995)",Adventure|Drama|Fantasy
70,Nobody Has Heard Of This (1977),IMAX|Drama
71,A Thing Without Genres,(no genres listed)
"""
RATINGS_CSV = """userId,movieId,rating,timestamp
1,1,4.0,1000
1,6,3.5,900
2,70,0.5,1000
2,1,5.0,1000
7,71,2.0,1500
"""
LINKS_CSV = """movieId,imdbId,tmdbId
1,0114709,862
6,0113277,949
29,0112682,
70,,
"""
MOVIES_DAT = """1::Toy Story (1995)::Animation|Children's|Comedy
6::Heat (1995)::Action|Crime|Thriller
29::City of Lost Children, The (1995)::Adventure|Sci-Fi
70::Nobody: Here (1977)::Drama
"""
RATINGS_DAT = "1::1::4::1000\n1::6::3::900\n2::70::1::1000\n"
_NO_FLAGS = "|0" * 18
U_ITEM = (
    f"1|Toy Story (1995)|01-Jan-1995||http://example.org|0|0|0|1|1|1{'|0' * 13}\n"
    f"2|Café Noir (1995)|01-Jan-1995||http://example.org|0{'|0' * 9}|1|0|0|0|0|0|0|0|0\n"
    f"3|unknown|||http://example.org|1{_NO_FLAGS}\n"
)
U_DATA = "1\t1\t4\t1000\n1\t2\t3\t900\n2\t3\t1\t1000\n"


class CatalogueInMemory:
    """A CatalogueWriter over a dictionary."""

    def __init__(self) -> None:
        self.stored: dict[MovieId, KnownMovie] = {}

    def movies(self) -> list[KnownMovie]:
        return list(self.stored.values())

    def add(self, movies: Sequence[KnownMovie]) -> None:
        self.stored |= {known.movie.id: known for known in movies}


class FullDisk(CatalogueInMemory):
    """A catalogue that cannot be written."""

    def add(self, movies: Sequence[KnownMovie]) -> None:
        raise OSError("no space left")


def write_csv_release(
    folder: Path, *, movies: str = MOVIES_CSV, ratings: str = RATINGS_CSV, links: str | None = LINKS_CSV
) -> Path:
    """Write a release in the CSV layout."""
    files = {"movies.csv": movies, "ratings.csv": ratings}
    return write_files(folder, files if links is None else files | {"links.csv": links})


def write_files(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> Path:
    """Write text files into a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding=encoding)
    return folder


def pack(folder: Path, target: Path) -> Path:
    """Zip a folder the way releases are: everything under the folder's own name."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, f"{folder.name}/{file.name}")
    return target
