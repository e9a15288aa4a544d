"""The metrics in Prometheus' format, made of plain numbers when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from bot.tally import BOUNDS_S, Counts, Tally, Timings
from bot.vitals.sign import Report
from bot.vitals.watch import Watch

Family = CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily
PREFIX: Final = "reelmate_"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The model that serves: its version, and its age where it has one."""

    version: str
    age_s: float | None


def expose(watch: Watch, tally: Tally, bundle: Bundle, *, connections: int | None = None) -> bytes:
    """Return every metric in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected([*_signs(watch), *_waiting(watch), *_tallies(tally), *_model(bundle)]))
    if connections is not None:
        registry.register(_Collected([_gauge("webhook_connections", "Open connections of the webhook.", connections)]))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, families: list[Family]) -> None:
        self._families = families

    def collect(self) -> Iterator[Family]:
        yield from self._families


def _signs(watch: Watch) -> Iterator[Family]:
    report: Report = watch.look()
    yield _gauge("healthy", "Whether all is well.", report.state == "ok")
    signs = GaugeMetricFamily(f"{PREFIX}sign_ok", "Whether a vital sign is well.", labels=["sign"])
    for sign in report.signs:
        signs.add_metric([sign.name], float(sign.is_ok))
    yield signs
    yield _gauge("telegram_silence_seconds", "Since Telegram last answered a poll or a look.", watch.telegram.age_s)
    yield _gauge("database_write_age_seconds", "Since a write of the probe was committed.", watch.probe.age_s)
    free = watch.free_bytes()
    if free is not None:
        yield _gauge("free_disk_bytes", "Room on the disk of the data directory.", free)


def _waiting(watch: Watch) -> Iterator[Family]:
    waiting = watch.probe.waiting
    yield _gauge("inbox_updates", "Updates that wait or are being handled.", waiting.inbox)
    yield _gauge("inbox_oldest_seconds", "How long the oldest of them has waited.", waiting.inbox_s)
    yield _gauge("outbox_messages", "Messages that wait to be sent.", waiting.outbox)
    yield _gauge("outbox_oldest_seconds", "How long the oldest of them has waited.", waiting.outbox_s)
    dead = GaugeMetricFamily(f"{PREFIX}dead_letters", "Updates and messages given up and kept.", labels=["box"])
    dead.add_metric(["inbox"], waiting.inbox_dead)
    dead.add_metric(["outbox"], waiting.outbox_dead)
    yield dead


def _tallies(tally: Tally) -> Iterator[Family]:
    yield _counter("updates", "Updates handled.", tally.updates, "kind", "outcome")
    yield _histogram("handler_seconds", "From the turn of an update to its effect.", tally.handlers, "handler")
    yield _histogram("recommend_seconds", "Making a list or choosing a question.", tally.recommendations)
    yield _counter("telegram_requests", "Calls to Telegram by HTTP status.", tally.telegram, "method", "code")
    yield _histogram("commit_seconds", "A batch of writes, from begin to commit.", tally.commits, "outcome")
    yield _counter("webhook_deliveries", "Posts to the webhook by our answer.", tally.deliveries, "code")
    yield _counter("trainings", "Trainings of this process.", tally.trainings, "outcome")
    yield _counter("log_lines_held_back", "Log lines like others of that minute.", tally.held_back, "level")


def _model(bundle: Bundle) -> Iterator[Family]:
    loaded = GaugeMetricFamily(f"{PREFIX}bundle_loaded", "The model that serves.", labels=["version"])
    loaded.add_metric([bundle.version], float(bundle.age_s is not None))
    yield loaded
    if bundle.age_s is not None:
        yield _gauge("bundle_age_seconds", "Since the model that serves was published.", bundle.age_s)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}{name}", about, value=float(value))


def _counter(name: str, about: str, counts: Counts, *labels: str) -> CounterMetricFamily:
    family = CounterMetricFamily(f"{PREFIX}{name}", about, labels=labels)
    for values, count in sorted(counts.read().items()):
        family.add_metric(values, count)
    return family


def _histogram(name: str, about: str, timings: Timings, *labels: str) -> HistogramMetricFamily:
    family = HistogramMetricFamily(f"{PREFIX}{name}", about, labels=labels)
    for values, durations in sorted(timings.read().items()):
        family.add_metric(values, _cumulated(durations.bins), durations.total_s)
    return family


def _cumulated(bins: tuple[int, ...]) -> list[Any]:
    """Return (upper bound, count up to it) as Prometheus wants its bins."""
    bounds: Mapping[int, str] = dict(enumerate([*map(str, BOUNDS_S), "+Inf"]))
    return [(bounds[at], float(sum(bins[: at + 1]))) for at in range(len(bins))]
