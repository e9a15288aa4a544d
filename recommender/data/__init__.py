"""What is known: films, people's ratings as arrays, and what both tell without any model;
and how files of it outlast a crash.

Nothing here ranks, learns or judges; the words themselves are in recommender/domain.py.
"""

__all__ = [
    "catalogue",
    "content",
    "corpus",
    "durable",
    "metrics",
    "odds",
    "onboarding",
    "statistics",
]
