"""A JSON log has one object a line, and people under a name that is nobody's elsewhere."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.commands.run.logs import name_people
from bot.logs.json_lines import JsonLines
from bot.pseudonyms import Pseudonyms
from recommender.domain import UserId

ADA = 7_000_007


def line(message: str, **extra: Any) -> dict[str, Any]:
    record = logging.LogRecord("bot.events", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    text = JsonLines(lambda person: Pseudonyms(b"k").of(UserId(person))).format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_an_update_has_its_fields_and_no_persons_number() -> None:
    found = line("update handled", update_id=5, person=ADA, handler="rate", outcome="done", bundle="v1", ms=3.5)
    assert str(ADA) not in json.dumps(found)
    assert len(found.pop("person")) == 32
    assert found.pop("at").endswith("+00:00")
    assert found == {
        "level": "info",
        "logger": "bot.events",
        "event": "update handled",
        "update_id": 5,
        "handler": "rate",
        "outcome": "done",
        "bundle": "v1",
        "ms": 3.5,
    }


def test_a_line_without_a_person_names_none() -> None:
    assert "person" not in line("the bot is ready")


def test_a_trace_stays_in_its_line() -> None:
    assert line("a job failed", exc_text="File x\nKeyError")["trace"] == "File x\nKeyError"


def test_a_person_is_the_same_in_one_installation_and_another_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    here, again, elsewhere = name_people(tmp_path), name_people(tmp_path), name_people(tmp_path / "other")
    assert here(ADA) == again(ADA) != elsewhere(ADA)
    assert here(ADA) != here(ADA + 1)


@pytest.mark.parametrize("folder", ["gone", "file"])
def test_where_no_key_can_be_kept_there_is_one_for_the_process(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("no folder")
    name = name_people(tmp_path / folder)
    assert name(ADA) == name(ADA) != name(ADA + 1)
