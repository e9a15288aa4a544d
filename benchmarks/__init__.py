"""Measurements side by side with the peers; not part of what is installed."""
