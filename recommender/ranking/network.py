"""The network of a ranker at work, in ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recommender.errors import BundleError
from recommender.ranking.inputs import NO_FILM
from recommender.ranking.retrieval import PAIR_FEATURES

# The inputs that are rows of films.
FILM_INPUTS: Final = frozenset(("films", "history"))

# Choice and liking of films.  (people, films) each
Logits = tuple[NDArray[np.float32], NDArray[np.float32]]


class Network:
    """What makes choice and liking of a person's inputs.

    Attributes:
        names: of the inputs that it takes.
        pair_features: how many of PAIR_FEATURES it takes: the first ones, as many as there were when it was made.
    """

    def __init__(self, content: bytes) -> None:
        """Load it.

        Raises:
            BundleError: the bytes are no network that ONNX Runtime can run.
        """
        self._session = _session(content)
        shapes = {node.name: node.shape for node in self._session.get_inputs()}
        self.names = tuple(shapes)
        width = shapes["pairs"][-1] if "pairs" in shapes else None
        self.pair_features = width if isinstance(width, int) else len(PAIR_FEATURES)
        self._known: int | None = None

    def knowing(self, count: int) -> Network:
        """Return the same network for more films than the first `count`, which it knows: others have no id to it."""
        other = copy(self)
        other._known = count
        return other

    def taken(self, inputs: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
        """Return those of all inputs that it takes, pairs in the precision of exported networks."""
        feeds = {name: inputs[name] for name in self.names}
        if self._known is not None:
            for name in feeds.keys() & FILM_INPUTS:
                rows = np.asarray(feeds[name], dtype=np.int32)
                feeds[name] = np.where(rows < self._known, rows, np.int32(NO_FILM))
        if "pairs" in feeds:
            feeds["pairs"] = feeds["pairs"][..., : self.pair_features].astype(np.float32)
        return feeds

    def run(self, feeds: Mapping[str, NDArray[np.generic]]) -> Logits:
        """Return choice and liking logits.

        Raises:
            BundleError: it takes other inputs.
        """
        try:
            choice, liking = self._session.run(["choice", "liking"], dict(feeds))
        except Exception as error:  # ONNX Runtime's own errors share no root but Exception
            raise BundleError(f"a ranker's network must take the features it is given. Received: {error}") from error
        return choice, liking


def _session(network: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One list takes a millisecond; threads would only fight the other lists for the cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own errors share no root but Exception
        raise BundleError(f"ranker.onnx must be a network that ONNX Runtime can load. Received: {error}") from error
