"""A database's URL: what is refused, and that no part of a password is ever shown."""

from __future__ import annotations

import pytest

from bot.storage.engine import parse_url, translated, without_password
from bot.storage.errors import DatabaseUrlError


@pytest.mark.parametrize("password", ["Xy7@8Qz9", "Xy7@8/Qz9", "Xy7@@Qz9"])
def test_a_password_with_signs_of_an_address_is_refused_and_not_shown(password: str) -> None:
    url = f"postgresql://kim:{password}@127.0.0.1:9/films"
    with pytest.raises(DatabaseUrlError, match="write them as %40, %2F and %3A") as refused, translated(url):
        parse_url(url)
    assert not [part for part in ("Xy7", "Qz9") if part in str(refused.value)]
    assert without_password(url) == "postgresql://kim:***@127.0.0.1:9/films"


def test_an_escaped_password_is_taken() -> None:
    assert parse_url("postgresql://kim:Xy7%408Qz9@127.0.0.1:9/films").password == "Xy7@8Qz9"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////var/lib/reelmate.db", "sqlite:////var/lib/reelmate.db"),
        ("postgresql://kim@host/films", "postgresql://kim@host/films"),
        ("postgresql://kim:Xy7/8:Qz9@host/films", "postgresql://kim:***@host/films"),
        ("postgresql://host/films?user=kim&password=Xy7", "postgresql://host/films?user=kim&password=***"),
    ],
)
def test_what_is_shown_of_a_url_holds_no_password(url: str, shown: str) -> None:
    assert without_password(url) == shown
