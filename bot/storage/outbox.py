"""The outbox: messages stored with their effect, until the one sender has sent them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import Row, bindparam, delete, func, insert, select, text, update

from bot.outgoing import Outgoing
from bot.storage.letters import Letter, decode, encode
from bot.storage.repository import Repository
from bot.storage.tables import OutboxRow

OutboxState = Literal["waiting", "sent", "dropped", "dead"]
# Messages read at a time; the sender comes back for more.
AT_ONCE: Final = 1000
# For one chat; Telegram takes about one a second, so that more would arrive when nobody waits for it any more.
MOST_WAITING: Final = 200
_TOO_MANY: Final = f"more than {MOST_WAITING} messages waited"

# What every tap runs is built once.
_REPLACE: Final = delete(OutboxRow).where(
    OutboxRow.chat_id == bindparam("to_chat"), OutboxRow.edits == bindparam("of_message"), OutboxRow.state == "waiting"
)
_TOO_OLD: Final = (
    select(OutboxRow.id)
    .where(OutboxRow.chat_id == bindparam("to_chat"), OutboxRow.state == text("'waiting'"))
    .order_by(OutboxRow.id.desc())
    .offset(MOST_WAITING - 1)
)
_FILE_WAITING: Final = (
    select(OutboxRow.id)
    .where(OutboxRow.chat_id == bindparam("to_chat"), OutboxRow.state == text("'waiting'"))
    .where(OutboxRow.attachment.is_not(None))
    .limit(1)
)
_STORE: Final = insert(OutboxRow).returning(OutboxRow.id)
_CLOSE: Final = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("letter"), ~OutboxRow.forget)
    .values(
        payload="",
        attachment=None,
        state=bindparam("state"),
        message_id=bindparam("message_id"),
        error=bindparam("error"),
    )
    .returning(OutboxRow.id)
)
_FORGET: Final = delete(OutboxRow).where(OutboxRow.id == bindparam("letter"), OutboxRow.forget)


@dataclass(frozen=True, slots=True)
class Outbox(Repository):
    """Attributes:
    added: ids stored by this transaction; the store tells the sender once they are committed.
    """

    added: list[int] = field(default_factory=list)

    def add(self, chat_id: int, outgoing: Outgoing, *, forget: bool = False) -> int:
        """Store a message to send; a newer edit of a message replaces one that still waits.

        Where `MOST_WAITING` wait for the chat already, the oldest is dropped.

        Args:
            forget: leave no row behind once it is sent (the goodbye to someone who was deleted).
        """
        if outgoing.edits is not None:
            self.connection.execute(_REPLACE, {"to_chat": chat_id, "of_message": outgoing.edits})
        for letter_id in self.connection.scalars(_TOO_OLD, {"to_chat": chat_id}).all():
            self.drop(letter_id, _TOO_MANY)
        payload, attachment = encode(outgoing)
        row = {
            "chat_id": chat_id,
            "edits": outgoing.edits,
            "payload": payload,
            "attachment": attachment,
            "state": "waiting",
            "forget": forget,
            "created_at": self.now,
        }
        number: int | None = self.connection.scalar(_STORE, row)
        assert number is not None
        self.added.append(number)
        return number

    def waiting(self, *, after: int = 0) -> list[Letter]:
        """Return messages to send in the order they were stored."""
        wanted = select(OutboxRow.__table__).where(OutboxRow.state == "waiting", OutboxRow.id > after)
        return [_letter(row) for row in self.connection.execute(wanted.order_by(OutboxRow.id).limit(AT_ONCE))]

    def waiting_in(self, chats: Collection[int]) -> list[Letter]:
        """Return messages to send to these chats, in the order they were stored."""
        wanted = select(OutboxRow.__table__).where(OutboxRow.state == "waiting", OutboxRow.chat_id.in_(chats))
        return [_letter(row) for row in self.connection.execute(wanted.order_by(OutboxRow.id).limit(AT_ONCE))]

    def waiting_ids(self) -> list[int]:
        """Return which messages are to be sent, in the order they were stored."""
        return list(self.connection.scalars(select(OutboxRow.id).where(OutboxRow.state == "waiting")))

    def letters(self, ids: Collection[int]) -> list[Letter]:
        """Return those of these messages that still wait, in the order they were stored."""
        wanted = select(OutboxRow.__table__).where(OutboxRow.state == "waiting", OutboxRow.id.in_(ids))
        return [_letter(row) for row in self.connection.execute(wanted.order_by(OutboxRow.id).limit(AT_ONCE))]

    def is_waiting(self, letter_id: int) -> bool:
        return self.connection.scalar(select(OutboxRow.state).where(OutboxRow.id == letter_id)) == "waiting"

    def has_file_waiting(self, chat_id: int) -> bool:
        """Say whether a message with an attachment waits for a chat."""
        return self.connection.scalar(_FILE_WAITING, {"to_chat": chat_id}) is not None

    def sent(self, letter_id: int, message_id: int | None) -> None:
        """Mark a message sent under Telegram's id; its content is forgotten."""
        self._close(letter_id, state="sent", message_id=message_id)

    def drop(self, letter_id: int, error: str, *, state: Literal["dropped", "dead"] = "dropped") -> None:
        """Give a message up: dropped when nobody waits for it any more, dead when Telegram refuses it."""
        self._close(letter_id, state=state, error=error[:200])

    def drop_waiting(self, chat_id: int, error: str) -> None:
        """Give up everything that waits for a chat."""
        waiting = select(OutboxRow.id).where(OutboxRow.chat_id == chat_id, OutboxRow.state == "waiting")
        for letter_id in self.connection.scalars(waiting).all():
            self.drop(letter_id, error)

    def move(self, chat_id: int, to_chat: int) -> dict[int, int]:
        """Readdress what waits for a group that became a supergroup; there its edits are new messages.

        Returns:
            The new number of each letter by its old one.
        """
        moved: dict[int, int] = {}
        waiting = select(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.state == "waiting")
        for row in self.connection.execute(waiting.order_by(OutboxRow.id)).all():
            self.drop(row.id, "the group became a supergroup")
            moved[row.id] = self.add(to_chat, decode(row.payload, row.attachment, None), forget=row.forget)
        return moved

    def message_id(self, letter_id: int) -> int | None:
        """Return Telegram's id of a sent message."""
        return self.connection.scalar(select(OutboxRow.message_id).where(OutboxRow.id == letter_id))

    def count(self, state: OutboxState) -> int:
        return self.connection.scalar(select(func.count()).where(OutboxRow.state == state)) or 0

    def _close(self, letter_id: int, **values: Any) -> None:
        row = {"letter": letter_id, "message_id": None, "error": None, **values}
        if self.connection.execute(_CLOSE, row).first() is None:
            self.connection.execute(_FORGET, {"letter": letter_id})


def _letter(row: Row[Any]) -> Letter:
    return Letter(row.id, row.chat_id, decode(row.payload, row.attachment, row.edits))
