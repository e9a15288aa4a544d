"""The databases of these tests."""

from tests.databases import empty_url

__all__ = ["empty_url"]
