"""Who is in which group, in which role, and what the role allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
STATUSES = (*sorted(PRESENT), "left", "kicked")
# Bot API, ChatMemberAdministrator and ChatPermissions.
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One person's (or the bot's) place in a group; `allowed` are rights or permissions by name."""

    user_id: int
    status: str = "member"
    allowed: dict[str, bool] = field(default_factory=dict)
    custom_title: str = ""
    until: int = 0

    @property
    def is_present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and self.allowed.get(right, True))

    def may_send(self, permission: str) -> bool:
        return self.status != "restricted" or self.allowed.get(permission, False)

    def to_json(self, user: Json) -> Json:
        """Return the ChatMember of the Bot API."""
        found: Json = {"user": user, "status": self.status}
        if self.status == "kicked":
            found["until_date"] = self.until
        elif self.status == "creator":
            found["is_anonymous"] = False
        elif self.status == "administrator":
            rights = {right: self.allowed.get(right, True) for right in RIGHTS}
            found |= {"can_be_edited": False, "is_anonymous": False, **rights}
        elif self.status == "restricted":
            permissions = {name: self.allowed.get(name, False) for name in PERMISSIONS}
            found |= {"is_member": True, "until_date": self.until, **permissions}
        if self.custom_title and self.is_admin:
            found["custom_title"] = self.custom_title
        return found


@dataclass(slots=True)
class Members:
    """Places by group and person."""

    _by_chat: dict[int, dict[int, Member]] = field(default_factory=dict)

    def of(self, chat_id: int) -> list[Member]:
        return list(self._by_chat.get(chat_id, {}).values())

    def present(self, chat_id: int) -> list[Member]:
        return [member for member in self.of(chat_id) if member.is_present]

    def find(self, chat_id: int, user_id: int) -> Member:
        """Return somebody's place; who never was there has left."""
        return self._by_chat.get(chat_id, {}).get(user_id, Member(user_id, "left"))

    def knows(self, chat_id: int, user_id: int) -> bool:
        """Tell whether somebody ever was there."""
        return user_id in self._by_chat.get(chat_id, {})

    def put(self, chat_id: int, member: Member) -> None:
        self._by_chat.setdefault(chat_id, {})[member.user_id] = member

    def join(self, chat_id: int, user_id: int) -> None:
        """Let somebody in who is not."""
        if not self.find(chat_id, user_id).is_present:
            self.put(chat_id, Member(user_id))

    def chats_of(self, user_id: int) -> list[int]:
        return [chat_id for chat_id in self._by_chat if self.find(chat_id, user_id).is_present]

    def copy(self, old_id: int, new_id: int) -> None:
        self._by_chat[new_id] = dict(self._by_chat.get(old_id, {}))

    def clear(self) -> None:
        self._by_chat.clear()
