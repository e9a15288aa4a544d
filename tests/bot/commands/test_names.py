from __future__ import annotations

import pytest

from bot.commands.errors import CommandError
from bot.commands.names import parse_names, split_names


def test_names_stand_between_commas_and_nothing_is_no_name() -> None:
    assert split_names(" ease , ,item_knn,") == ["ease", "item_knn"]
    assert parse_names("b,a", ("a", "b"), "--rankers") == ["b", "a"]


@pytest.mark.parametrize(("text", "received"), [("a,c,d", "c, d"), (" , ", "nothing"), ("", "nothing")])
def test_what_is_unknown_is_named_with_what_there_is(text: str, received: str) -> None:
    with pytest.raises(CommandError, match=f"--rankers must be among a, b. Received: {received}"):
        parse_names(text, ("a", "b"), "--rankers")
