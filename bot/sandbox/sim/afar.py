"""The bot asked in chats it need not be in, as a script: inline queries and calls as a guest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox import views, wire
from bot.sandbox.chats import Chat, User
from bot.sandbox.errors import SimError
from bot.sandbox.fields import number, text
from bot.sandbox.inline import GuestQuery, InlineQuery, Result, inline_id
from bot.sandbox.replies import JsonReply
from bot.sandbox.sim.people import speaker
from bot.sandbox.spans import utf16_length
from bot.sandbox.world import World

Json = dict[str, Any]

QUERY_LIMIT = 256  # UTF-16 units; Bot API, InlineQuery
INLINE_CHATS = ("sender", "private", "group", "supergroup", "channel")


@dataclass(frozen=True, slots=True)
class Afar:
    """Routes for asking the bot from any chat."""

    world: World

    def inline(self, body: Json) -> int | None:
        """Type the bot's name and a query; the answer is found under the update's id."""
        user, query = views.read_user(body), text(body, "query")
        chat_type = body.get("chat_type", "sender")
        if utf16_length(query) > QUERY_LIMIT:
            raise SimError(400, f"query must be at most {QUERY_LIMIT} UTF-16 units. Received: {utf16_length(query)}")
        if chat_type not in INLINE_CHATS:
            raise SimError(400, f"chat_type must be one of {INLINE_CHATS}. Received: chat_type={chat_type!r}")
        self.world.chats.meet(user)
        asked = InlineQuery(self.world.new_id(), user, query)
        payload = {"id": asked.query_id, "from": wire.user(user), "query": query, "chat_type": chat_type}
        update_id = self.world.push("inline_query", payload | {"offset": str(body.get("offset", ""))})
        if update_id is not None:
            self.world.inline.queries[update_id] = asked
        return update_id

    def choose(self, body: Json) -> int | None:
        """Send one of the results into a chat, via the bot; without a chat, into the private one with the bot."""
        query = self._query(number(body, "query"))
        result = self._result(query, text(body, "result_id"))
        chat = views.read_chat(self.world, body, query.user)
        message_id = self._put(chat, query.user, result)
        chosen: Json = {"result_id": result.result_id, "from": wire.user(query.user), "query": query.query}
        if result.keyboard:
            chosen["inline_message_id"] = inline_id(message_id)
        return self.world.push("chosen_inline_result", chosen)

    def guest(self, body: Json) -> int | None:
        """Call the bot by name in a chat that it is no member of."""
        user, chat = speaker(self.world, body)
        said = text(body, "text")
        if f"@{self.world.profile.username}".lower() not in said.lower():
            raise SimError(400, f"text must mention @{self.world.profile.username}. Received: text={said!r}")
        self.world.meet(user, chat, with_bot=False)
        if self.world.has_bot(chat.id):
            raise SimError(400, f"chat must be one that the bot is not in. Received: id={chat.id}")
        message = self.world.say(user, chat, said, reply_to=body.get("reply_to"))[1]
        query_id = self.world.new_id()
        self.world.inline.guests[query_id] = GuestQuery(user, chat.id, message.message_id)
        return self.world.push("guest_message", wire.message(self.world, message) | {"guest_query_id": query_id})

    async def answer(self, request: Request) -> Response:
        """Show what the bot answered to an inline query, null before it has."""
        query = self.world.inline.queries.get(request.path_params["update_id"])
        if query is None:
            return JsonReply({"error": "the update must be an inline query."}, 404)
        return JsonReply({"answer": query.answer and query.answer.to_json()})

    def _put(self, chat: Chat, user: User, result: Result) -> int:
        world = self.world
        world.meet(user, chat, with_bot=False)
        message = world.chats.add(
            chat.id,
            user.id,
            world.now(),
            result.content,
            keyboard=result.keyboard,
            photo=result.photo,
            document=result.document,
            other=result.other,
            is_via_bot=True,
        )
        message = world.chats.put(replace(message, inline_id=inline_id(message.message_id)))
        world.tell(message)
        return message.message_id

    def _query(self, update_id: int) -> InlineQuery:
        query = self.world.inline.queries.get(update_id)
        if query is None:
            raise SimError(404, f"query must be the update_id of an inline query. Received: query={update_id}")
        return query

    def _result(self, query: InlineQuery, result_id: str) -> Result:
        results = query.answer.results if query.answer else ()
        found = next((result for result in results if result.result_id == result_id), None)
        if found is None:
            known = [result.result_id for result in results]
            raise SimError(404, f"result_id must be one of the answer. Received: {result_id!r}, answer {known}")
        return found
