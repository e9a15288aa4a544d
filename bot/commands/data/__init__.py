"""What everything else works on: films, ratings, corpora and what is counted of them; the database, made and opened."""

__all__ = [
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
