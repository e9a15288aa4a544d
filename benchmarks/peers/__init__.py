"""Other people's rankers, from their own libraries, as entries for the ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PEERS: Final[Mapping[str, str]] = {
    "item_knn": "benchmarks.peers.item_knn:ITEM_KNN",
    "ease": "benchmarks.peers.ease:EASE",
    "ease_with_genres": "benchmarks.peers.ease:EASE_WITH_GENRES",
    "slim": "benchmarks.peers.slim:SLIM",
    "mult_vae": "benchmarks.peers.mult_vae:MULT_VAE",
    "recvae": "benchmarks.peers.recvae:RECVAE",
    "cornac_sasrec": "benchmarks.peers.cornac_sasrec:CORNAC_SASREC",
    "ials": "benchmarks.peers.ials:IALS",
    "bpr": "benchmarks.peers.bpr:BPR",
    "lightfm_warp": "benchmarks.peers.lightfm_warp:LIGHTFM_WARP",
    "biased_mf": "benchmarks.peers.biased_mf:BIASED_MF",
    "genres_and_ials": "benchmarks.peers.blends:GENRES_AND_IALS",
    "genres_and_item_knn": "benchmarks.peers.blends:GENRES_AND_ITEM_KNN",
    "window_popularity": "benchmarks.peers.timed:WINDOW_POPULARITY",
    "recent_popularity": "benchmarks.peers.timed:RECENT_POPULARITY",
    "window_and_item_knn": "benchmarks.peers.timed:WINDOW_AND_ITEM_KNN",
    "courses": "benchmarks.peers.courses:COURSES",
    "courses_reranking": "benchmarks.peers.courses:COURSES_RERANKING",
}

# Those whose libraries want PyTorch, which brings all of CUDA along: they run in an environment of their own, by name.
IN_TORCH: Final = frozenset({"recvae", "cornac_sasrec"})

# Our own ranker with less than it has in the product: beside the peers, but none of them.
OURS_WITH_LESS: Final[Mapping[str, str]] = {"embedding_mlp_without_times": "benchmarks.timeless:TIMELESS"}

__all__ = ["IN_TORCH", "OURS_WITH_LESS", "PEERS"]
