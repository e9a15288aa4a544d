"""Steps towards the end: each gets its time, and what it cannot finish must not keep the others from theirs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

log = logging.getLogger(__name__)


async def within(seconds: float, step: Awaitable[None]) -> None:
    """Take a step towards the end, or what of it can be taken in so long; nothing that is stored needs it."""
    try:
        async with asyncio.timeout(seconds):
            await step
    except TimeoutError:
        log.warning("the end does not wait any longer for what is under way")
    except Exception as error:  # what cannot be finished must not keep the rest from its end
        log.warning("not everything ended well: %s", type(error).__name__)
