"""A bundle's files as the ranker that serves, tried out."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from typing import IO, Any, Final

from recommender.data.catalogue import Catalogue
from recommender.domain import Movie, MovieId
from recommender.ranking.calibration import Calibration
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES, Retrieval
from recommender.ranking.table_file import check_headers, read_tables
from recommender.ranking.trial import try_out
from recommender.ranking.wildcard_policy import FEATURES, WildcardPolicy

# What features were called in bundles published before they had their present names.
RENAMED_FEATURES: Final = {"generosity": "user_bias", "star_generosity": "user_star_bias"}
# What bundles had that were published before films were told apart by content: a network takes the first ones.
OLDER_PAIR_FEATURES: Final = PAIR_FEATURES[: PAIR_FEATURES.index("content_ratings")]
# What damaged or foreign contents raise on their way to a ranker.
UNFIT: Final = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zipfile.BadZipFile,
)


def check_tables(tables: IO[bytes], movies: bytes) -> None:
    """Make sure that a file of tables is made for these films, before its contents take memory.

    Raises:
        Exception: one of UNFIT.
    """
    check_headers(tables, len(json.loads(movies)))


def unpack(network: bytes, tables: bytes, movies: bytes, manifest: Mapping[str, Any], version: str) -> Ranker:
    """Return the ranker of these contents; it answered well.

    Raises:
        BundleError: it did not.
        Exception: one of UNFIT, for contents that are no ranker.
    """
    pairs, of_person = ([RENAMED_FEATURES.get(name, name) for name in names] for names in manifest["features"])
    if pairs not in (list(PAIR_FEATURES), list(OLDER_PAIR_FEATURES)) or of_person != list(PERSON_FEATURES):
        raise ValueError("features of another version")
    calibration = Calibration(**manifest["calibration"])
    catalogue = Catalogue(
        [Movie(MovieId(movie_id), title, year, tuple(genres)) for movie_id, title, year, genres in json.loads(movies)]
    )
    retrieval = Retrieval(catalogue, read_tables(io.BytesIO(tables), len(catalogue)))
    is_simulated = manifest.get("real_people") == 0
    wildcards = read_policy(manifest)
    ranker = Ranker(retrieval, network, calibration, version, is_simulated=is_simulated, wildcards=wildcards)
    try_out(ranker, manifest)
    return ranker


def read_policy(manifest: Mapping[str, Any]) -> WildcardPolicy:
    """Return how wildcards are drawn by what a manifest says; as if nothing were learned where it says nothing of it.

    Raises:
        Exception: one of UNFIT.
    """
    learned = manifest.get("wildcards")
    if learned is None:
        return WildcardPolicy()
    return WildcardPolicy(tuple(float(learned["weights"][name]) for name in FEATURES))
