"""Votes in polls and reactions to messages, as a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox import views, wire
from bot.sandbox.chats import Message, User
from bot.sandbox.errors import SimError
from bot.sandbox.fields import number
from bot.sandbox.polls import Poll
from bot.sandbox.reactions import EMOJI, as_types
from bot.sandbox.sim.people import visible
from bot.sandbox.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Votes:
    """Routes that answer a message without a word."""

    world: World

    def poll(self, body: Json) -> int | None:
        """Vote for options by their places from 0; none takes the vote back."""
        user, message, poll = self._asked(body)
        options = body.get("options")
        if not isinstance(options, list) or any(type(one) is not int for one in options):
            raise SimError(400, f"options must be a list of places. Received: options={options!r}")
        before = poll.votes.get(user.id)
        poll.vote(user.id, options)
        if poll.votes.get(user.id) == before:
            return None
        self.world.meet(user, self.world.chats.open_chat(message.chat_id))
        answer = None
        if poll.asked_by_bot and not poll.is_anonymous:
            answer = self.world.push("poll_answer", {**poll.answer_of(user.id), "user": wire.user(user)})
        stands = self.world.show_poll(poll)
        return stands if answer is None else answer

    def end_poll(self, body: Json) -> None:
        """Let the time of a poll run out."""
        self.world.close_poll(self._asked(body)[2])

    def reaction(self, body: Json) -> int | None:
        """React to a message with emoji, in place of those before; none takes them back."""
        user = views.read_user(body)
        message = visible(self.world, number(body, "message_id"), user)
        emoji = body.get("emoji")
        if not isinstance(emoji, list) or not all(one in EMOJI for one in emoji):
            raise SimError(400, f"emoji must be a list of Telegram's reactions. Received: emoji={emoji!r}")
        before, after = message.reactions.get(user.id, ()), tuple(emoji)
        chat = self.world.chats.open_chat(message.chat_id)
        self.world.meet(user, chat)
        self.world.chats.put(replace(message, reactions=message.reactions | {user.id: after}))
        self.world.changed.ring()
        if chat.is_group and not self.world.members.find(chat.id, self.world.bot_id).is_admin:
            return None  # a bot must be an administrator to hear of reactions
        change = {"old_reaction": as_types(before), "new_reaction": as_types(after)}
        payload = {"chat": wire.chat(self.world, chat), "message_id": message.message_id, "user": wire.user(user)}
        return self.world.push("message_reaction", payload | {"date": self.world.now()} | change)

    def _asked(self, body: Json) -> tuple[User, Message, Poll]:
        user = views.read_user(body)
        message = visible(self.world, number(body, "message_id"), user)
        if not message.poll_id:
            raise SimError(400, f"the message must be a poll. Received: message_id={message.message_id}")
        return user, message, self.world.polls.by_id[message.poll_id]
