"""What all else works on: films, ratings, corpora, backups, what is counted of them, and the database itself."""

__all__ = [
    "backups",
    "corpora",
    "database",
    "imports",
    "joining",
    "migrate",
    "stats",
    "twins",
    "typed",
    "update",
]
