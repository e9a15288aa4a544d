"""The databases of these tests."""

from tests.databases import sqlite_store

__all__ = ["sqlite_store"]
