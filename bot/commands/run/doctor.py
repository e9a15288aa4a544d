"""`reelmate doctor`: every examination in turn, what it saw and what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

import typer
from rich.text import Text

from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.commands.run.check_bot import check_bot
from bot.commands.run.check_storage import check_bundles, check_corpora, check_database
from bot.commands.run.check_surroundings import check_disk, check_python, check_settings, check_telegram, check_training
from bot.commands.run.finding import Examination, Finding

# What is known at once, and what takes a while: TensorFlow loads, Telegram answers.
AT_ONCE: Final[tuple[Examination, ...]] = (
    check_python,
    check_settings,
    check_disk,
    check_database,
    check_corpora,
    check_bundles,
    check_bot,
)
LATER: Final[tuple[Examination, ...]] = (check_training, check_telegram)
COLOURS: Final = {"ok": "green", "note": "yellow", "fault": "red"}


def examine(invocation: Invocation, *, as_json: bool) -> None:
    """Print every finding; the exit code is 1 when one is a fault."""
    settings, findings = invocation.settings(), list[Finding]()
    for examinations in (AT_ONCE, LATER):
        found = [finding for examination in examinations for finding in examination(settings)]
        findings += found
        if not as_json:
            _print_findings(found)
    if as_json:
        print_json({"healthy": _is_healthy(findings), "findings": [asdict(finding) for finding in findings]})
    if not _is_healthy(findings):
        raise typer.Exit(1)


def _is_healthy(findings: list[Finding]) -> bool:
    return all(finding.state != "fault" for finding in findings)


def _print_findings(findings: list[Finding]) -> None:
    rows = [(Text(each.state, style=COLOURS[each.state]), each.subject, each.fact) for each in findings]
    print_table(("", "", ""), rows)
    for finding in findings:
        if finding.advice:
            say(f"{finding.subject}: {finding.advice}")
