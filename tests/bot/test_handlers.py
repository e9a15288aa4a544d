"""The table of contents is complete: every command of the menu and every button's action has its use case."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import bot.handlers
from bot.callbacks import VERBS
from bot.handlers import BUTTONS, COMMANDS, SYNONYMS
from bot.handlers.buttons import by_action
from bot.messages import commands
from bot.service import cards

LONGEST_HANDLER = 15


def test_the_menu_and_the_handlers_name_the_same_commands() -> None:
    assert list(COMMANDS) == list(commands.COMMANDS)


def test_a_synonym_is_no_command_of_the_menu_and_means_one() -> None:
    assert not {*SYNONYMS} & {*COMMANDS}
    assert {*SYNONYMS.values()} <= {*COMMANDS}


def test_every_action_has_a_use_case() -> None:
    assert set(BUTTONS) == set(VERBS.values())


def test_a_button_has_one_use_case() -> None:
    with pytest.raises(ValueError, match="Received: two for Rate"):
        by_action(cards.open_card, cards.rate, cards.rate)


def test_handlers_only_parse_and_call() -> None:
    for handler in COMMANDS.values():
        assert len(inspect.getsource(handler).splitlines()) <= LONGEST_HANDLER


def test_handlers_do_not_catch() -> None:
    folder = Path(bot.handlers.__file__).parent
    assert [path.name for path in folder.glob("*.py") if "except " in path.read_text("utf-8")] == []
