"""Retraining: what the corpora and consenting people's ratings become, from who may train to a published bundle.

`run` trains, judges and publishes in a process of its own; `schedule` and `process` are how the bot starts one, and
load nothing of what it needs. How a ranker is trained is in recommender/training, what makes a good one in
recommender/evaluation, and how the operator is told in bot/messages.
"""

__all__ = [
    "champion",
    "limits",
    "manifest",
    "process",
    "real_ratings",
    "report",
    "run",
    "schedule",
    "training_set",
    "tuned",
    "wildcards",
]
