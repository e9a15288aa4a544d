"""What everything else works on: `import`, `corpora`, `migrate` and `stats`, and the database, made and opened."""

__all__ = [
    "corpora",
    "database",
    "imports",
    "migrate",
    "stats",
]
