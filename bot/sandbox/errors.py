"""What can go wrong in the local Telegram.

SandboxError
├── ApiError        a Bot API call is refused: status, Telegram's wording, parameters
├── SimError        a scripted action of a person is refused
└── PortInUseError  the address to serve on is taken
"""

from __future__ import annotations


class SandboxError(Exception):
    """Root of the local Telegram's errors."""


class ApiError(SandboxError):
    """A refused Bot API call; `retry_after` is in seconds, as Telegram sends it, `moved_to` a supergroup's id."""

    def __init__(
        self, status: int, description: str, *, retry_after: int | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.moved_to = moved_to
        self.status = status
        self.description = description
        self.retry_after = retry_after


class SimError(SandboxError):
    """A refused `/sim` request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class PortInUseError(SandboxError):
    """The port is served by another process."""


def bad_request(description: str) -> ApiError:
    """Return Telegram's 400 with its prefix."""
    return ApiError(400, f"Bad Request: {description}")


def conflict(description: str) -> ApiError:
    """Return Telegram's 409 with its prefix."""
    return ApiError(409, f"Conflict: {description}")


def forbidden(description: str) -> ApiError:
    """Return Telegram's 403 with its prefix."""
    return ApiError(403, f"Forbidden: {description}")
