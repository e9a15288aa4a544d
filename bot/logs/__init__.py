"""What becomes of a log line: bare of what people wrote, held back where it repeats, as text or as JSON."""

__all__ = ["bareness", "json_lines", "restraint"]
