"""What makes models and what asks them: `reelmate retrain`, `bundles`, `ab` and `recommend`."""

__all__ = [
    "ab",
    "bundles",
    "live",
    "recommend",
    "retrain",
    "typed",
]
