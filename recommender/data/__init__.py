"""What is known: films, people's ratings as arrays, and what both tell without any model.

Nothing here ranks, learns or judges; the words themselves are in recommender/domain.py.
"""

__all__ = [
    "catalogue",
    "corpus",
    "metrics",
    "odds",
    "onboarding",
    "statistics",
]
