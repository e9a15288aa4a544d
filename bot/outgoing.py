"""A message to a person as a plain value: what the messages package makes and the outbox stores."""

from __future__ import annotations

from dataclasses import dataclass

from bot.drawings import TasteCard, TitleCard


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: `data` is a callback code (see bot/callbacks), or `url` opens a page."""

    text: str
    data: str = ""
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file sent with a message; the text becomes its caption."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Poll:
    """What people vote on; nobody sees who voted for what, nor the results before it is closed."""

    question: str
    options: tuple[str, ...]
    has_several_answers: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One film of an inline answer: what stands in the choice, and the message that choosing it sends.

    Attributes:
        id: Telegram hands it back; each once in an answer.
        about: plain text under the title.
        message: its buttons may only open pages, for it stands in chats that the bot is not in.
    """

    id: str
    title: str
    about: str
    message: Outgoing


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What is answered to an inline query.

    Attributes:
        next_offset: comes back when somebody scrolls on; empty where nothing follows.
        opens_bot: the words of the button above the films, which opens the bot; empty for none.
    """

    results: tuple[Result, ...]
    next_offset: str = ""
    opens_bot: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send, or the new face of one already sent.

    Attributes:
        text: Telegram HTML, at most 4096 UTF-16 units after entities are parsed (1024 as a caption).
        keyboard: rows of inline buttons; empty removes them on an edit.
        edits: Telegram's message id of the message to edit in place; None sends a new one.
        document: a file to send with it; never together with `edits`.
        thread_id: the topic of a group to send it to.
        picture: to draw and to send with it, the text as its caption; an edit puts it in place of the one there.
        is_caption: whether the message to edit is a picture's, whose words alone are new.
        poll: to be sent in place of the text.
        closes: Telegram's message id of a poll to close; nothing else is sent then.
    """

    text: str
    keyboard: Keyboard = ()
    edits: int | None = None
    document: Document | None = None
    thread_id: int | None = None
    picture: TitleCard | TasteCard | None = None
    is_caption: bool = False
    poll: Poll | None = None
    closes: int | None = None
