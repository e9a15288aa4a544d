"""SASRec by cornac: self-attention over what was liked, in order, foretells what is next (Kang and McAuley 2018).

Needs PyTorch. Ours of that name (recommender/training/models/sasrec.py) orders the candidates of our first stage; this
one has the whole catalogue to itself, as its authors do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from cornac.data import SequentialDataset
from cornac.models import SASRec
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.floored import over_floor
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer, TastePeer
from benchmarks.peers.tastes import SEED, corpus_tastes, most_liked, some_people
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry

# A rung reveals twenty ratings at most.
LONGEST: Final = 20
BLOCKS: Final = 1
DROPOUT: Final = 0.5
NEGATIVES: Final = 512
FEWEST_LIKES, MOST_MOVIES = 2, 8_000


class CornacSasRec(TastePeer):
    """Scores by how probable each film is as the next like."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        self._kept, self._library = once(_learn, corpus, **{name: settings[name] for name in ("width", "epochs")})
        self._place_of = {int(row): place for place, row in enumerate(self._kept)}

    def evidence(self, profiles: Sequence[Profile]) -> NDArray[np.float64]:
        scores = np.zeros((len(profiles), len(self.catalogue)))
        for person, profile in enumerate(profiles):
            liked = [self.catalogue.row_of.get(one.movie_id) for one in profile.ratings if one.stars.is_like]
            history = [self._place_of[row] for row in liked if row in self._place_of]
            if history:
                logits = self._library.score(0, history[-LONGEST:])  # (kept,)
                shares = np.exp(logits - logits.max())
                scores[person, self._kept] = shares / shares.sum()
        return scores

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        raise TypeError("what was liked must come in its order. Received: a row without one")


def fit_cornac_sasrec(corpus: Corpus, settings: Hyperparameters) -> Peer:
    """Fit it, alone or over the floor."""
    return over_floor(corpus, CornacSasRec(corpus, settings), settings["weight"])


def _learn(corpus: Corpus, *, width: int, epochs: int) -> tuple[NDArray[np.int64], SASRec]:
    """Return the films that it knows, as the library has them in order, and the library's model."""
    people = some_people(corpus)
    films = most_liked(corpus_tastes(people, likes_only=True), fewest=FEWEST_LIKES, most=MOST_MOVIES)
    kept = people.likes & np.isin(people.movie_rows, films)
    each = zip(
        people.user_rows[kept].tolist(), people.movie_rows[kept].tolist(), people.places[kept].tolist(), strict=True
    )
    data = SequentialDataset.build([(user, user, film, place) for user, film, place in each], fmt="USIT")
    torch.manual_seed(SEED)
    library = SASRec(
        embedding_dim=width,
        num_blocks=BLOCKS,
        dropout=DROPOUT,
        n_sample=NEGATIVES,
        max_len=LONGEST,
        n_epochs=epochs,
        seed=SEED,
    )
    return np.array(list(data.iid_map), dtype=np.int64), library.fit(data)


GRID: list[Hyperparameters] = [
    {"width": width, "epochs": epochs, "weight": weight}
    for width, epochs in ((32, 5), (32, 15), (64, 15))
    for weight in (None, 0.5, 1.0, 2.0, 4.0)
]
CORNAC_SASREC = RankerEntry(fit_cornac_sasrec, GRID)
