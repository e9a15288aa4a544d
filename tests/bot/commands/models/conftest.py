"""A store with films, as tests of storage have it."""

from tests.databases import sqlite_store

__all__ = ["sqlite_store"]
