"""Pictures drawn on their way out, off the loop."""

from __future__ import annotations

import asyncio
import logging

from bot.drawings import TasteCard, TitleCard

log = logging.getLogger(__name__)


async def drawn(picture: TitleCard | TasteCard) -> bytes | None:
    """Return a picture as a JPEG; None where it cannot be drawn on this machine, and words must do."""
    return await asyncio.to_thread(_draw, picture)


def _draw(picture: TitleCard | TasteCard) -> bytes | None:
    # Imported here: most bots start without drawing, and Pillow takes its time and memory.
    from bot.pictures.errors import PictureError
    from bot.pictures.taste import draw_taste
    from bot.pictures.title_card import draw_title_card

    try:
        return draw_title_card(picture) if isinstance(picture, TitleCard) else draw_taste(picture)
    except PictureError as error:
        log.warning("a message goes without its picture: %s", type(error).__name__)
        return None
