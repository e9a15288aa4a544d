"""Films as people know them: titles in their language, who made them, and the plot line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.starter import load_starter_films
from bot.messages.facts import Facts, fact_lines, heading
from bot.messages.words import load_words
from bot.service.films import facts_of, named
from recommender.domain import Movie, MovieId

EN, ZH, ES = (load_words()[language] for language in ("en", "zh", "es"))
SHAWSHANK = Movie(MovieId(1), "The Shawshank Redemption", 1994, ("Crime", "Drama"))
PANS_LABYRINTH = next(film.movie for film in load_starter_films() if film.movie.title == "Pan's Labyrinth")
SPIRITED_AWAY = Movie(MovieId(31), "Spirited Away", 2001, ("Adventure", "Animation", "Children", "Fantasy"))


def test_a_film_has_its_title_in_the_persons_language_and_the_original_beside_it() -> None:
    assert heading(EN, SHAWSHANK, facts_of(SHAWSHANK)) == "<b>The Shawshank Redemption (1994)</b>"
    assert heading(ZH, SHAWSHANK, facts_of(SHAWSHANK)) == "<b>肖申克的救赎 (1994)</b> · The Shawshank Redemption"
    assert heading(EN, SPIRITED_AWAY, facts_of(SPIRITED_AWAY)) == "<b>Spirited Away (2001)</b> · 千と千尋の神隠し"
    assert heading(ZH, SPIRITED_AWAY, facts_of(SPIRITED_AWAY)) == "<b>千与千寻 (2001)</b> · 千と千尋の神隠し"


def test_a_film_spoken_in_the_persons_language_has_its_original_title() -> None:
    assert heading(ES, PANS_LABYRINTH, facts_of(PANS_LABYRINTH)) == "<b>El laberinto del fauno (2006)</b>"
    assert heading(ES, SHAWSHANK, facts_of(SHAWSHANK)) == "<b>The Shawshank Redemption (1994)</b>"
    assert named(ES, PANS_LABYRINTH).label == "El laberinto del fauno (2006)"


def test_a_plot_line_that_nobody_wrote_in_a_language_is_left_out() -> None:
    assert fact_lines(ES, facts_of(SHAWSHANK)) == ["Frank Darabont · 142 min"]


def test_who_made_it_how_long_it_runs_and_what_it_is_about_are_said_in_the_persons_language() -> None:
    made, plot = fact_lines(EN, facts_of(SHAWSHANK))
    assert made == "Frank Darabont · 142 min"
    assert "banker" in plot
    made, plot = fact_lines(ZH, facts_of(SHAWSHANK))
    assert made == "弗兰克·德拉邦特 · 142 分钟"
    assert "银行家" in plot


@pytest.mark.parametrize(
    "other",
    [
        Movie(MovieId(1), "Toy Story", 1995, ()),
        Movie(MovieId(1), "The Shawshank Redemption", 1995, ()),
        Movie(MovieId(900_001), "The Shawshank Redemption", 1994, ()),
    ],
)
def test_of_another_film_under_the_same_number_nothing_is_known(other: Movie) -> None:
    assert facts_of(other) == Facts()
    assert fact_lines(EN, facts_of(other)) == []
    assert heading(ZH, other, facts_of(other)) == f"<b>{other.label}</b>"


def test_facts_are_escaped_and_what_is_missing_leaves_no_line() -> None:
    facts = Facts(original_title="<i>", directors=("A & B",), plot="1 < 2.")
    assert fact_lines(EN, facts) == ["A &amp; B", "1 &lt; 2."]
    assert heading(EN, SHAWSHANK, facts).endswith(" · &lt;i&gt;")
    assert fact_lines(EN, Facts(runtime_min=90)) == ["90 min"]


def test_who_has_no_certain_chinese_name_keeps_their_own() -> None:
    assert fact_lines(ZH, Facts(directors=("A", "B"), zh_directors=("甲", "B"))) == ["甲 · B"]
    assert fact_lines(EN, Facts(directors=("A", "B"), zh_directors=("甲", "B"))) == ["A · B"]


def test_a_film_named_in_a_sentence_has_its_title_in_the_persons_language() -> None:
    assert named(ZH, SHAWSHANK).label == "肖申克的救赎 (1994)"
    assert named(EN, SHAWSHANK) == SHAWSHANK
    assert named(ZH, replace(SHAWSHANK, year=1995)).label == "The Shawshank Redemption (1995)"
