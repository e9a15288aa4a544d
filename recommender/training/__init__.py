"""What learns: retrieval tables, networks and calibrations, from a corpus.

The only wing that loads Keras and TensorFlow, in functions, never at import. Whether what was learned is any good is
said in recommender/evaluation.
"""

__all__ = [
    "calibration",
    "content",
    "examples",
    "export",
    "fitting",
    "incremental",
    "likeness",
    "liking",
    "logistic",
    "losses",
    "models",
    "settings",
    "tables",
    "training",
    "weight_transfer",
    "wildcards",
]
