"""What all else works on: films, ratings, corpora, backups, what is counted of them, and the database itself."""

__all__ = [
    "backups",
    "charts",
    "corpora",
    "database",
    "imports",
    "joining",
    "migrate",
    "stats",
    "stats_page",
    "twins",
    "typed",
    "update",
]
