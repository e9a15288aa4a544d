"""Wishes in plain words: what is understood of them, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.wishes import read_wish
from recommender.domain import Filters

THIS_YEAR = 2026


def wish(some: str = "", every: str = "", out: str = "", first: int | None = None, last: int | None = None) -> Filters:
    """Return filters; genres with commas."""
    some_of, none_of, all_of = (frozenset(filter(None, names.split(","))) for names in (some, out, every))
    return Filters(some_of, none_of, first, last, genres_all=all_of)


UNDERSTOOD = [
    ("90s comedy", wish("Comedy", first=1990, last=1999)),
    ("comedy 1990s", wish("Comedy", first=1990, last=1999)),
    ("Comedies of the nineties, please!", wish("Comedy", first=1990, last=1999)),
    ("something funny from the 80s", wish("Comedy", first=1980, last=1989)),
    ("western before 1970", wish("Western", last=1969)),
    ("westerns older than 1970", wish("Western", last=1969)),
    ("no horror", wish(out="Horror")),
    ("comedia de los 90", wish("Comedy", first=1990, last=1999)),
    ("Una comedia de los años 80, sin terror", wish("Comedy", out="Horror", first=1980, last=1989)),
    ("películas de ciencia ficción de los noventa", wish("Sci-Fi", first=1990, last=1999)),
    ("acción o aventuras", wish("Action,Adventure")),
    ("terror antes de 1980", wish("Horror", last=1979)),
    ("documentales después de 2010", wish("Documentary", first=2011)),
    ("comedia romántica desde 2010", wish(every="Comedy,Romance", first=2010)),
    ("quiero ver algo divertido", wish("Comedy")),
    ("una peli de miedo por favor", wish("Horror")),
    ("nada de musicales, suspenso", wish("Thriller", out="Musical")),
    ("nothing scary", wish(out="Horror")),
    ("neither horror nor war", wish(out="Horror,War")),
    ("comedy, neither romantic nor musical", wish("Comedy", out="Romance,Musical")),
    ("horror no, thanks", wish(out="Horror")),
    ("new movies of 2023", wish(first=2023, last=2023)),
    ("classic 80s movies", wish(first=1980, last=1989)),
    ("i don't want horror or war movies", wish(out="Horror,War")),
    ("no horror, war or crime", wish(out="Horror,War,Crime")),
    ("no horror, comedy please", wish("Comedy", out="Horror")),
    ("comedy but no romance", wish("Comedy", out="Romance")),
    ("anything but musicals", wish(out="Musical")),
    ("non-horror thriller", wish("Thriller", out="Horror")),
    ("romantic comedy", wish(every="Comedy,Romance")),
    ("romcom", wish(every="Comedy,Romance")),
    ("sci-fi horror", wish(every="Sci-Fi,Horror")),
    ("action or sci-fi", wish("Action,Sci-Fi")),
    ("comedy, western", wish("Comedy,Western")),
    ("scary movies after 2010", wish("Horror", first=2011)),
    ("thriller since 2010", wish("Thriller", first=2010)),
    ("musical between 1950 and 1960", wish("Musical", first=1950, last=1960)),
    ("1970-1980 crime", wish("Crime", first=1970, last=1980)),
    ("horror from the 80s or 90s", wish("Horror", first=1980, last=1999)),
    ("a war film from 1998", wish("War", first=1998, last=1998)),
    ("comedy > 2010", wish("Comedy", first=2011)),
    ("comedy >= 2010", wish("Comedy", first=2010)),
    ("horror <2000", wish("Horror", last=1999)),
    ("drama of the last decade", wish("Drama", first=THIS_YEAR - 10)),
    ("drama of this decade", wish("Drama", first=2020, last=2029)),
    ("comedia de este año", wish("Comedy", first=THIS_YEAR, last=THIS_YEAR)),
    ("comedias del año pasado", wish("Comedy", first=THIS_YEAR - 1, last=THIS_YEAR - 1)),
    ("thrillers from '99", wish("Thriller", first=1999, last=1999)),
    ("'80s horror", wish("Horror", first=1980, last=1989)),
    ("recent animation", wish("Animation", first=THIS_YEAR - 5)),
    ("old westerns", wish("Western", last=1969)),
    ("film noir 1940s", wish("Film-Noir", first=1940, last=1949)),
    ("drama from the last 10 years", wish("Drama", first=THIS_YEAR - 10)),
    ("comdy from the early 90s", wish("Comedy", first=1990, last=1993)),
    ("90年代的喜剧", wish("Comedy", first=1990, last=1999)),
    ("九十年代喜剧片", wish("Comedy", first=1990, last=1999)),
    ("上世纪80年代的恐怖片", wish("Horror", first=1980, last=1989)),
    ("不要恐怖片", wish(out="Horror")),
    ("我不想看恐怖片和战争片", wish(out="Horror,War")),
    ("恐怖片除外", wish(out="Horror")),
    ("除了恐怖片以外", wish(out="Horror")),
    ("不要恐怖片，要喜剧", wish("Comedy", out="Horror")),
    ("1970年以前的西部片", wish("Western", last=1969)),
    ("2010年以后的动作片", wish("Action", first=2010)),
    ("1990到1999年的爱情片", wish("Romance", first=1990, last=1999)),
    ("近五年的悬疑片", wish("Mystery", first=THIS_YEAR - 5)),
    ("想看90年代的科幻片，不要恐怖", wish("Sci-Fi", out="Horror", first=1990, last=1999)),
    ("来点搞笑的", wish("Comedy")),
    ("有没有老的西部片？", wish("Western", last=1969)),
    ("爱情喜剧", wish(every="Comedy,Romance")),
    ("喜剧或爱情", wish("Comedy,Romance")),
]


@pytest.mark.parametrize(("text", "filters"), UNDERSTOOD)
def test_a_wish_is_understood_whole(text: str, filters: Filters) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.filters == filters
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("text", "filters", "unknown"),
    [
        ("comedy with gnomes", wish("Comedy"), ("gnomes",)),
        (
            "documentary about bell ringing from the 90s",
            wish("Documentary", first=1990, last=1999),
            ("bell ringing",),
        ),
        ("八十年代算盘动作片", wish("Action", first=1980, last=1989), ("算盘",)),
        ("comedy from 9999", wish("Comedy"), ("9999",)),
        ("western from 1492", wish("Western"), ("1492",)),
        ("before 1950 after 1960", Filters(), ("before 1950 after 1960",)),
        ("qwrtz", Filters(), ("qwrtz",)),
        ("🙂", Filters(), ("🙂",)),
        ("!!!", Filters(), ()),
    ],
)
def test_what_is_not_understood_is_told(text: str, filters: Filters, unknown: tuple[str, ...]) -> None:
    found = read_wish(text, THIS_YEAR)
    assert (found.filters, found.unknown) == (filters, unknown)


@pytest.mark.parametrize(
    "text",
    [
        *("recommend me a good film", "what should I watch tonight?", "给我推荐一部电影", "有什么好看的"),
        *("a movie for a rainy sunday", "una peli para el domingo", "something for my grandma"),
    ],
)
def test_asking_for_no_more_than_a_list_is_asking(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.is_asked
    assert found.is_empty
    assert found.unknown == ()


@given(
    st.text(max_size=300) | st.lists(st.sampled_from(" ".join(text for text, _ in UNDERSTOOD).split())).map(" ".join)
)
def test_any_text_is_read(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert not found.filters.genres_out & (found.filters.genres_in | found.filters.genres_all)
    assert all(part.strip() for part in found.unknown)
