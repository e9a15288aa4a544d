"""Names given with commas, such as `--rankers item_knn,ease`."""

from __future__ import annotations

from collections.abc import Collection

from bot.commands.errors import CommandError


def split_names(text: str) -> list[str]:
    """Return the names in a text, in the order given."""
    return [name.strip() for name in text.split(",") if name.strip()]


def parse_names(text: str, known: Collection[str], option: str) -> list[str]:
    """Return the names in a text, each of which must be known.

    Raises:
        CommandError: there is none, or one is unknown.
    """
    names = split_names(text)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        received = ", ".join(unknown) or "nothing"
        raise CommandError(f"{option} must be among {', '.join(known)}. Received: {received}")
    return names
