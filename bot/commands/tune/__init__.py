"""`reelmate tune`: a model's settings searched for with Optuna, and the winner's kept for `reelmate retrain`.

What settings are worth is judged in recommender/evaluation/tuning; here they are proposed, tried and printed.
"""

__all__ = [
    "results",
    "search",
    "study",
    "tune",
]
