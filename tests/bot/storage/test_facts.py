"""What was found out about films is stored, brought up to date, and tells when it changed."""

from __future__ import annotations

from dataclasses import replace

from bot.facts import NO_FACTS, FilmFacts
from bot.storage import Store
from recommender.domain import MovieId
from tests.databases import Clock

HEAT, ALIEN = MovieId(1), MovieId(2)
FACTS = FilmFacts("Q1", "Heat", "盗火线", ("Hitze",), ("Michael Mann",), ("Al Pacino", "A|B"), ("US",), 170, 58)


def put(store: Store, **facts: FilmFacts) -> None:
    store.write(lambda tx: tx.facts.put({HEAT: facts["heat"]})).result()


def test_facts_come_back_as_they_went_in(store: Store) -> None:
    put(store, heat=FACTS)
    stored = replace(FACTS, cast=("Al Pacino", "A/B"))  # the sign between two names is none of theirs
    assert store.read(lambda tx: tx.facts.get(HEAT)) == stored
    assert store.read(lambda tx: (tx.facts.many([HEAT, ALIEN]), tx.facts.all())) == ({HEAT: stored}, {HEAT: stored})
    assert store.read(lambda tx: tx.facts.get(ALIEN)) == NO_FACTS


def test_facts_that_stay_as_they_are_change_no_edition(store: Store, clock: Clock) -> None:
    put(store, heat=FilmFacts("Q1", directors=("Michael Mann",)))
    edition = store.read(lambda tx: tx.facts.edition())
    clock.pass_by(hours=1)
    put(store, heat=FilmFacts("Q1", directors=("Michael Mann",)))
    assert store.read(lambda tx: tx.facts.edition()) == edition
    assert store.read(lambda tx: tx.facts.checked()) == {HEAT: clock.now}
    put(store, heat=FilmFacts("Q1", directors=("Michael Mann", "Somebody")))
    assert store.read(lambda tx: tx.facts.edition()) != edition


def test_what_was_not_found_is_remembered_and_erases_nothing(store: Store, clock: Clock) -> None:
    put(store, heat=FilmFacts("Q1", runtime_min=170))
    clock.pass_by(days=1)
    store.write(lambda tx: tx.facts.note_checked([HEAT, ALIEN])).result()
    assert store.read(lambda tx: tx.facts.checked()) == {HEAT: clock.now, ALIEN: clock.now}
    assert store.read(lambda tx: tx.facts.all()) == {HEAT: FilmFacts("Q1", runtime_min=170)}
    assert store.read(lambda tx: tx.facts.edition())[0] == 1
