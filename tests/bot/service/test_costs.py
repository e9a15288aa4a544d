"""What one person can make the bot store and send by one act is bounded, and docs/security.md has every act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from bot.callbacks import decode, encode
from bot.handlers import BUTTONS, DRAWN_ANEW
from bot.handlers import COMMANDS as HANDLED
from bot.messages import load_words
from bot.service.service import Service, Turn
from bot.service.titles import Titles
from bot.storage import Store, Tx
from bot.storage.impressions import MOST_ROUNDS
from recommender.domain import MovieId, Recommendation, UserId
from tests.bot.pupil import CATALOGUE, ENTRIES, Pupil
from tests.bot.service.acts import ACTS, COMMANDS, TAPS, cost_of, sample
from tests.databases import migrated_url
from tests.prose import ROOT

ADA = UserId(7)
# An act's own row, two messages and a list's five films.
MOST_ROWS: Final = 8
MOST_LETTERS: Final = 2
# A message has 4,096 signs at most, of four bytes.
MOST_BYTES: Final = 2 * 4 * 4_096
# The export's files hold what is stored, and nothing else.
EXPORTED_BYTES_A_ROW: Final = 600
PAGE: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def settle(tx: Tx) -> None:
    """Let somebody have all there is: every film rated or saved, and a list."""
    tx.people.ensure(ADA)
    tx.people.set_genre(ADA, "Drama", "chosen")
    for movie in CATALOGUE[:20]:
        tx.ratings.put(ADA, movie.id, 8, update_id=movie.id)
    for movie in CATALOGUE[20:30]:
        tx.marks.put(ADA, movie.id, "later")
    shown = [Recommendation(movie.id, 1.0, 0.87) for movie in CATALOGUE[:5]]
    tx.impressions.add(ADA, tx.impressions.new_round(ADA), 0, shown, version="b1")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Store(migrated_url(tmp_path, ENTRIES)) as store:
        store.write(settle).result()
        yield Service(store, Pupil(), load_words(), Titles(store))


def test_every_command_and_button_is_an_act() -> None:
    assert COMMANDS.keys() == {f"/{name}" for name in HANDLED}
    assert TAPS.keys() == {action.__name__ for action in BUTTONS}


@pytest.mark.parametrize("action", BUTTONS, ids=lambda action: action.__name__)
def test_the_sample_of_a_button_is_one_that_telegram_carries(action: type) -> None:
    assert decode(encode(sample(action))) == sample(action)


@pytest.mark.parametrize("name", ACTS)
def test_one_act_stores_and_sends_no_more_than_it_may(service: Service, name: str) -> None:
    cost = cost_of(service, ADA, name, 1_000)
    assert cost.rows <= MOST_ROWS
    assert 1 <= cost.letters <= MOST_LETTERS
    if name != "/export":
        assert cost.letter_bytes <= MOST_BYTES


@pytest.mark.parametrize("action", DRAWN_ANEW, ids=lambda action: action.__name__)
def test_a_tap_that_another_overtakes_takes_effect_and_draws_nothing(service: Service, action: type) -> None:
    overtaken = Turn(1_000, ADA, "en", message_id=5, is_tap=True, is_overtaken=True)
    BUTTONS[action](service, overtaken, sample(action))
    after = service.store.read(lambda tx: tx.erasure.export(ADA))
    assert service.store.read(lambda tx: tx.outbox.waiting()) == []
    assert not service.store.read(lambda tx: tx.inbox.is_pending(1_000))
    BUTTONS[action](service, replace(overtaken, update_id=1_001, is_overtaken=False), sample(action))
    (letter,) = service.store.read(lambda tx: tx.outbox.waiting())
    assert letter.outgoing.edits == 5, "whatever the one before would have drawn is drawn over"
    for table in ("people", "ratings", "marks"):
        assert len(service.store.read(lambda tx: tx.erasure.export(ADA))[table]) == len(after[table])


def test_an_export_grows_with_what_is_stored_alone(service: Service) -> None:
    rows = service.store.read(lambda tx: sum(map(len, tx.erasure.export(ADA).values())))
    assert cost_of(service, ADA, "/export", 1_000).letter_bytes <= EXPORTED_BYTES_A_ROW * rows
    assert cost_of(service, ADA, "/export", 1_001).letter_bytes <= MOST_BYTES, "one waits already"


def test_pages_of_old_rounds_are_forgotten(real_time_store: Store) -> None:
    def list_films(tx: Tx) -> None:
        number = tx.impressions.new_round(ADA)
        tx.impressions.add(ADA, number, 0, [Recommendation(MovieId(1), 1.0, 0.5)], version="b1")
        tx.searches.add(ADA, number, [MovieId(1)])

    real_time_store.write(lambda tx: tx.people.ensure(ADA)).result()
    for _ in range(MOST_ROUNDS + 3):
        real_time_store.write(list_films)
    real_time_store.write(lambda tx: tx.people.ensure(UserId(8))).result()
    rows = real_time_store.read(lambda tx: tx.erasure.export(ADA))
    assert [len(rows[name]) for name in ("impressions", "searches")] == [MOST_ROUNDS] * 2
    assert rows["impressions"][0]["round"] == 4


@pytest.mark.parametrize("name", ACTS)
def test_the_table_of_costs_has_every_act(name: str) -> None:
    assert re.search(rf"^\| .*`?{re.escape(name)}`?.* \|", PAGE, flags=re.MULTILINE), name
