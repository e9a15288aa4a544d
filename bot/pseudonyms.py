"""People without their numbers: the same person is the same pseudonym on one installation, and nobody anywhere else.

For logs, and for knowing who had everything erased without keeping who that was.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from recommender.domain import UserId

KEY_FILE: Final = "pseudonyms.key"
# Of blake2b: as long as no guess comes through (RFC 7693).
KEY_BYTES: Final = 32
_DIGEST_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Attributes:
    key: the installation's, kept apart from the database; without it a pseudonym says nothing.
    """

    key: bytes = field(repr=False)

    def of(self, person: UserId) -> str:
        """Return a person's pseudonym, 32 hexadecimal digits."""
        return self._digest(str(int(person)))

    def of_name(self, name: str) -> str:
        """Return a pseudonym of a name on Telegram, 32 hexadecimal digits."""
        return self._digest(f"@{name}")

    def _digest(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES, key=self.key).hexdigest()


# Pseudonyms that anybody can make: for what has no installation.
NO_KEY: Final = Pseudonyms(b"")


def load_pseudonyms(data_dir: Path) -> Pseudonyms:
    """Return the installation's pseudonyms; its key is made at the first start, for its owner alone."""
    path = data_dir / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Pseudonyms(_checked(path.read_bytes(), path))
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
    return Pseudonyms(key)


def _checked(key: bytes, path: Path) -> bytes:
    if len(key) != KEY_BYTES:
        raise OSError(f"{path} must hold {KEY_BYTES} bytes; delete it to have another made. Received: {len(key)}")
    return key
