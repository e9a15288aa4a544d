"""Every command, option and setting appears in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot.__main__ import app
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command's name as typed, with its options."""
    root = typer.main.get_group(app)
    for name, command in root.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            for inner, leaf in command.commands.items():
                yield f"{name} {inner}", _options(leaf)
        else:
            yield name, _options(command)


def _options(command: object) -> list[str]:
    parameters = getattr(command, "params", [])
    return [p.opts[0] for p in parameters if p.opts and p.opts[0].startswith("-") and "--help" not in p.opts]


@pytest.mark.parametrize(("name", "options"), list(commands()))
def test_readme_lists_the_command_with_its_options(name: str, options: list[str]) -> None:
    lines = [line for line in README.splitlines() if re.search(rf"`(reelmate )?{name}\b", line)]
    assert lines, f"README must list `reelmate {name}`"
    assert all(any(option in line for line in lines) for option in options), options


def test_readme_lists_no_command_that_is_gone() -> None:
    known = {name for name, _ in commands()}
    named = re.findall(r"^\| `reelmate ((?:import |bundles )?[a-z]+)", README, flags=re.MULTILINE)
    assert set(named) <= known


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_operations_lists_the_setting(name: str) -> None:
    assert f"| `{PREFIX}{name.upper()}` |" in OPERATIONS


def test_every_page_linked_is_there() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links {target}"


def test_every_make_target_of_the_docs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    pages = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)", pages)) - {"them", "it"}:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
