"""People of films by what they are called."""

from __future__ import annotations

import pytest

from bot.catalogue.people_names import PeopleNames

NAMES = PeopleNames(
    {"Mark Strong": 7, "Adam Driver": 9, "Tom Holland": 6, "Christopher Nolan": 11}, {"Christopher Nolan"}
)


def test_somebody_is_found_by_the_last_name_alone() -> None:
    assert NAMES.at("by nolan", 3) == ("Christopher Nolan", 8)


@pytest.mark.parametrize("text", ["strong female leads", "driver", "holland"])
def test_a_word_is_nobodys_name(text: str) -> None:
    assert NAMES.at(text, 0) is None


def test_who_is_called_like_a_word_is_found_in_full() -> None:
    assert NAMES.at("adam driver", 0) == ("Adam Driver", 11)


def test_a_long_name_with_one_slip_and_a_name_without_its_hyphen_are_found() -> None:
    names = PeopleNames({"Alfred Hitchcock": 20, "Bong Joon-ho": 7, "Ava Gardner": 9}, {"Alfred Hitchcock"})
    assert names.misspelt("hitchcok") == "Alfred Hitchcock"
    assert names.misspelt("gardener") is None
    assert names.misspelt("hichkok") is None
    assert names.at("bong joon ho", 0) == ("Bong Joon-ho", 12)
