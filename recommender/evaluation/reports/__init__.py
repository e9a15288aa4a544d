"""What came of an evaluation, as plain values for --json, tables and pages.

Nothing is measured here that is not measured in recommender/evaluation.
"""

__all__ = [
    "interviews",
    "likes",
    "lists",
    "new_films",
    "strangers",
]
