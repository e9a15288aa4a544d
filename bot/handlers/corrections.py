"""Texts that somebody corrects: an edit of a text in private is answered as if it were written anew."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from telegram import Message, Update
from telegram.ext.filters import UpdateFilter

# Who edits a text later than this tidies up; by then its answer has scrolled away.
WITHIN_S: Final = 900
# The last texts, of which it is known whether an edit changed any word: Telegram tells of edits that show nothing, too
# (Bot API, Update, edited_message). What a restart forgets is answered once more at worst.
MOST_KNOWN: Final = 10_000

_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Said:
    """A text by its digest, the update that brought it, and whether it differed from the one before."""

    digest: bytes
    update_id: int
    is_other: bool


class NewOrCorrected(UpdateFilter):
    """Lets messages through, and edits of texts that change a word within a quarter of an hour."""

    def __init__(self) -> None:
        super().__init__()
        self._said: OrderedDict[_Key, _Said] = OrderedDict()

    def filter(self, update: Update) -> bool:
        if update.message is not None:
            self._is_other(update.message, update.update_id)
            return True
        edited = update.edited_message
        if edited is None or not edited.text or edited.edit_date is None:
            return False
        if (edited.edit_date - edited.date).total_seconds() > WITHIN_S:
            return False
        return self._is_other(edited, update.update_id)

    def _is_other(self, message: Message, update_id: int) -> bool:
        """Tell whether a text differs from what its message said before; the same of one update, however often."""
        key = message.chat_id, message.message_id
        digest = blake2b((message.text or "").encode("utf-8", "surrogatepass"), digest_size=8).digest()
        before = self._said.get(key)
        if before is None or before.update_id != update_id:
            is_other = before is None or before.digest != digest
            self._said[key] = before = _Said(digest, update_id, is_other)
            self._said.move_to_end(key)
            if len(self._said) > MOST_KNOWN:
                self._said.popitem(last=False)
        return before.is_other
