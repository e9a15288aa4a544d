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

    def menu(self, user_id: int, language: str) -> Sequence[Command]:
        """Return the commands a person sees in their private chat: the narrowest scope wins, then the language."""
        for scope in (("chat", user_id, 0), ("all_private_chats", 0, 0), DEFAULT_SCOPE):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return ()

    def clear(self) -> None:
        for kept in (self.names, self.descriptions, self.short_descriptions, self.commands):
            kept.clear()


def in_language(texts: dict[str, str], language: str) -> str:
    """Return the text of a language, or the default one."""
    return texts.get(language) or texts.get("", "")
