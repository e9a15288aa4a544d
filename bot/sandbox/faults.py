"""Failures to be met on purpose: statuses, delays and dropped connections."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """What the next `times` calls of a method (None: of any) meet.

    Attributes:
        status: the HTTP status to answer with; None lets the call through.
        delay_s: seconds to wait before anything else.
        drop: "before" closes the connection instead of acting, "after" acts and then closes it unanswered.
    """

    method: str | None
    status: int | None = None
    retry_after: int | None = None
    delay_s: float = 0.0
    drop: str = ""
    times: int = 1

    def hits(self, method: str) -> bool:
        return self.method is None or self.method.lower() == method.lower()


@dataclass(slots=True)
class Faults:
    """Planned faults; the oldest that fits is used up first."""

    _planned: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> None:
        self._planned.append(fault)

    def next(self, method: str) -> Fault | None:
        """Take one use of the fault that this call meets."""
        for index, fault in enumerate(self._planned):
            if fault.hits(method):
                self._use(index, fault)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()

    def _use(self, index: int, fault: Fault) -> None:
        if fault.times > 1:
            self._planned[index] = replace(fault, times=fault.times - 1)
        else:
            del self._planned[index]
