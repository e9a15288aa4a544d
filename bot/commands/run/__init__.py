"""The processes that stay, and how they are: `reelmate run`, `demo`, `sandbox` and `doctor`."""

__all__ = [
    "check_bot",
    "check_storage",
    "check_surroundings",
    "demo",
    "doctor",
    "ending",
    "finding",
    "first_minute",
    "first_training",
    "heartbeat",
    "logs",
    "offer",
    "ports",
    "run",
    "sandbox",
    "watched",
]
