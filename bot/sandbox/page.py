"""The chat page and the JSON it lives on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.chats import Message, Toast
from bot.sandbox.profile import in_language
from bot.sandbox.views import photo_url
from bot.sandbox.world import World

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
SHOWN_MESSAGES = 300  # the newest ones; enough to scroll through, light enough to resend on each change
HEARTBEAT_S = 15.0


@dataclass(frozen=True, slots=True)
class Page:
    """The routes of the chat page."""

    world: World

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.index),
            Route("/page/events/{user_id:int}", self.events),
            Route("/page/people", self.people),
            Route("/sim/file/{file_id}", self.file),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    async def index(self, request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def people(self, request: Request) -> Response:
        """List everybody who has written, to pick up their chats."""
        people = self.world.chats.people.values()
        return JSONResponse([_person(person.id, person.name, person.language_code) for person in people])

    async def file(self, request: Request) -> Response:
        """Hand out a photo or a document of a chat; never as a page of ours."""
        file = self.world.files.find(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "file_id must be known."}, 404)
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
        seen, first_toast = -1, len(self.world.chats.toasts)
        while not self.world.is_closing:
            version = self.world.chats.version(user_id)
            if version != seen:
                seen = version
                yield f"data: {json.dumps(self._chat(user_id, language, first_toast))}\n\n"
            elif not await self.world.changed.wait(HEARTBEAT_S):
                yield ": still here\n\n"

    def _chat(self, user_id: int, language: str, first_toast: int) -> Json:
        world, profile = self.world, self.world.profile
        action, until = world.actions.get(user_id, ("", 0.0))
        return {
            "bot": {"name": profile.name_in(language), "username": profile.username},
            "description": in_language(profile.descriptions, language),
            "commands": [[one.command, one.description] for one in profile.menu(user_id, language)],
            "blocked": user_id in world.chats.blocked,
            "action": action if until > world.clock() else "",
            "messages": [_message(message) for message in world.chats.messages(user_id, last=SHOWN_MESSAGES)],
            "toasts": [_toast(toast) for toast in world.chats.toasts[first_toast:] if toast.user_id == user_id],
        }


_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def _person(user_id: int, name: str, language: str) -> Json:
    return {"id": user_id, "first_name": name, "language_code": language}


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
