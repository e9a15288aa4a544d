"""Buttons of files that people sent to be imported; each carries the file's number."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.codec import Action, button

BatchNumber = Annotated[int, range(1, 2**31)]


@button("bi")
class ImportBatch(Action):
    """Import what the file says."""

    batch: BatchNumber


@button("bx")
class DropBatch(Action):
    """Forget the file."""

    batch: BatchNumber


@button("bu")
class UndoBatch(Action):
    """Put back what stood before the import."""

    batch: BatchNumber


@button("bp")
class ShowBatch(Action):
    """Turn the message into a page of the films that were not found, from 1; 0 is what the file says in all."""

    batch: BatchNumber
    page: Annotated[int, range(10_000)]
