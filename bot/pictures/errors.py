"""What drawing can refuse."""

from __future__ import annotations


class PictureError(Exception):
    """A picture cannot be drawn here; whoever wanted it does with words alone."""


class NoFontError(PictureError):
    """No font of this machine has the letters."""
