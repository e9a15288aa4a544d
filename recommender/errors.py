"""Everything the recommender can raise on purpose.

RecommenderError
├── CorpusError       ratings or films that cannot be learned from
├── TrainingError     a training that cannot start or came to nothing
└── BundleError       a bundle that is missing, damaged, foreign or refused
"""


class RecommenderError(Exception):
    """Root of the recommender's errors; its text is one sentence that says what to do."""


class CorpusError(RecommenderError):
    """The ratings or films given cannot be learned from."""


class TrainingError(RecommenderError):
    """Training cannot start, or its result is unusable."""


class BundleError(RecommenderError):
    """A bundle is missing, damaged, of a foreign schema, or worse than what serves."""
