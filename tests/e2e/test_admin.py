"""/admin tells figures to whom the operator listed, in both languages, and nobody else that it is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.storage import Store
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim

ADMIN, OTHER = 7_000_007, 7_000_008


@pytest.fixture
def bot(settings: Settings, store: Store) -> Iterator[LivingBot]:
    living = LivingBot(settings.model_copy(update={"admins": frozenset({ADMIN})}), store)
    living.start()
    yield living
    living.stop()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["People: 1 · 1 new, 1 active in 7 days", "A/B: one model has served so far"]),
        ("zh-hans", ["用户：1 人 · 7 天内新增 1，活跃 1", "A/B：目前只有一个模型"]),
    ],
)
def test_who_is_listed_sees_figures(sim: Sim, language: str, lines: list[str]) -> None:
    Person(sim, ADMIN).onboard("Action")
    Person(sim, ADMIN, language).say("/admin")
    said = sim.until_text(ADMIN, lines[0])["text"]
    assert lines[1] in said


@pytest.mark.usefixtures("bot")
def test_to_others_it_is_a_command_like_any_unknown_one(sim: Sim) -> None:
    for command in ("/admin", "/nonsense"):
        Person(sim, OTHER).say(command)
    first, second = sim.until(lambda: said if len(said := sim.from_bot(OTHER)) == 2 else [])
    assert first["text"] == second["text"]
