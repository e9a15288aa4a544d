"""What the bot's process is spared: libraries that would cost it seconds and hundreds of megabytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import sqlite_url
from bot.storage import migrate

pytestmark = pytest.mark.processes

HEAVY = (
    "tensorflow",
    "keras",
    "keras_rs",
    "tf2onnx",
    "onnx",
    "pandas",
    "pyarrow",
    "matplotlib",
    "scipy",
    "sklearn",
    "tzfpy",
    "PIL",
    "alembic",
    "pygments",
    "rich",
    "sqlalchemy.dialects.postgresql",
)

SCRIPT = """
import sys
import bot.app
from bot.commands.models.live import open_recommender
from bot.settings import Settings
from bot.storage import Store, migrate
from bot.storage.revisions import head
from pathlib import Path
from recommender.domain import Profile

settings = Settings(data_dir=Path(sys.argv[1]))
assert migrate(settings.database_url).before == head()
with Store(settings.database_url) as store:
    recommender = open_recommender(settings, store)
    assert recommender.recommend(Profile(), 5) == [] and recommender.refresh() is False
print(*sorted(set(sys.modules) & set(sys.argv[2:])))
"""


def test_the_bots_process_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    migrate(sqlite_url(tmp_path))
    command = [sys.executable, "-c", SCRIPT, str(tmp_path), *HEAVY]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, found.stderr
    assert found.stdout.split() == []


def test_a_heavy_library_would_be_seen(tmp_path: Path) -> None:
    migrate(sqlite_url(tmp_path))
    command = [sys.executable, "-c", "import pandas\n" + SCRIPT, str(tmp_path), *HEAVY]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "pandas" in found.stdout.split()
