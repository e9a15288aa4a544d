"""A manifest's own checksum: what stands in it is what a publish wrote there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

SEAL: Final = "seal"


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the manifest as plain values, with the checksum of all others among them."""
    plain = json.loads(json.dumps({name: manifest[name] for name in manifest if name != SEAL}, default=_plain))
    return {**plain, SEAL: _digest(plain)}


def is_sealed(manifest: Mapping[str, Any]) -> bool:
    """Return whether nothing was changed since; manifests of before there were seals have none, and pass."""
    kept = {name: manifest[name] for name in manifest if name != SEAL}
    return SEAL not in manifest or manifest[SEAL] == _digest(kept)


def _digest(manifest: Mapping[str, Any]) -> str:
    """Return the sha256 of the values, however they are spaced and ordered."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: object) -> object:
    """Return what JSON does not know as what it knows."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a manifest must hold plain values. Received: {type(value).__name__}")
