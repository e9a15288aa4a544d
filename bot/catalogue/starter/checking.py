"""The written files proved sound, all of their faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

from bot.catalogue.starter.catalogue_faults import find_catalogue_faults
from bot.catalogue.starter.film_faults import find_film_faults
from bot.catalogue.starter.reading import COLUMNS
from bot.catalogue.starter.rows import Row, find_repeats, read_rows
from bot.catalogue.starter.tags import TagKind
from bot.signs import fold_signs

TAG_COLUMNS: Final = ("tag", "kind", "zh", "meaning")
PEOPLE_COLUMNS: Final = ("name", "zh")
SPANISH_COLUMNS: Final = ("movie_id", "title", "spanish")
NICKNAME_COLUMNS: Final = ("nickname", "name")
STUDIO_COLUMNS: Final = ("movie_id", "title", "studio")
IMDB_COLUMNS: Final = ("movie_id", "title", "imdb_id")
IMDB_ID: Final = re.compile(r"tt[0-9]{7,8}")
ID_COLUMNS: Final = ("movie_id", "title", "year")
CHINESE_NAME: Final = re.compile(r"[A-Z\u4e00-\u9fff]+(?:[·-][A-Z\u4e00-\u9fff]+)*")
TAG_COUNT: Final = (120, 200)


def find_faults(root: Path, this_year: int) -> Iterator[str]:
    """Yield one line per fault of the files under `root`, with the file, the row and what to do.

    Films are compared with each other only once each of them is sound.
    """
    tags, tag_faults = read_rows(root, "tags.csv", TAG_COLUMNS)
    ids, id_faults = read_rows(root, "ids.csv", ID_COLUMNS)
    people, people_faults = read_rows(root, "people.csv", PEOPLE_COLUMNS)
    nicknames, nickname_faults = read_rows(root, "nicknames.csv", NICKNAME_COLUMNS)
    spanish, spanish_faults = read_rows(root, "titles_es.csv", SPANISH_COLUMNS)
    studios, studio_faults = read_rows(root, "studios.csv", STUDIO_COLUMNS)
    imdb, imdb_faults = read_rows(root, "imdb.csv", IMDB_COLUMNS)
    films: list[Row] = []
    faults = [*tag_faults, *id_faults, *people_faults, *nickname_faults, *spanish_faults, *studio_faults, *imdb_faults]
    faults += [*_find_tag_faults(tags), *_find_people_faults(people), *_find_nickname_faults(nicknames)]
    faults += _find_id_faults(imdb)
    for path in sorted((root / "films").glob("*.csv")):
        rows, row_faults = read_rows(root, f"films/{path.name}", COLUMNS)
        films += rows
        faults += row_faults
    names = {row["tag"] for row in tags}
    faults += [fault for row in films for fault in find_film_faults(row, names, this_year)]
    yield from faults
    if not faults:
        faults = [*find_catalogue_faults(films, ids), *_find_strangers([*people, *nicknames], films)]
        yield from faults or [*_find_spanish_faults(spanish, films), *_find_misnamed([*studios, *imdb], films)]


def _find_tag_faults(tags: Sequence[Row]) -> Iterator[str]:
    for column in ("tag", "zh"):
        for row, first in find_repeats(tags, column):
            yield row.fault(f"a tag stands once: line {first.line} has it already", row[column])
    for row in tags:
        if row["kind"] not in get_args(TagKind):
            yield row.fault(f"kind must be one of {', '.join(get_args(TagKind))}", row["kind"])
        if not row["zh"] or not row["meaning"]:
            yield row.fault("a tag has a Chinese name and a meaning", row["tag"])
    least, most = TAG_COUNT
    if not least <= len(tags) <= most:
        yield f"tags.csv: there must be {least} to {most} tags. Received: {len(tags)}"


def _find_people_faults(people: Sequence[Row]) -> Iterator[str]:
    for column in ("name", "zh"):
        for row, first in find_repeats(people, column):
            yield row.fault(f"a person stands once: line {first.line} has it already", row[column])
    for row in people:
        if not CHINESE_NAME.fullmatch(row["zh"]):
            yield row.fault("zh must be a name in Chinese characters, with · between its parts", row["zh"])


def _find_nickname_faults(nicknames: Sequence[Row]) -> Iterator[str]:
    for row, first in find_repeats(nicknames, "nickname"):
        yield row.fault(f"a nickname stands once: line {first.line} has it already", row["nickname"])
    for row in nicknames:
        if row["nickname"] != fold_signs(row["nickname"].casefold()):
            yield row.fault("a nickname is written in lower case and without accents", row["nickname"])


def _find_id_faults(imdb: Sequence[Row]) -> Iterator[str]:
    for column in ("movie_id", "imdb_id"):
        for row, first in find_repeats(imdb, column):
            said = f"a film and an id stand once: line {first.line} has it already"
            yield f"{row.file}:{row.line}: {said}. Received: {row[column]!r}"
    for row in imdb:
        if not IMDB_ID.fullmatch(row["imdb_id"]):
            yield f"{row.file}:{row.line}: imdb_id must be tt and seven or eight digits. Received: {row['imdb_id']!r}"


def _find_misnamed(rows: Sequence[Row], films: Sequence[Row]) -> Iterator[str]:
    titles = {row["movie_id"]: row["title"] for row in films}
    for row in rows:
        if titles.get(row["movie_id"]) != row["title"]:
            yield f"{row.file}:{row.line}: a film bears its title and number. Received: {row['title']!r}"


def _find_spanish_faults(spanish: Sequence[Row], films: Sequence[Row]) -> Iterator[str]:
    for row, first in find_repeats(spanish, "movie_id"):
        yield f"{row.file}:{row.line}: a film stands once: line {first.line} has it already. Received: {row['title']!r}"
    yield from _find_misnamed(spanish, films)


def _find_strangers(people: Sequence[Row], films: Sequence[Row]) -> Iterator[str]:
    """Find people who made no film, such as one spelled otherwise there."""
    makers = {name for row in films for column in ("directors", "cast") for name in row.parts(column)}
    for row in people:
        if row["name"] not in makers:
            yield row.fault("a name must be a director's or an actor's, as films spell it", row["name"])
