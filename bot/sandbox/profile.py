"""What the bot says about itself: names, descriptions, command menus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the command menu."""

    command: str
    description: str


Scope = tuple[str, int, int]  # type, chat id, user id; 0 where the type has none
DEFAULT_SCOPE: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """The bot's public face; texts and menus by language code, "" being the default."""

    bot_id: int
    username: str
    first_name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        return in_language(self.names, language) or self.first_name

    def menu(self, user_id: int, chat_id: int, language: str, *, is_admin: bool = False) -> Sequence[Command]:
        """Return the commands a person sees in a chat: the narrowest scope wins, then the language."""
        return next(
            (found for scope in _scopes(user_id, chat_id, is_admin) if (found := self._in(scope, language))), ()
        )

    def _in(self, scope: Scope, language: str) -> Sequence[Command]:
        return self.commands.get((scope, language)) or self.commands.get((scope, "")) or ()

    def clear(self) -> None:
        for kept in (self.names, self.descriptions, self.short_descriptions, self.commands):
            kept.clear()


def _scopes(user_id: int, chat_id: int, is_admin: bool) -> list[Scope]:
    """Return the scopes of a person in a chat, the narrowest first; Bot API, "Determining list of commands"."""
    here: Scope = ("chat", chat_id, 0)
    if chat_id == user_id:
        return [here, ("all_private_chats", 0, 0), DEFAULT_SCOPE]
    of_admins: list[Scope] = [("chat_administrators", chat_id, 0)] if is_admin else []
    of_all_admins: list[Scope] = [("all_chat_administrators", 0, 0)] if is_admin else []
    member: Scope = ("chat_member", chat_id, user_id)
    return [member, *of_admins, here, *of_all_admins, ("all_group_chats", 0, 0), DEFAULT_SCOPE]


def in_language(texts: dict[str, str], language: str) -> str:
    """Return the text of a language, or the default one."""
    return texts.get(language) or texts.get("", "")
