"""What judges: the ladders, their metrics, paired intervals, the registry of rankers, and the gate before publication.

Reports are plain values; how they are printed is the command line's affair.
"""

__all__ = [
    "aligning",
    "askers",
    "auc",
    "bootstrap",
    "exams",
    "explaining",
    "floors",
    "foreign",
    "gate",
    "interviews",
    "ladder",
    "likes",
    "new_films",
    "off_policy",
    "own",
    "provenance",
    "ranking",
    "registry",
    "reports",
    "served",
    "strangers",
    "tuning",
]
