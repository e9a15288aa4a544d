"""The bodies of the commands, a package per family, each imported only when its command runs.

What they share stands beside the families; the commands themselves, with their options, are in bot/__main__.py.
"""

__all__ = [
    "commit",
    "data",
    "errors",
    "evaluate",
    "invocation",
    "line",
    "models",
    "names",
    "output",
    "progress",
    "quiet",
    "run",
    "tune",
    "workers",
]
