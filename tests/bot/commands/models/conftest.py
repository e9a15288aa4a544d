"""A store with films, as tests of storage have it."""

from tests.databases import real_time_store

__all__ = ["real_time_store"]
