"""Groups as a script: making them, letting people and the bot in and out, and turning them into supergroups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox import groups, views
from bot.sandbox.errors import SimError
from bot.sandbox.fields import text
from bot.sandbox.members import PERMISSIONS, RIGHTS, STATUSES, Member
from bot.sandbox.sim.people import known_group
from bot.sandbox.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Groups:
    """Routes about groups; who acts is the `user` of the body."""

    world: World

    def group(self, body: Json) -> None:
        """Make a group, with people in it and without the bot."""
        user = views.read_user(body)
        chat = views.read_chat(self.world, body, user)
        if not chat.is_group or self.world.chats.chat(chat.id):
            raise SimError(400, f"chat must be a new group. Received: id={chat.id}, {chat.type}")
        self.world.meet(user, chat, with_bot=False)
        for member in body.get("members") or ():
            self.world.meet(views.read_user({"user": member}), chat)
        self.world.changed.ring()

    def membership(self, body: Json) -> int | None:
        """Give the bot, or the `member` of the body, another place; with a payload, start the bot in the group."""
        user, chat = views.read_user(body), known_group(self.world, body)
        self.world.chats.meet(user)
        member = self._member(body)
        told = groups.change_member(self.world, chat, user.id, member)
        if body.get("payload") and member.is_present:
            self.world.say(user, chat, f"/start@{self.world.profile.username} {text(body, 'payload')}")
        return told

    def migrate(self, body: Json) -> Json:
        """Make a group a supergroup; answer its new id."""
        user, chat = views.read_user(body), known_group(self.world, body)
        if chat.type != "group" or chat.id in self.world.chats.moved:
            raise SimError(400, f"chat must be a group that was not moved. Received: id={chat.id}, {chat.type}")
        self.world.chats.meet(user)
        return {"update_id": None, "chat_id": groups.migrate(self.world, chat, user.id).id}

    def _member(self, body: Json) -> Member:
        status = text(body, "status")
        if status not in STATUSES:
            raise SimError(400, f"status must be one of {STATUSES}. Received: status={status!r}")
        allowed = body.get("allowed") or {}
        if not isinstance(allowed, dict) or not set(allowed) <= {*RIGHTS, *PERMISSIONS}:
            raise SimError(400, f"allowed must be rights by name. Received: allowed={allowed!r}")
        user_id = self.world.bot_id
        if body.get("member") is not None:
            user = views.read_user({"user": body["member"]})
            self.world.chats.meet(user)
            user_id = user.id
        return Member(user_id, status, allowed)
