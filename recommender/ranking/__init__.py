"""What serves: retrieval tables and a network, looked up for one person, and the list made of their scores.

NumPy and ONNX Runtime alone; how tables and networks are learned is in recommender/training.
"""

__all__ = [
    "bundle",
    "calibration",
    "candidates",
    "challenge",
    "checked_file",
    "features",
    "inputs",
    "interests",
    "likeness",
    "lists",
    "live",
    "network",
    "new_films",
    "novelty",
    "picking",
    "popularity",
    "questions",
    "ranker",
    "reasons",
    "removal",
    "retrieval",
    "seal",
    "shelves",
    "table_file",
    "teaching",
    "together",
    "trial",
    "unpacking",
    "wildcard",
    "wildcard_policy",
]
