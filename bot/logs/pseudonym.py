"""A person's name in the log: the same in every line of this installation, and nobody's anywhere else."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

FILE: Final = "log.key"
KEY_BYTES: Final = 32
NAME_BYTES: Final = 8


def pseudonyms(key: Callable[[], bytes]) -> Callable[[int], str]:
    """Return what gives a person's id its pseudonym: a keyed hash (BLAKE2, RFC 7693); the key is asked for once."""
    kept = cache(key)
    return lambda person: blake2b(str(person).encode(), key=kept(), digest_size=NAME_BYTES).hexdigest()


def installation_key(data_dir: Path) -> bytes:
    """Return this installation's key, made at the first call; where none can be kept, one of this process alone."""
    path = data_dir / FILE
    fresh = secrets.token_bytes(KEY_BYTES)
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
        return fresh
    with contextlib.suppress(OSError):
        kept = path.read_bytes()
        return kept if len(kept) == KEY_BYTES else fresh
    return fresh
