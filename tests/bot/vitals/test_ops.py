"""What ops/ offers speaks of metrics that there are; each alert says what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.storage import Store
from bot.vitals.metrics import Bundle, expose
from bot.vitals.watch import Watch
from tests.bot.vitals.test_metrics import busy, read, watch

__all__ = ["watch"]

OPS = Path(__file__).resolve().parents[3] / "ops"


@pytest.fixture
def exposed(real_time_store: Store, watch: Watch) -> set[str]:
    """The names of all metrics that a bot can show."""
    return {name for name, _ in read(expose(watch, busy(), Bundle("v1", 1.0), connections=1))}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((OPS / "alerts.yaml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((OPS / "grafana.json").read_text("utf-8"))["panels"]
    return found


def expressions() -> list[str]:
    return [rule["expr"] for rule in rules()] + [one["expr"] for panel in panels() for one in panel["targets"]]


@pytest.mark.parametrize("expression", expressions())
def test_an_expression_speaks_of_metrics_that_there_are(expression: str, exposed: set[str]) -> None:
    named = set(re.findall(r"\breelmate_\w+", expression))
    assert named, "an expression names a metric"
    assert named <= exposed


def test_every_metric_is_on_the_dashboard(exposed: set[str]) -> None:
    shown = set(re.findall(r"\breelmate_\w+", (OPS / "grafana.json").read_text("utf-8")))
    families = {re.sub(r"_(bucket|sum|count|created)$", "", name) for name in exposed}
    drawn = {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}
    assert families - drawn == {"reelmate_bundle_loaded"}, "which says a version, and nothing to draw"


def test_every_alert_says_what_happened_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in rules()}) == len(rules()) > 0
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "remedy"}
        assert rule["labels"]["severity"] in ("critical", "warning")


def test_every_sign_that_is_vital_to_people_has_an_alert(watch: Watch) -> None:
    text = (OPS / "alerts.yaml").read_text("utf-8")
    by_figure = {"telegram": "reelmate_telegram_silence_seconds", "inbox": "reelmate_inbox_oldest_seconds"}
    for sign in watch.look().signs:
        assert by_figure.get(sign.name, f'sign="{sign.name}"') in text


def test_panels_do_not_overlap() -> None:
    corners = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels()]
    assert len(set(corners)) == len(corners)
