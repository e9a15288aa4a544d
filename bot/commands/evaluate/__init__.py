"""`reelmate evaluate`: rankers on the ladder, judged by their lists, by their chances of a like, or on new films.

How they are judged is in recommender/evaluation; here it is asked for, fold by fold, and printed.
"""

__all__ = [
    "figures",
    "folds",
    "likes",
    "lists",
    "new_films",
    "rankers",
    "results",
    "source",
]
