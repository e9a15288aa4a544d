"""What makes models and what asks them: `reelmate retrain`, `bundles` and `recommend`."""

__all__ = [
    "bundles",
    "live",
    "recommend",
    "retrain",
]
