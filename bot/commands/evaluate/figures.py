"""How figures and differences are said, where some have none."""

from __future__ import annotations

from collections.abc import Mapping


def spread(found: Mapping[str, float | None] | None, digits: int = 3) -> str:
    """Return a difference with its interval; a dash where there is none."""
    if found is None or None in found.values():
        return "-"
    return f"{found['mean']:+.{digits}f} [{found['low']:+.{digits}f}, {found['high']:+.{digits}f}]"


def figure(value: float | None) -> str:
    """Return a figure of four digits; a dash where there is none."""
    return "-" if value is None else f"{value:.4f}"
