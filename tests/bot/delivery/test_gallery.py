"""Pictures sent: the file id that Telegram gives is kept, and nothing where a server gives none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from telegram import Chat, Message, PhotoSize

from bot.delivery.gallery import Gallery
from bot.drawings import TitleCard
from bot.outgoing import Outgoing
from bot.storage import Letter, Store
from recommender.domain import UserId

CARD = TitleCard("Heat", "1995")


class Server:
    """Takes every picture, and says so with these photos."""

    def __init__(self, *photos: PhotoSize) -> None:
        self._photos = photos

    async def send_photo(self, *_: object, **__: object) -> Message:
        return Message(1, datetime(2026, 1, 1, tzinfo=UTC), Chat(7, Chat.PRIVATE), photo=self._photos)


@pytest.mark.parametrize(
    ("photos", "kept"), [((PhotoSize("small", "s", 9, 9), PhotoSize("large", "l", 90, 90)), ["large"]), ((), [])]
)
async def test_a_picture_is_sent_and_its_id_kept_where_there_is_one(
    store: Store, photos: tuple[PhotoSize, ...], kept: list[str]
) -> None:
    ids: list[str] = []
    gallery = Gallery(store, lambda _letter, _key, file_id: ids.append(file_id))
    letter = Letter(1, UserId(7), Outgoing("Heat", picture=CARD))
    sent = await gallery.send(cast(Any, Server(*photos)), letter, CARD, None)
    assert sent is not None
    assert ids == kept
