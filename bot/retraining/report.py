"""What a training run came to: the report that `reelmate retrain --json` prints, and the bot reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class RetrainReport:
    """Whether a run's bundle was published, and why.

    Attributes:
        version: the bundle's, published or kept aside.
        manifest: the bundle's; read back from what was printed, with its schema_version.
    """

    published: bool
    version: str
    reason: str
    manifest: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {"published": self.published, "version": self.version, "reason": self.reason, **self.manifest}


def read_report(output: bytes) -> RetrainReport | None:
    """Return the report that a run printed; None where it printed none."""
    try:
        report = json.loads(output)
    except ValueError:
        return None
    if not isinstance(report, dict) or "published" not in report:
        return None
    published, version, reason = (report.pop(name, None) for name in ("published", "version", "reason"))
    return RetrainReport(bool(published), str(version or ""), str(reason or ""), report)
