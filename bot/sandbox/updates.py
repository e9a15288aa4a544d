"""Updates on their way to the bot: kept until an offset or a webhook's answer confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

HISTORY_SIZE = 10_000  # updates that can still be delivered again by /sim/redeliver
# Bot API, Update: these three kinds must be asked for by name.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class _Pending:
    """An update not yet confirmed; one that was sent again outlives the offsets before its delivery."""

    update: Json
    is_repeat: bool = False

    @property
    def update_id(self) -> int:
        return int(self.update["update_id"])


@dataclass(slots=True)
class Updates:
    """The queue of one bot; `next_id` never goes back, also not on clear."""

    next_id: int
    allowed: frozenset[str] | None = None
    _pending: list[_Pending] = field(default_factory=list)
    _history: dict[int, Json] = field(default_factory=dict)

    def push(self, kind: str, payload: Json) -> int | None:
        """Queue an update; return its id, or None when the bot did not ask for that kind."""
        if not self._is_wanted(kind):
            return None
        update_id = self.next_id
        self.next_id += 1
        update: Json = {"update_id": update_id, kind: payload}
        self._pending.append(_Pending(update))
        self._history[update_id] = update
        if len(self._history) > HISTORY_SIZE:
            del self._history[next(iter(self._history))]
        return update_id

    def repeat(self, update_id: int) -> bool:
        """Queue a past update once more; False when it is unknown."""
        update = self._history.get(update_id)
        if update is None:
            return False
        self._pending.append(_Pending(update, is_repeat=True))
        self._pending.sort(key=lambda pending: pending.update_id)
        return True

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps only the last so many."""
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset > 0:
            self._pending = [one for one in self._pending if one.is_repeat or one.update_id >= offset]

    def batch(self, limit: int) -> list[Json]:
        """Return the oldest updates without forgetting them."""
        taken = self._pending[:limit]
        for pending in taken:
            pending.is_repeat = False
        return [pending.update for pending in taken]

    def first(self) -> Json | None:
        return self._pending[0].update if self._pending else None

    def drop(self, update: Json) -> None:
        """Forget one update that a webhook has taken."""
        for index, pending in enumerate(self._pending):
            if pending.update is update:
                del self._pending[index]
                return

    def drop_all(self) -> None:
        self._pending.clear()

    def clear(self) -> None:
        self.drop_all()
        self._history.clear()

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Set the kinds to deliver; an empty list means the default ones, None leaves them as they are."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def __len__(self) -> int:
        return len(self._pending)

    def _is_wanted(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed
