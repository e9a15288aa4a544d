"""What everything else works on: `reelmate import`, `migrate` and `stats`, and the database, made and opened."""

__all__ = [
    "database",
    "imports",
    "migrate",
    "stats",
]
