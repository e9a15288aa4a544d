"""A data directory to retrain in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from tests.bot.retraining.corpora import SIMULATED, store_corpus
from tests.databases import migrated_url
from tests.recommender.contract import contract_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a data directory with a simulated corpus."""
    store_corpus(tmp_path, people=SIMULATED)
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'reelmate.db'}", seed=0)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Return a store with the contract's movies."""
    with Store(migrated_url(settings.data_dir, list(map(CatalogueMovie, contract_corpus().movies)))) as opened:
        yield opened
