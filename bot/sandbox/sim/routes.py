"""The person's side as a script: JSON in, JSON out."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox import views, wire
from bot.sandbox.chats import Button, Message
from bot.sandbox.entities import FormattedText, trimmed
from bot.sandbox.errors import ApiError, SimError
from bot.sandbox.faults import Fault
from bot.sandbox.fields import flag, number, optional_number, seconds, text
from bot.sandbox.files import Upload
from bot.sandbox.replies import JsonReply
from bot.sandbox.reply_keyboard import pressed
from bot.sandbox.sim.afar import Afar
from bot.sandbox.sim.groups import Groups
from bot.sandbox.sim.people import known_user, speaker, tappable, visible
from bot.sandbox.sim.votes import Votes
from bot.sandbox.spans import utf16_length
from bot.sandbox.world import World

Json = dict[str, Any]
Action = Callable[[Json], int | Json | None]

TYPING_LIMIT = 4096  # UTF-16 units a person can send in one message


@dataclass(frozen=True, slots=True)
class Sim:
    """The `/sim` routes."""

    world: World

    def routes(self) -> list[Route]:
        votes, afar, groups = Votes(self.world), Afar(self.world), Groups(self.world)
        actions: dict[str, Action] = {
            "message": self.message,
            "edit": self.edit,
            "callback": self.callback,
            "press": self.press,
            "document": self.document,
            "other": self.other,
            "redeliver": self.redeliver,
            "block": self.block,
            "unblock": self.unblock,
            "fault": self.fault,
            "reset": self.reset,
            "poll": votes.poll,
            "poll/end": votes.end_poll,
            "reaction": votes.reaction,
            "inline": afar.inline,
            "inline/choose": afar.choose,
            "guest": afar.guest,
            "group": groups.group,
            "group/member": groups.membership,
            "group/migrate": groups.migrate,
        }
        posts = [Route(f"/sim/{name}", _endpoint(action), methods=["POST"]) for name, action in actions.items()]
        gets = [Route("/sim/chat/{chat_id}", self.chat), Route("/sim/calls", self.calls)]
        return [*posts, *gets, Route("/sim/inline/{update_id:int}", afar.answer)]

    def message(self, body: Json) -> int | None:
        """Say something."""
        said = _typed(body)
        user, chat = speaker(self.world, body)
        return self.world.say(user, chat, said, **_place(body))[0]

    def edit(self, body: Json) -> int | None:
        """Change the text of a message that one wrote; the same text is what Telegram tells of edits that show not."""
        user = known_user(self.world, number(body, "user_id"))
        message = visible(self.world, number(body, "message_id"), user)
        if message.sender_id != user.id or not message.content.text:
            raise SimError(403, f"the message must be a text of one's own. Received: id={message.message_id}")
        return self.world.reword(message, _typed(body))

    def document(self, body: Json) -> int | None:
        """Send a file."""
        try:
            content = base64.b64decode(text(body, "content_base64"), validate=True)
        except binascii.Error as error:
            raise SimError(400, f"content_base64 must be base64. Received: {error}") from error
        user, chat = speaker(self.world, body)
        upload = Upload(text(body, "name"), content)
        return self.world.say(user, chat, str(body.get("caption", "")), upload, **_place(body))[0]

    def other(self, body: Json) -> int | None:
        """Send a message of any other kind: a sticker, a poll, a place."""
        content = body.get("content")
        if not isinstance(content, dict) or not content or "text" in content:
            raise SimError(400, f"content must be what a message has in place of a text. Received: {content!r}")
        user, chat = speaker(self.world, body)
        return self.world.send(user, chat, content, **_place(body))

    def press(self, body: Json) -> int | None:
        """Press a key of the reply keyboard, with what the key asks for."""
        user, chat = speaker(self.world, body)
        replies = self.world.chats.replies.get(chat.id)
        if replies is None:
            raise SimError(404, f"the chat must show a reply keyboard. Received: id={chat.id}")
        sent = pressed(replies, text(body, "label"), body, wire.user(user))
        if replies.get("one_time_keyboard"):
            self.world.chats.replies.pop(chat.id)
        answered = {"reply_to": replies["message_id"]} if chat.is_group else {}
        if isinstance(sent, str):
            return self.world.say(user, chat, sent, **answered)[0]
        return self.world.send(user, chat, sent, **answered)

    def callback(self, body: Json) -> Json:
        """Tap a button, by its label or with any data."""
        user = known_user(self.world, number(body, "user_id"))
        message = tappable(self.world, number(body, "message_id"), user)
        data = text(body, "data") if "data" in body else _labelled(message, text(body, "label"))
        return self.world.tap(user, message, data)

    def redeliver(self, body: Json) -> int:
        """Deliver a past update again."""
        update_id = number(body, "update_id")
        if not self.world.updates.repeat(update_id):
            raise SimError(404, f"update_id must be that of a past update. Received: update_id={update_id}")
        self.world.changed.ring()
        return update_id

    def block(self, body: Json) -> int | None:
        return self.world.set_blocked(known_user(self.world, number(body, "user_id")), blocked=True)

    def unblock(self, body: Json) -> int | None:
        return self.world.set_blocked(known_user(self.world, number(body, "user_id")), blocked=False)

    def fault(self, body: Json) -> None:
        """Plan failures of the calls to come."""
        drop = body.get("drop") or ""
        self.world.faults.plan(
            Fault(
                method=text(body, "method") if body.get("method") is not None else None,
                status=optional_number(body, "status"),
                retry_after=optional_number(body, "retry_after"),
                delay_s=seconds(body, "delay_s"),
                drop="after" if drop == "after" else "before" if flag(body, "drop") else "",
                times=optional_number(body, "times") or 1,
            )
        )

    def reset(self, body: Json) -> None:
        self.world.reset()

    async def chat(self, request: Request) -> Response:
        """Show a chat, as JSON or for reading."""
        try:
            chat_id = int(request.path_params["chat_id"])
        except ValueError:
            return JsonReply({"error": "chat_id must be a whole number."}, 400)
        if request.query_params.get("format") == "text":
            return PlainTextResponse(views.chat_as_text(self.world, chat_id))
        return JsonReply(views.chat_as_json(self.world, chat_id))

    async def calls(self, request: Request) -> Response:
        """Show the Bot API calls after a number."""
        try:
            since = int(request.query_params.get("since", "0"))
        except ValueError:
            return JsonReply({"error": "since must be a whole number."}, 400)
        return JsonReply({"calls": [call.to_json() for call in self.world.calls.since(since)]})


def _typed(body: Json) -> str:
    """Return a text that a person can send."""
    said = text(body, "text")
    if not trimmed(FormattedText(said)).text:
        raise SimError(400, f"text must not be empty. Received: text={said!r}")
    if utf16_length(said) > TYPING_LIMIT:
        raise SimError(400, f"text must be at most {TYPING_LIMIT} UTF-16 units. Received: {utf16_length(said)}")
    return said


def _place(body: Json) -> Json:
    """Return in which thread and in answer to which message something is said."""
    return {"thread_id": optional_number(body, "thread_id") or 0, "reply_to": optional_number(body, "reply_to")}


def _labelled(message: Message, label: str) -> str:
    """Return the data of the one button with that label."""
    found = [button for button in message.buttons() if button.text == label]
    if len(found) > 1:
        raise SimError(409, f"label must be on one button only. Received: label={label!r} on {len(found)} buttons")
    if not found:
        labels = [button.text for button in message.buttons()]
        raise SimError(404, f"label must be on the keyboard. Received: label={label!r}, keyboard {labels}")
    return _data(found[0])


def _data(button: Button) -> str:
    if button.data is None:
        raise SimError(400, f"the button must carry data. Received: a button with {button.action}")
    return button.data


def _endpoint(action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            done = action(await _body(request))
            return JsonReply(done if isinstance(done, dict) else {"update_id": done})
        except SimError as error:
            return JsonReply({"error": str(error)}, error.status)
        except ApiError as error:
            return JsonReply({"error": error.description}, error.status)

    return endpoint


async def _body(request: Request) -> Json:
    raw = await request.body()
    try:
        body = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise SimError(400, f"the body must be JSON. Received: {error}") from error
    if not isinstance(body, dict):
        raise SimError(400, f"the body must be a JSON object. Received: {type(body).__name__}")
    return body
