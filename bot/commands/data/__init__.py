"""What everything else works on: `reelmate import` and `migrate`, and the database, made and opened."""

__all__ = [
    "database",
    "imports",
    "migrate",
]
