"""Notes: what became of each message, written into the outbox until the outbox has it.

A message whose note is lost is sent once more by the next process, so a note outlasts every dropped connection.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from bot.delivery.writes import Writes
from bot.outgoing import Outgoing
from bot.storage import Letter, StorageError, Tx
from recommender.domain import UserId

log = logging.getLogger(__name__)

# Writes the sentence for a person whose message was given up; None says nothing. Runs inside the write that gives up.
LetterApology = Callable[[Tx, Letter], Outgoing | None]
OUTBOX = "the outbox"


class Notes:
    """Writes beside the sending, so that no next message waits for it.

    Args:
        writes: outlasts the database's absences.
        apology: the sentence for a person whose message was given up.
        on_dead: hears of every message given up.
    """

    def __init__(self, writes: Writes, *, apology: LetterApology, on_dead: Callable[[], None]) -> None:
        self._writes, self._apology, self._on_dead = writes, apology, on_dead
        self._under_way: dict[asyncio.Task[None], int] = {}

    @property
    def unwritten(self) -> set[int]:
        """Return the messages whose note is not in the outbox yet."""
        return set(self._under_way.values())

    def sent(self, letter: Letter, message_id: int | None, poll_id: str | None = None) -> None:
        """Note that Telegram took a message, and under which number it knows the poll that it is."""

        def note(tx: Tx) -> None:
            tx.outbox.sent(letter.id, message_id)
            if poll_id is not None:
                tx.nights.note_poll(letter.id, poll_id)

        self._note(letter, note)

    def pictured(self, letter: Letter, key: str, file_id: str) -> None:
        """Note what Telegram calls a picture that was uploaded."""
        self._note(letter, lambda tx: tx.pictures.keep(key, file_id))

    def gone(self, letter: Letter, why: str) -> None:
        """Note that nobody waits for a message any more."""
        self._note(letter, lambda tx: tx.outbox.drop(letter.id, why))

    def moved(self, letter: Letter, supergroup: int) -> None:
        """Note that a group became a supergroup: whatever waits for it goes there."""
        self._note(letter, lambda tx: tx.nights.follow(tx.outbox.move(letter.chat_id, supergroup)))

    def blocked(self, letter: Letter, why: str) -> None:
        """Note that a person blocked the bot; nothing more is sent until they write again."""

        def leave(tx: Tx) -> None:
            tx.people.set_blocked(UserId(letter.chat_id), True)
            tx.outbox.drop_waiting(letter.chat_id, why)

        self._note(letter, leave)

    def dead(self, letter: Letter, why: str) -> None:
        """Keep a message as a dead letter, and tell its person."""
        log.error("message %d was given up: %s", letter.id, why)
        self._on_dead()
        self._note(letter, lambda tx: self._bury(tx, letter, why))

    async def finish(self, within_s: float) -> None:
        """Give what is under way a moment; call it at the end."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=within_s)
            for task in late:
                task.cancel()

    def _bury(self, tx: Tx, letter: Letter, why: str) -> None:
        if not tx.outbox.is_waiting(letter.id):
            return  # noted already, and nobody heard of it
        tx.outbox.drop(letter.id, why, state="dead")
        apology = self._apology(tx, letter)
        if apology is not None:
            tx.outbox.add(letter.chat_id, apology)

    def _note(self, letter: Letter, run: Callable[[Tx], None]) -> None:
        task = asyncio.create_task(self._write(letter, run))
        self._under_way[task] = letter.id
        task.add_done_callback(self._under_way.pop)

    async def _write(self, letter: Letter, run: Callable[[Tx], None]) -> None:
        try:
            await self._writes.write(run, OUTBOX)
        except StorageError as error:
            log.warning("message %d may come twice: what became of it could not be noted: %s", letter.id, error)
