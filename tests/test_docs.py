"""Every command, option and setting appears in the documentation."""

from __future__ import annotations

import re

import pytest

from bot.handlers import COMMANDS
from bot.settings import PREFIX, Settings
from tests.prose import ROOT, commands

README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "options"), [item for item in commands().items() if item[0]])
def test_the_page_of_commands_lists_the_command_with_its_options(name: str, options: frozenset[str]) -> None:
    lines = [line for line in TYPED.splitlines() if re.search(rf"`(reelmate )?{name}\b", line)]
    assert lines, f"docs/commands.md must list `reelmate {name}`"
    assert all(any(option in line for line in lines) for option in options), options


def test_the_page_of_commands_lists_none_that_is_gone() -> None:
    named = re.findall(r"^\| `reelmate ((?:(?:import|bundles|corpora|twins|ab) )?[a-z]+)", TYPED, flags=re.MULTILINE)
    assert set(named) <= commands().keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_lists_the_command_of_the_chat(name: str) -> None:
    assert f"`/{name}`" in README


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_operations_lists_the_setting(name: str) -> None:
    assert f"| `{PREFIX}{name.upper()}` |" in OPERATIONS


def test_every_promise_of_operations_is_held_by_a_test_that_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", OPERATIONS))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    assert len(named) > 10
    assert named <= there
