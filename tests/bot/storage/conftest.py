"""The databases of these tests."""

from tests.databases import clock, database_url, empty_url, real_time_store, sqlite_store, store

__all__ = ["clock", "database_url", "empty_url", "real_time_store", "sqlite_store", "store"]
