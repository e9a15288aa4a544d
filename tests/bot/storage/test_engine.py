"""A database's URL: what is refused, and that no part of a password is ever shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.addresses import without_password
from bot.storage.engine import parse_url, sqlite_file, translated
from bot.storage.errors import DatabaseUrlError, StorageError
from bot.storage.schema import migrate


@pytest.mark.parametrize("password", ["Xy7@8Qz9", "Xy7@8/Qz9", "Xy7@@Qz9"])
def test_a_password_with_signs_of_an_address_is_refused_and_not_shown(password: str) -> None:
    url = f"postgresql://kim:{password}@127.0.0.1:9/films"
    with pytest.raises(DatabaseUrlError, match="write them as %40, %2F and %3A") as refused, translated(url):
        parse_url(url)
    assert not [part for part in ("Xy7", "Qz9") if part in str(refused.value)]
    assert without_password(url) == "postgresql://kim:***@127.0.0.1:9/films"


# What a generator of passwords, or a person, puts between letters; some as a URL writes them, some as they are.
SIGNS = "@/:%?#&=+;, []|'\"\\~"


@settings(max_examples=200)
@given(
    signs=st.lists(st.sampled_from([*SIGNS, *map(quote, SIGNS), ""]), min_size=1, max_size=3),
    form=st.sampled_from(
        [
            "postgresql://kim:{password}@127.0.0.1:1/films",
            "postgresql+psycopg://kim:{password}@127.0.0.1:1/films?connect_timeout=1",
            "postgresql://127.0.0.1:1/films?user=kim&password={password}",
            "mysql://kim:{password}@127.0.0.1:1/films",
            "postgres//kim:{password}@127.0.0.1:1/films",
        ]
    ),
)
def test_no_form_of_url_and_password_shows_a_part_of_it(signs: list[str], form: str) -> None:
    parts = [f"Xy{place}Qz" for place in range(len(signs) + 1)]
    password = parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))
    url = form.format(password=password)
    with pytest.raises(StorageError) as refused:
        migrate(url)
    said = f"{refused.value} {without_password(url)}"
    assert not [part for part in parts if part in said], (url, said)
    assert "\n" not in said


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


def test_a_home_in_the_path_of_a_file_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sqlite_file("SQLite:///~/films.db") == tmp_path / "films.db"
