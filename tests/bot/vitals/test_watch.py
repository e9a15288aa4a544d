"""Every vital sign: well until the moment when it is not, and then with what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.delivery import Health
from bot.storage import Store, Waiting
from bot.vitals.probe import PROBE, Probe
from bot.vitals.sign import Report, Sign, read_report
from bot.vitals.watch import INBOX_S, OUTBOX_S, SENT_S, TELEGRAM_S, WRITE_S, Watch


@dataclass
class Seconds:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Scene:
    """A bot that is well, until a test changes something."""

    store: Store
    folder: Path
    clock: Seconds = field(default_factory=Seconds)
    refusal: str | None = None

    def __post_init__(self) -> None:
        self.health = Health(self.clock)
        self.probe = Probe(self.store, self.clock)
        self.watch = Watch(
            self.folder,
            self.health,
            self.probe,
            refusal=lambda: self.refusal,
            sent_at=lambda: self.health.sent_at,
            clock=self.clock,
        )

    def bad(self) -> dict[str, str]:
        return {sign.name: sign.complaint for sign in self.watch.look().bad}


@pytest.fixture
def scene(real_time_store: Store, tmp_path: Path) -> Scene:
    return Scene(real_time_store, tmp_path)


def test_a_bot_that_just_started_is_well(scene: Scene) -> None:
    assert scene.watch.look().state == "ok"


def test_a_telegram_that_is_silent_for_a_minute_is_unhealthy(scene: Scene) -> None:
    scene.clock.now += TELEGRAM_S
    scene.probe.wrote_at = scene.clock.now
    assert scene.watch.look().state == "unhealthy"
    assert "Received: nothing for 60 s" in scene.bad()["telegram"]
    scene.health.answered(200)
    assert scene.watch.look().state == "ok"


def test_a_token_that_is_refused_is_unhealthy_at_once(scene: Scene) -> None:
    scene.health.answered(401)
    assert scene.watch.look().state == "unhealthy"
    assert "@BotFather" in scene.bad()["telegram"]


def test_a_webhook_that_is_not_reached_is_degraded(scene: Scene) -> None:
    scene.health.trouble = "Telegram must reach the webhook. Received: nothing"
    assert scene.watch.look().state == "degraded"
    assert scene.bad() == {"webhook": scene.health.trouble}


async def test_a_probe_writes_and_sees_what_waits(scene: Scene) -> None:
    scene.clock.now += 5
    await scene.probe.look()
    assert scene.probe.age_s == 0
    assert scene.store.read(lambda tx: tx.schedules.get(PROBE)) is not None
    assert scene.probe.waiting == Waiting()


async def test_a_database_that_takes_no_write_is_degraded_with_its_reason(scene: Scene) -> None:
    scene.store.close()
    await scene.probe.look()
    assert scene.watch.look().state == "degraded"
    assert "write after close" in scene.bad()["database"]


def test_a_database_that_says_nothing_is_degraded(scene: Scene) -> None:
    scene.clock.now += WRITE_S
    assert "Received: none for 12 s" in scene.bad()["database"]


def test_a_model_that_does_not_load_is_degraded(scene: Scene) -> None:
    scene.refusal = "a checksum is wrong"
    assert scene.bad()["model"].endswith("Received: a checksum is wrong")
    assert "rollback" in scene.bad()["model"]


def test_a_data_directory_that_is_gone_is_degraded(scene: Scene) -> None:
    scene.watch.data_dir = scene.folder / "gone"
    assert "REELMATE_DATA_DIR" in scene.bad()["disk"]


@dataclass
class Usage:
    total: float
    free: float


@pytest.mark.parametrize(
    ("total", "free", "is_full"),
    [(40e6, 3e6, False), (40e6, 1e6, True), (1e12, 101e6, False), (1e12, 99e6, True), (40e6, 0, True)],
)
def test_a_disk_is_full_by_its_size(scene: Scene, total: float, free: float, is_full: bool) -> None:
    scene.watch.disk_usage = lambda _: Usage(total, free)
    assert ("disk" in scene.bad()) is is_full


def test_an_update_that_waits_too_long_is_degraded(scene: Scene) -> None:
    scene.probe.waiting = Waiting(inbox=3, inbox_s=INBOX_S - 1)
    assert scene.bad() == {}
    scene.probe.waiting = Waiting(inbox=3, inbox_s=INBOX_S)
    assert scene.bad()["inbox"].endswith("Received: 3 waiting, one for 120 s")


def test_a_message_that_waits_is_degraded_when_no_other_gets_through(scene: Scene) -> None:
    scene.clock.now += SENT_S
    scene.probe.wrote_at = scene.clock.now
    scene.health.answered(200)
    scene.health.sent()
    scene.probe.waiting = Waiting(outbox=1, outbox_s=SENT_S)
    assert scene.bad() == {}, "one chat may wait while others are served"
    scene.health.sent_at = None
    assert "outbox" in scene.bad()
    scene.health.sent()
    scene.probe.waiting = Waiting(outbox=1, outbox_s=OUTBOX_S)
    assert "outbox" in scene.bad()


def test_every_reason_names_what_to_expect_and_what_was_found(scene: Scene) -> None:
    scene.clock.now += 10_000
    scene.probe.waiting = Waiting(inbox=1, inbox_s=9_000, outbox=1, outbox_s=9_000)
    scene.refusal = "a checksum is wrong"
    assert all(" must " in complaint and "Received: " in complaint for complaint in scene.bad().values())
    assert set(scene.bad()) == {"telegram", "database", "model", "inbox", "outbox"}


def test_a_report_is_read_back_as_it_was_written() -> None:
    report = Report((Sign("disk", "full", is_vital=True), Sign("model")))
    assert read_report(report.to_json()) == report
    assert report.sentence == "unhealthy: full"
