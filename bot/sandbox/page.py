"""The chat page and the JSON it lives on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.beside import NOTHING_BESIDE, Beside
from bot.sandbox.bubbles import bubble, preview
from bot.sandbox.chats import Message, Toast, User
from bot.sandbox.profile import in_language
from bot.sandbox.replies import JsonReply
from bot.sandbox.world import World

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
SHOWN_MESSAGES = 300  # the newest ones; enough to scroll through, light enough to resend on each change
SHOWN_PEOPLE = 50
HEARTBEAT_S = 15.0
PAUSE_S = 0.04  # between two pictures of a busy chat


@dataclass(frozen=True, slots=True)
class Page:
    """The routes of the chat page."""

    world: World
    beside: Beside = NOTHING_BESIDE

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
        chosen = request.query_params.get("chat", "").removeprefix("-")
        chat_id = -int(chosen) if chosen.isdecimal() else user_id
        stream = self._stream(user_id, chat_id, language)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self, user_id: int, chat_id: int, language: str) -> AsyncIterator[str]:
        chats, since = self.world.chats, self.world.clock()
        seen_chat, seen_all = (-1, -1), -1
        while not self.world.is_closing:
            version, revision = (chats.version(chat_id), len(self._groups(user_id))), chats.revision
            if version != seen_chat:
                yield _event("chat", self._chat(user_id, chat_id, language, since))
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
        return [_user(chats.people[message.chat_id], message, preview(self.world, message)) for message in ordered]

    def _groups(self, user_id: int) -> list[Json]:
        """List the groups a person is in, but those that became supergroups."""
        chats = self.world.chats
        found = [chat for one in self.world.members.chats_of(user_id) if (chat := chats.chat(one))]
        return [{"id": chat.id, "title": chat.title} for chat in found if chat.id not in chats.moved]

    def _results(self, user_id: int) -> Json | None:
        """Return what the bot answered to the newest inline query of a person."""
        asked = [(one, query) for one, query in self.world.inline.queries.items() if query.user.id == user_id]
        if not asked or asked[-1][1].answer is None:
            return None
        update_id, query = asked[-1]
        shown = [result.shown for result in query.answer.results] if query.answer else []
        results = [{"id": one["id"], **{key: one.get(key, "") for key in ("title", "description")}} for one in shown]
        return {"update_id": update_id, "query": query.query, "results": results}

    def _chat(self, user_id: int, chat_id: int, language: str, since: float) -> Json:
        world, profile = self.world, self.world.profile
        action, until = world.actions.get(chat_id, ("", 0.0))
        is_admin = world.members.find(chat_id, user_id).is_admin
        menu = profile.menu(user_id, chat_id, language, is_admin=is_admin)
        pinned = world.chats.message(next(reversed(world.chats.pinned.get(chat_id, [])), 0))
        return {
            "bot": {"name": profile.name_in(language), "username": profile.username},
            "description": in_language(profile.descriptions, language),
            "commands": [[one.command, one.description] for one in menu],
            "blocked": user_id in world.chats.blocked,
            "offer": (offer := self.beside.offering(language)) and asdict(offer),
            "guide": [asdict(step) for step in self.beside.guiding(language)],
            "language": language if language in profile.descriptions else "en",
            "action": action if until > world.clock() else "",
            "groups": self._groups(user_id),
            "replies": world.chats.replies.get(chat_id),
            "pinned": pinned and {"id": pinned.message_id, "text": preview(world, pinned)},
            "inline": self._results(user_id),
            "messages": [bubble(world, one, user_id) for one in world.chats.messages(chat_id, last=SHOWN_MESSAGES)],
            "toasts": [_toast(toast) for toast in world.chats.toasts_of(user_id, since)],
        }


_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def _event(kind: str, content: Json | list[Json]) -> str:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n"


def _user(user: User, newest: Message, last: str) -> Json:
    return {
        "id": user.id,
        "first_name": user.name,
        "language_code": user.language_code,
        "message_id": newest.message_id,
        "date": newest.edited_at or newest.sent_at,
        "last": last,
    }


def _toast(toast: Toast) -> Json:
    return {"update_id": toast.update_id, "text": toast.text, "alert": toast.is_alert, "url": toast.url}
