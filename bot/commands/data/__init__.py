"""What all else works on: `import`, `corpora`, `migrate`, `backup`, `restore`, `stats`, and the database itself."""

__all__ = [
    "backups",
    "corpora",
    "database",
    "imports",
    "migrate",
    "stats",
]
