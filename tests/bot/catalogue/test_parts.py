"""Parts of a series: how titles name them, and how people ask for them."""

import pytest

from bot.catalogue.parts import Part, part_asked, part_of_title


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("The Godfather: Part II", Part("godfather", 2)),
        ("Star Wars: Episode V - The Empire Strikes Back", Part("star wars", 5)),
        ("Star Wars: Episode I - The Phantom Menace", Part("star wars", 1)),
        ("Kill Bill: Vol. 2", Part("kill bill", 2)),
        ("John Wick: Chapter 4", Part("john wick", 4)),
        ("Terminator 2: Judgment Day", Part("terminator", 2)),
        ("Dune: Part Two", Part("dune", 2)),
        ("Shrek the Third", Part("shrek", 3)),
        ("Rocky V", Part("rocky", 5)),
        ("Alien³", Part("alien", 3)),
        ("教父2", Part("教父", 2)),
        ("教父 第三部", Part("教父", 3)),
        ("Heat", None),
        ("12 Angry Men", None),
        ("Blade Runner 2049", None),
        ("V for Vendetta", None),
        ("", None),
    ],
)
def test_a_title_says_which_part_it_is(title: str, part: Part | None) -> None:
    assert part_of_title(title) == part


@pytest.mark.parametrize(
    "query", ["rocky 2", "rocky II", "Rocky Two", "rocky part 2", "rocky: pt ii", "rocky 第二部", "rocky第2部"]
)
def test_every_writing_of_a_number_asks_for_the_same(query: str) -> None:
    assert part_asked(query) == Part("rocky", 2)


@pytest.mark.parametrize("query", ["heat", "2012", "", "!!!", "rocky 2049", "part 2", "第二部"])
def test_a_title_alone_and_a_number_alone_ask_for_no_part(query: str) -> None:
    assert part_asked(query) is None


def test_tens_are_read_in_chinese() -> None:
    assert part_asked("名侦探柯南第二十三部") == Part("名侦探柯南", 23)
