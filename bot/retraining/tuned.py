"""Files of tuned settings: what `reelmate tune` found for a model, and a training of it then takes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.settings import Settings
from recommender.data.durable import make_durable
from recommender.errors import TrainingError
from recommender.training.models import MODELS
from recommender.training.settings import check_settings

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Tuned:
    """A model's settings out of a file.

    Attributes:
        file: its name, without its folder.
        sha256: of all that it holds.
    """

    model: str
    settings: Mapping[str, Any]
    file: str
    sha256: str

    def describe(self) -> dict[str, Any]:
        """Return what a manifest says of it."""
        return {"file": self.file, "sha256": self.sha256, "settings": dict(self.settings)}


def tuned_path(settings: Settings, model: str) -> Path:
    """Return where a model's settings are looked for unless a file is named."""
    return settings.data_dir / "tuning" / f"{model}.json"


def write_tuned(path: Path, model: str, settings: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Write a model's settings, and how they were found."""
    content = {"schema_version": SCHEMA_VERSION, "model": model, "settings": dict(settings), **found}
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    make_durable(aside)
    aside.replace(path)


def read_tuned(path: Path) -> Tuned:
    """Return the settings that a file holds.

    Raises:
        TrainingError: there is no such file, it is none of ours, or a setting is outside its model's space.
    """
    try:
        text = path.read_bytes()
    except OSError as error:
        expected = "settings come from a file that `reelmate tune` wrote"
        raise TrainingError(f"{expected}. Received: {path}, {error.strerror}") from error
    try:
        content = json.loads(text)
        version, model, settings = content["schema_version"], content["model"], dict(content["settings"])
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(path, "something else") from error
    if version != SCHEMA_VERSION:
        raise _foreign(path, f"schema_version {version}")
    if model not in MODELS:
        raise _foreign(path, f"model {model}")
    try:
        return Tuned(model, check_settings(model, settings), path.name, hashlib.sha256(text).hexdigest())
    except TrainingError as error:
        raise TrainingError(f"{error} in {path}. Correct the file, or move it away.") from error


def _foreign(path: Path, fact: str) -> TrainingError:
    expected = f"{path} must hold settings as this version of `reelmate tune` writes them; tune again, or move it away"
    return TrainingError(f"{expected}. Received: {fact}")
