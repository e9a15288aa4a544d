"""The chat page and the JSON it lives on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.chats import Message, Toast, User
from bot.sandbox.profile import in_language
from bot.sandbox.replies import JsonReply
from bot.sandbox.views import photo_url
from bot.sandbox.world import World

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
SHOWN_MESSAGES = 300  # the newest ones; enough to scroll through, light enough to resend on each change
SHOWN_PEOPLE = 50
HEARTBEAT_S = 15.0
PAUSE_S = 0.04  # between two pictures of a busy chat


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that the page offers beside the chat: a sentence, and a button that says a command."""

    text: str
    label: str
    command: str


# What is offered to somebody whose app speaks this language; nothing any more once it is done.
Offering = Callable[[str], Offer | None]


@dataclass(frozen=True, slots=True)
class Page:
    """The routes of the chat page."""

    world: World
    offering: Offering = lambda language: None

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.index),
            Route("/page/events/{user_id:int}", self.events),
            Route("/sim/file/{file_id}", self.file),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    async def index(self, request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def file(self, request: Request) -> Response:
        """Hand out a photo or a document of a chat; never as a page of ours."""
        file = self.world.files.find(request.path_params["file_id"])
        if file is None:
            return JsonReply({"error": "file_id must be known."}, 404)
        kind = file.mime_type if file.width else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=86400"}
        return Response(file.content, media_type=kind, headers=headers)

    async def events(self, request: Request) -> Response:
        """Stream one person's chat: all of it at first, and again with every change."""
        user_id = request.path_params["user_id"]
        language = request.query_params.get("language", "")[:2]
        stream = self._stream(user_id, language)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self, user_id: int, language: str) -> AsyncIterator[str]:
        chats, since = self.world.chats, self.world.clock()
        seen_chat, seen_all = -1, -1
        while not self.world.is_closing:
            version, revision = chats.version(user_id), chats.revision
            if version != seen_chat:
                yield _event("chat", self._chat(user_id, language, since))
            if revision != seen_all:
                yield _event("people", self._people())
                await asyncio.sleep(PAUSE_S)
            elif not await self.world.changed.wait(HEARTBEAT_S):
                yield ": still here\n\n"
            seen_chat, seen_all = version, revision

    def _people(self) -> list[Json]:
        """List those who wrote, newest chats first."""
        chats = self.world.chats
        newest = {person_id: last[0] for person_id in chats.people if (last := chats.messages(person_id, last=1))}
        ordered = sorted(newest.values(), key=lambda message: message.message_id, reverse=True)[:SHOWN_PEOPLE]
        return [_user(chats.people[message.chat_id], message) for message in ordered]

    def _chat(self, user_id: int, language: str, since: float) -> Json:
        world, profile = self.world, self.world.profile
        action, until = world.actions.get(user_id, ("", 0.0))
        return {
            "bot": {"name": profile.name_in(language), "username": profile.username},
            "description": in_language(profile.descriptions, language),
            "commands": [[one.command, one.description] for one in profile.menu(user_id, language)],
            "blocked": user_id in world.chats.blocked,
            "offer": (offer := self.offering(language)) and asdict(offer),
            "action": action if until > world.clock() else "",
            "messages": [_message(message) for message in world.chats.messages(user_id, last=SHOWN_MESSAGES)],
            "toasts": [_toast(toast) for toast in world.chats.toasts_of(user_id, since)],
        }


_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def _event(kind: str, content: Json | list[Json]) -> str:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n"


def _user(user: User, newest: Message) -> Json:
    return {
        "id": user.id,
        "first_name": user.name,
        "language_code": user.language_code,
        "message_id": newest.message_id,
        "date": newest.edited_at or newest.sent_at,
        "last": _preview(newest),
    }


def _preview(message: Message) -> str:
    first_line = message.content.text.partition("\n")[0]
    return first_line or (message.document.name if message.document else "Photo")


def _message(message: Message) -> Json:
    photo, document = message.photo, message.document
    return {
        "id": message.message_id,
        "mine": message.sender_id is not None,
        "date": message.sent_at,
        "edited": message.edited_at is not None,
        "text": message.content.text,
        "entities": [entity.to_json() for entity in message.content.entities],
        "keyboard": [[[one.text, one.action, one.value] for one in row] for row in message.keyboard],
        "photo": photo and {"url": photo_url(photo), "width": photo.width, "height": photo.height},
        "document": document and {"url": photo_url(document), "name": document.name, "size": len(document.content)},
    }


def _toast(toast: Toast) -> Json:
    return {"update_id": toast.update_id, "text": toast.text, "alert": toast.is_alert, "url": toast.url}
