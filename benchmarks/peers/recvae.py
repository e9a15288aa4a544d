"""RecVAE by cornac: Mult-VAE whose prior holds its own last encoder (Shenbin et al. 2020, "RecVAE"). Needs PyTorch.

Cornac's own `fit` ranks all films for everybody after every epoch; here its steps alone are run, in the paper's order.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch
from cornac.data import Dataset
from cornac.models import RecVAE
from cornac.models.recvae.recvae import VAE
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.floored import over_floor
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer, TastePeer
from benchmarks.peers.tastes import SEED, corpus_tastes, most_liked, some_people
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry

# As the paper (section 4.1), but for a smaller hidden layer and batch and a larger rate beside fewer people.
HIDDEN: Final = 300
BATCH: Final = 100
RATE: Final = 2e-3
ENCODER_EPOCHS, DECODER_EPOCHS = 3, 1
ENCODER_DROPOUT: Final = 0.5
FEWEST_LIKES, MOST_MOVIES = 2, 8_000


class RecVae(TastePeer):
    """Scores by the share of likes that the code's mean foretells for each film."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        self._kept, self._network = once(
            _learn, corpus, **{name: settings[name] for name in ("code", "gamma", "epochs")}
        )

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        known = torch.tensor(tastes[:, self._kept].toarray(), dtype=torch.float32)
        with torch.no_grad():
            shares = torch.softmax(self._network(known, calculate_loss=False), dim=1)  # (people, kept)
        scores = np.zeros(tastes.shape)
        scores[:, self._kept] = shares.numpy()
        return scores


def fit_recvae(corpus: Corpus, settings: Hyperparameters) -> Peer:
    """Fit it, alone or over the floor."""
    return over_floor(corpus, RecVae(corpus, settings), settings["weight"])


def _learn(corpus: Corpus, *, code: int, gamma: float, epochs: int) -> tuple[NDArray[np.int64], Any]:
    """Return the films that it knows, as the network has them in order, and the network."""
    tastes = corpus_tastes(some_people(corpus), likes_only=True)
    films = most_liked(tastes, fewest=FEWEST_LIKES, most=MOST_MOVIES)
    people, places = tastes[:, films].nonzero()
    data = Dataset.from_uir(list(zip(people.tolist(), films[places].tolist(), np.ones(len(people)), strict=True)))
    torch.manual_seed(SEED)
    data.rng = np.random.RandomState(SEED)
    network = VAE(hidden_dim=HIDDEN, latent_dim=code, input_dim=data.num_items)
    library = RecVAE(seed=SEED, use_gpu=False)
    both = [torch.optim.Adam(part.parameters(), lr=RATE) for part in (network.encoder, network.decoder)]
    for _ in range(epochs):  # sections 3.4 and 3.5
        library.run(network, both[:1], data, BATCH, ENCODER_EPOCHS, None, gamma, ENCODER_DROPOUT)
        network.update_prior()
        library.run(network, both[1:], data, BATCH, DECODER_EPOCHS, None, gamma, 0)
    return np.array(list(data.iid_map), dtype=np.int64), network.eval()


# gamma is larger than the paper's .005, for people are a hundred times fewer; weights apart cost no learning.
GRID: list[Hyperparameters] = [
    {"code": 100, "gamma": gamma, "epochs": epochs, "weight": weight}
    for gamma in (0.005, 0.02, 0.05)
    for epochs in (15, 40)
    for weight in (None, 1.0, 2.0, 4.0, 8.0)
]
RECVAE = RankerEntry(fit_recvae, GRID)
