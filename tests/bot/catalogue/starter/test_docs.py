"""The page about the starter catalogue says what the files hold."""

from __future__ import annotations

import re

import pytest

from bot.catalogue.starter import load_starter_films, load_tags
from bot.catalogue.starter.reading import COLUMNS
from tests.prose import ROOT

PAGE = (ROOT / "docs" / "starter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("scale", ["popularity", "acclaim"])
def test_the_films_that_anchor_a_scale_stand_where_the_page_says(scale: str) -> None:
    table = PAGE.split(f"| {scale} | films |\n|--:|---|\n")[1].split("\n\n")[0]
    values = {film.movie.title: getattr(film, scale) for film in reversed(load_starter_films())}
    for line in table.splitlines():
        value, titles = re.fullmatch(r"\| (\d+) \| (.*) \|", line).groups()  # type: ignore[union-attr]  # or it fails
        assert [(title, values[title]) for title in titles.split(", ")] == [
            (title, int(value)) for title in titles.split(", ")
        ]


def test_every_column_is_described() -> None:
    assert [column for column in COLUMNS if f"`{column}`" not in PAGE] == []


def test_films_and_tags_are_counted() -> None:
    assert f"{len(load_starter_films()):,} films" in PAGE
    assert f"vocabulary of {len(load_tags())} " in PAGE
