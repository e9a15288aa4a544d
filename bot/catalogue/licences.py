"""What one may do with each MovieLens release, in a few sentences (from the releases' own README files)."""

from __future__ import annotations

from typing import Final

CITATION: Final = (
    "Cite F. Maxwell Harper and Joseph A. Konstan, 2015: The MovieLens Datasets: History and Context. "
    "ACM Transactions on Interactive Intelligent Systems 5, 4: 19:1-19:19."
)
SIMULATED: Final = "Simulated ratings made by Reelmate's own simulator; nobody real stands behind them. Free to use."
MOVIETWEETINGS: Final = (
    "MovieTweetings, under the MIT licence: free to use, for money too. Cite Simon Dooms, Toon De Pessemier and Luc "
    "Martens, 2013: MovieTweetings: a Movie Rating Dataset Collected From Twitter. CrowdRec at RecSys 2013."
)
_COMMON: Final = "MovieLens data of GroupLens, University of Minnesota: no commercial use without their permission,"
_MAY_PASS_ON: Final = (
    f"{_COMMON} no suggestion of their endorsement. It may be passed on, transformed too, under these same conditions."
)
_MAY_NOT_PASS_ON: Final = f"{_COMMON} no suggestion of their endorsement. It may not be passed on."
_UNKNOWN: Final = f"{_COMMON} no suggestion of their endorsement. See the release's README before passing it on."
_MAY: Final = ("ml-latest-small", "ml-32m")
_MAY_NOT: Final = ("ml-25m", "ml-1m", "ml-100k")


def licence_of(release: str) -> str:
    """Return the licence notice of a release, its citation included."""
    if release in _MAY:
        return f"{_MAY_PASS_ON} {CITATION}"
    return f"{_MAY_NOT_PASS_ON if release in _MAY_NOT else _UNKNOWN} {CITATION}"
