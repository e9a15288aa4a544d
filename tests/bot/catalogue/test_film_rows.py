"""Film rows: MovieLens' titles and genres become the domain's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.film_rows import parse_genres, parse_title


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Heat (1995)", ("Heat", (), 1995)),
        ("Matrix, The (1999)", ("The Matrix", (), 1999)),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            ("The City of Lost Children", ("La Cité des enfants perdus",), 1995),
        ),
        ("Avventura, L' (Adventure, The) (1960)", ("L'Avventura", ("The Adventure",), 1960)),
        ("Seven (a.k.a. Se7en) (1995)", ("Seven", ("Se7en",), 1995)),
        ("Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
         ("Birdman: Or (The Unexpected Virtue of Ignorance)", (), 2014)),
        ("(500) Days of Summer (2009)", ("(500) Days of Summer", (), 2009)),
        ("Fawlty Towers (1975-1979)", ("Fawlty Towers", (), 1975)),
        ("Doctor Who (2005– )", ("Doctor Who", (), 2005)),
        ("Land Before Time III, The (1995) (V)", ("The Land Before Time III", (), 1995)),
        ("Gulf (Golfo) (1996) (TV)", ("Gulf", ("Golfo",), 1996)),
        ("Tracker (V) (2001)", ("Tracker", ("V",), 2001)),
        ("Babylon 5", ("Babylon 5", (), None)),
        ("2001: A Space Odyssey", ("2001: A Space Odyssey", (), None)),
        ("1984 (1984)", ("1984", (), 1984)),
        ("Unclosed (1999", ("Unclosed", (), 1999)),
        ("(1999)", ("(1999)", (), None)),
    ],
)  # fmt: skip
def test_titles_are_split(raw: str, expected: tuple[str, tuple[str, ...], int | None]) -> None:
    assert parse_title(raw) == expected


@given(st.text(min_size=1, max_size=200).filter(lambda text: bool(text.strip())))
def test_any_title_keeps_some_text(raw: str) -> None:
    title, _, year = parse_title(raw)
    assert title
    assert year is None or 1800 <= year <= 2099


def test_genres_are_those_of_the_domain_in_its_order() -> None:
    assert parse_genres(["IMAX", "Sci-Fi", "Children's", "action"]) == (("Action", "Children", "Sci-Fi"), ())
    assert parse_genres(["(no genres listed)"]) == ((), ())
    assert parse_genres(["Science Fiction", "Family", "film noir"]) == (("Children", "Film-Noir", "Sci-Fi"), ())
    assert parse_genres(["Drama", "Telenovela"]) == (("Drama",), ("Telenovela",))
