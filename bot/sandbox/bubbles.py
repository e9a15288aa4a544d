"""One message as the page draws it for one person."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bot.sandbox.chats import Message
from bot.sandbox.polls import Poll
from bot.sandbox.views import photo_url
from bot.sandbox.world import World

Json = dict[str, Any]


def bubble(world: World, message: Message, viewer_id: int) -> Json:
    """Return a message with everything that stands in and around it."""
    photo, document = message.photo, message.document
    poll = world.polls.by_id.get(message.poll_id)
    return {
        "id": message.message_id,
        "mine": message.sender_id == viewer_id,
        "author": _author(world, message, viewer_id),
        "date": message.sent_at,
        "edited": message.edited_at is not None,
        "text": message.content.text,
        "entities": [entity.to_json() for entity in message.content.entities],
        "keyboard": [[[one.text, one.action, one.value] for one in row] for row in message.keyboard],
        "photo": photo and {"url": photo_url(photo), "name": photo.name, "width": photo.width, "height": photo.height},
        "document": document and {"url": photo_url(document), "name": document.name, "size": len(document.content)},
        "kind": message.file_kind.replace("_", " ").capitalize() if document else "",
        "note": _note(world, message),
        "reply": _reply(world, message, viewer_id),
        "extra": "" if message.is_service else _extra(message),
        "service": _service(message) if message.is_service else "",
        "poll": poll and _poll(poll, viewer_id),
        "reactions": _reactions(message, viewer_id),
    }


def preview(world: World, message: Message) -> str:
    """Return one line of a message, for the list of people."""
    first_line = message.content.text.partition("\n")[0]
    if first_line or message.poll_id:
        return first_line or f"Poll: {world.polls.by_id[message.poll_id].question}"
    if message.document:
        return message.document.name
    return "Photo" if message.photo else _service(message) if message.is_service else _extra(message)


def _author(world: World, message: Message, viewer_id: int) -> str:
    """Return whose name stands over a message: nobody's in a chat of two."""
    if not world.chats.open_chat(message.chat_id).is_group or message.sender_id == viewer_id or message.is_service:
        return ""
    return _name(world, message.sender_id)


def _name(world: World, user_id: int | None) -> str:
    return world.profile.name_in("") if user_id is None else world.chats.people[user_id].name


def _note(world: World, message: Message) -> str:
    if message.origin:
        return f"Forwarded from {message.origin['sender_user']['first_name']}"
    if message.caller_id is not None:
        return f"Called by {_name(world, message.caller_id)}"
    return f"via @{world.profile.username}" if message.is_via_bot else ""


def _reply(world: World, message: Message, viewer_id: int) -> Json | None:
    answered = world.chats.message(message.reply_to or 0)
    if answered is None:
        return None
    who = "You" if answered.sender_id == viewer_id else _name(world, answered.sender_id)
    return {"author": who, "text": preview(world, answered)}


def _extra(message: Message) -> str:
    """Return what a message without a text is, in a line or two."""
    other = message.other
    if "venue" in other:
        return f"📍 {other['venue']['title']}\n{other['venue']['address']}"
    if "location" in other:
        place = other["location"]
        return f"📍 {place['latitude']}, {place['longitude']}{' (live)' if 'live_period' in place else ''}"
    if "contact" in other:
        return f"👤 {other['contact']['first_name']}\n{other['contact']['phone_number']}"
    if "dice" in other:
        return f"{other['dice']['emoji']} {other['dice']['value']}"
    return ", ".join(name.replace("_", " ").capitalize() for name in other)


def _service(message: Message) -> str:
    other = message.other
    if "new_chat_members" in other:
        return f"{', '.join(one['first_name'] for one in other['new_chat_members'])} came into the group"
    if "left_chat_member" in other:
        return f"{other['left_chat_member']['first_name']} left the group"
    if "new_chat_title" in other:
        return f"The group is called {other['new_chat_title']}"
    if "forum_topic_created" in other:
        return f"Topic: {other['forum_topic_created']['name']}"
    if "migrate_to_chat_id" in other:
        return "The group became a supergroup"
    return next(iter(other)).replace("_", " ").capitalize()


def _poll(poll: Poll, viewer_id: int) -> Json:
    chosen = poll.votes.get(viewer_id, ())
    is_told = poll.is_closed or (bool(chosen) and not poll.hides_results)
    kind = "Quiz" if poll.is_quiz else "Poll"
    return {
        "question": poll.question,
        "kind": f"{'Anonymous ' if poll.is_anonymous else ''}{kind}",
        "options": [
            {
                "text": text,
                "count": count if is_told else None,
                "chosen": place in chosen,
                "correct": is_told and place in poll.correct,
            }
            for place, (text, count) in enumerate(zip(poll.options, poll.counts(), strict=True))
        ],
        "total": len(poll.votes),
        "closed": poll.is_closed,
        "several": poll.has_several_answers,
        "revotes": poll.has_second_thoughts,
    }


def _reactions(message: Message, viewer_id: int) -> list[Json]:
    counts = Counter(emoji for chosen in message.reactions.values() for emoji in chosen)
    mine = message.reactions.get(viewer_id, ())
    return [{"emoji": emoji, "count": count, "mine": emoji in mine} for emoji, count in counts.items()]
