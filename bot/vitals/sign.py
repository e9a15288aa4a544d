"""A vital sign, and the report that all of them make."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

# degraded: it works in part, or soon will not; unhealthy: nobody is answered.
State = Literal["ok", "degraded", "unhealthy"]


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at.

    Attributes:
        complaint: what is expected, what to do, what was found; empty when all is well.
        is_vital: whether nobody is answered without it.
    """

    name: str
    complaint: str = ""
    is_vital: bool = False

    @property
    def is_ok(self) -> bool:
        return not self.complaint


@dataclass(frozen=True, slots=True)
class Report:
    """How the bot is, in the order in which it was looked at."""

    signs: tuple[Sign, ...]

    @property
    def bad(self) -> tuple[Sign, ...]:
        return tuple(sign for sign in self.signs if not sign.is_ok)

    @property
    def state(self) -> State:
        if any(sign.is_vital for sign in self.bad):
            return "unhealthy"
        return "degraded" if self.bad else "ok"

    @property
    def sentence(self) -> str:
        """Say how it is in one line, with every reason."""
        return f"{self.state}: {'; '.join(sign.complaint for sign in self.bad)}" if self.bad else self.state

    def to_json(self) -> str:
        return json.dumps({"state": self.state, "signs": [asdict(sign) for sign in self.signs]})


def read_report(text: str) -> Report | None:
    """Return what `to_json` wrote; None for anything else."""
    try:
        signs = json.loads(text)["signs"]
        return Report(tuple(Sign(**sign) for sign in signs))
    except (ValueError, TypeError, KeyError):
        return None
