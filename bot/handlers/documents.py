"""Files that people send: what may be an export is kept to be read, anything else is answered as media is."""

from __future__ import annotations

from telegram import Document, Update

from bot.handlers.commands import read_media
from bot.handlers.context import Context
from bot.service import past
from bot.service.past import SentFile


async def read_document(update: Update, context: Context) -> None:
    """A file: its content is fetched later, aside from the chat."""
    document = update.message.document if update.message else None
    sent = _described(document, update) if document else None
    if sent and past.may_be_export(sent):
        await context.serve(update, past.receive, sent)
    else:
        await read_media(update, context)


def _described(document: Document, update: Update) -> SentFile:
    return SentFile(
        document.file_id,
        document.file_name or "",
        document.mime_type or "",
        document.file_size,
        has_caption=bool(update.message and update.message.caption),
    )
