"""Who meets which of two bundles that serve side by side: a keyed hash of a person says it, the same at every visit."""

from __future__ import annotations

import hashlib
from typing import Final, Protocol, runtime_checkable

from bot.pseudonyms import Pseudonyms
from recommender.domain import Recommender, UserId
from recommender.ranking.challenge import Challenge

# As many bits as a float tells apart below 1.
_BYTES: Final = 6


@runtime_checkable
class Divided(Protocol):
    """A recommender that may hold two bundles.

    Attributes:
        challenge: which two, and who meets which; None while one serves everybody.
        challenger: what serves the challenger's people.
    """

    @property
    def challenge(self) -> Challenge | None: ...

    @property
    def challenger(self) -> Recommender: ...


def recommender_of(person: UserId, recommender: Recommender, pseudonyms: Pseudonyms) -> Recommender:
    """Return what serves a person."""
    if not isinstance(recommender, Divided):
        return recommender
    challenge = recommender.challenge
    if challenge is None or not meets_challenger(person, challenge, pseudonyms):
        return recommender
    return recommender.challenger


def meets_challenger(person: UserId, challenge: Challenge, pseudonyms: Pseudonyms) -> bool:
    """Tell whether a person is one of the challenger's."""
    return draw(person, challenge.bundles, pseudonyms) < challenge.share


def draw(person: UserId, bundles: tuple[str, str], pseudonyms: Pseudonyms) -> float:
    """Return a person's number in 0 to 1, without 1, for a comparison: each divides people anew."""
    name = f"{pseudonyms.of(person)}:{bundles[0]}:{bundles[1]}".encode()
    number = int.from_bytes(hashlib.blake2b(name, digest_size=_BYTES).digest(), "big")
    return number / float(1 << 8 * _BYTES)
