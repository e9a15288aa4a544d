"""The metrics are what Prometheus reads, hold what was counted, and name no person."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.delivery import Health
from bot.storage import Store, Waiting
from bot.tally import Tally
from bot.vitals.metrics import Bundle, expose
from bot.vitals.probe import Probe
from bot.vitals.watch import Watch

Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def watch(real_time_store: Store, tmp_path: Path) -> Watch:
    return Watch(tmp_path, Health(), Probe(real_time_store))


def busy() -> Tally:
    """Return a tally in which everything that is counted happened once."""
    tally = Tally()
    tally.updates.add("message", "done")
    tally.handlers.add(0.02, "recommend")
    tally.recommendations.add(0.003)
    tally.telegram.add("sendMessage", "200")
    tally.commits.add(0.004, "done")
    tally.deliveries.add("200")
    tally.trainings.add("refused")
    tally.held_back.add("error")
    return tally


def read(text: bytes) -> Values:
    found = text_string_to_metric_families(text.decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in found for one in family.samples}


def test_what_was_counted_is_shown_with_its_labels(watch: Watch) -> None:
    tally = busy()
    tally.updates.add("message", "done")
    shown = read(expose(watch, tally, Bundle("20260101", 3600.0), connections=4))
    assert shown["reelmate_updates_total", (("kind", "message"), ("outcome", "done"))] == 2
    assert shown["reelmate_telegram_requests_total", (("code", "200"), ("method", "sendMessage"))] == 1
    assert shown["reelmate_trainings_total", (("outcome", "refused"),)] == 1
    assert shown["reelmate_bundle_age_seconds", ()] == 3600
    assert shown["reelmate_webhook_connections", ()] == 4


def test_a_duration_is_in_every_bin_from_its_own_on(watch: Watch) -> None:
    shown = read(expose(watch, busy(), Bundle("popular", None)))
    bins = {
        dict(labels)["le"]: value
        for (name, labels), value in shown.items()
        if name == "reelmate_handler_seconds_bucket"
    }
    assert [bins[bound] for bound in ("0.01", "0.025", "30.0", "+Inf")] == [0, 1, 1, 1]
    assert shown["reelmate_handler_seconds_sum", (("handler", "recommend"),)] == 0.02


def test_signs_and_what_waits_are_shown(watch: Watch) -> None:
    watch.probe.waiting = Waiting(inbox=3, inbox_s=500, outbox=2, outbox_s=7, inbox_dead=1)
    shown = read(expose(watch, Tally(), Bundle("popular", None)))
    assert shown["reelmate_healthy", ()] == 0
    assert shown["reelmate_sign_ok", (("sign", "inbox"),)] == 0
    assert shown["reelmate_sign_ok", (("sign", "disk"),)] == 1
    assert shown["reelmate_inbox_oldest_seconds", ()] == 500
    assert shown["reelmate_dead_letters", (("box", "inbox"),)] == 1
    assert shown["reelmate_bundle_loaded", (("version", "popular"),)] == 0
    assert ("reelmate_bundle_age_seconds", ()) not in shown
