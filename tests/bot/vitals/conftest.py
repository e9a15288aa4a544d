"""The databases of these tests."""

from tests.databases import real_time_store, sqlite_store

__all__ = ["real_time_store", "sqlite_store"]
