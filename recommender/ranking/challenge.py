"""Two published bundles that serve side by side, each for its share of people, until the operator ends it.

The file `challenge` stands beside the pointer `current`: while it is there these two serve, whatever is published.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from recommender.data.durable import make_durable
from recommender.errors import BundleError

CHALLENGE: Final = "challenge"
# More than this is none.
LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Challenge:
    """Attributes:
    share: of people, more than 0 and less than 1, whom the challenger serves.
    began_at: (UTC, aware).
    """

    champion: str
    challenger: str
    share: float
    began_at: datetime

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(f"a share must be more than 0 and less than 1. Received: {self.share}")
        if self.champion == self.challenger:
            raise ValueError(f"a bundle must be challenged by another one. Received: {self.challenger}")
        if self.began_at.tzinfo is None:
            raise ValueError(f"a challenge's beginning must be of a time zone. Received: {self.began_at}")

    @property
    def bundles(self) -> tuple[str, str]:
        """Return the versions of both, the challenger first."""
        return self.challenger, self.champion


def read_challenge(folder: Path) -> Challenge | None:
    """Return the challenge that is on among the bundles of a folder.

    Raises:
        BundleError: there is one, and it cannot be read.
    """
    path = folder / CHALLENGE
    try:
        with path.open(encoding="utf-8") as file:
            return _parse(json.loads(file.read(LONGEST)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{path} must be as `reelmate ab start` wrote it. Received: {error}") from error


def write_challenge(folder: Path, challenge: Challenge) -> None:
    """Begin a challenge: readers see it as a whole, or not at all."""
    plain = {
        "champion": challenge.champion,
        "challenger": challenge.challenger,
        "share": challenge.share,
        "began_at": challenge.began_at.isoformat(),
    }
    aside = folder / f".{CHALLENGE}.{os.getpid()}"
    aside.write_text(json.dumps(plain) + "\n", encoding="utf-8")
    make_durable(aside)
    aside.replace(folder / CHALLENGE)
    make_durable(folder)


def end_challenge(folder: Path) -> None:
    """End the challenge that is on, also one that cannot be read."""
    with contextlib.suppress(FileNotFoundError):
        (folder / CHALLENGE).unlink()
        make_durable(folder)


def _parse(plain: dict[str, Any]) -> Challenge:
    return Challenge(
        str(plain["champion"]),
        str(plain["challenger"]),
        float(plain["share"]),
        datetime.fromisoformat(plain["began_at"]),
    )
