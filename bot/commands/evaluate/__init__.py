"""`reelmate evaluate`: rankers on the ladder, judged by lists, by chances of a like, on new films,
after interviews, or by strangers.

How they are judged is in recommender/evaluation; here it is asked for, fold by fold, and printed.
"""

__all__ = [
    "figures",
    "folds",
    "interviews",
    "likes",
    "lists",
    "new_films",
    "rankers",
    "results",
    "source",
    "strangers",
]
