"""Everybody's ratings that a training may learn from, split by who trains and who judges."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.catalogue.corpora import CorpusCard, corpus_folder, list_corpora, load_corpus, load_tags
from bot.catalogue.film_content import content_of
from bot.catalogue.same_people import find_same_people, join_identities
from bot.catalogue.tag_rows import NOBODY, TagRows, join_tags, no_tags
from bot.settings import Settings
from bot.storage import Store, TrainingRatings
from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import Movie, MovieId, UserId
from recommender.errors import CorpusError
from recommender.evaluation.gate import FEWEST_JUDGES
from recommender.evaluation.ladder import newcomer_rows, refuse_judges

# One person in ten judges and never trains; who is a keyed hash of their id, the same in every run.
JUDGES: Final = 10
FOLD_KEY: Final = b"reelmate held-out people"
# More judges than this do not narrow an interval that is already narrow; those who came last stay.
MOST_JUDGES: Final = 1_000
# Simulated people are alike: few of them show what a ranker makes of all.
MOST_SIMULATED_JUDGES: Final = 100
# From so many real people on, and FEWEST_JUDGES who can judge among them, simulated ones neither train nor judge.
REAL_PEOPLE: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """Everybody's ratings over the bot's catalogue, split by who judges.

    Attributes:
        sources: ratings and people by corpus, for the report; people of several corpora under the first.
        real_people: how many are not simulated.
        simulated_judges: whether simulated people are among those who judge.
        gathered_at: when it was gathered, seconds since 1970 UTC.
        taught_by: who of the chat is among those who train.

    Raises:
        CorpusError: somebody is on both sides.
    """

    train: Corpus
    judges: Corpus
    sources: dict[str, dict[str, int]]
    real_people: int
    simulated_judges: bool
    gathered_at: int
    taught_by: frozenset[UserId] = frozenset()

    def __post_init__(self) -> None:
        refuse_judges(self.train, self.judges.user_ids)


def gather(settings: Settings, store: Store) -> TrainingSet:
    """Return what to learn from: imported corpora, consenting people, and simulated people while real ones are few.

    Raises:
        CorpusError: no corpus and no consenting person's rating.
    """
    now = int(time.time())
    ratings, movies, twins, facts = store.read(
        lambda tx: (tx.ratings.training(), tx.movies.all(), tx.twins.kept_by_gone(), tx.facts.all())
    )
    cards = list_corpora(settings.data_dir)
    parts = [_chat_part(ratings)] if len(ratings) else []
    parts += _known_once([_corpus_part(settings.data_dir, card, twins) for card in cards if not card.simulated])
    real = len(np.unique(np.concatenate([part.user_ids for part in parts]))) if parts else 0
    corpus = _join(movies, parts) if real >= REAL_PEOPLE else None
    simulated = [card for card in cards if card.simulated]
    if corpus is None or len(_judges(corpus)) < FEWEST_JUDGES:
        parts += [_corpus_part(settings.data_dir, card, twins) for card in simulated]
        corpus = _join(movies, parts)
    else:
        simulated = []
    corpus = corpus.knowing(content_of(movies, _tags(settings.data_dir, cards), facts))
    judging = _is_judging(corpus)
    if judging.all() or not judging.any():
        counted = f"{corpus.user_count} {'person' if corpus.user_count == 1 else 'people'}"
        raise CorpusError(f"training needs people to learn from and others to judge. Received: {counted}")
    sources = _count_sources(parts)
    most = MOST_SIMULATED_JUDGES if simulated else MOST_JUDGES
    train, judges = corpus.only(np.flatnonzero(~judging)), corpus.only(_newest(corpus, _judges(corpus), most))
    return TrainingSet(train, judges, sources, real, bool(simulated), now, _taught_by(ratings, train))


def is_held_out(corpus: str, user_ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return who of a corpus of that name judges trainings, where nobody is known under another id.  (users,)"""
    return np.asarray(_own_ids(corpus, user_ids) % JUDGES == 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Ratings of one source, people under ids that no other source has.  (ratings,) each"""

    name: str
    user_ids: NDArray[np.int64]
    movie_ids: NDArray[np.int64]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]


def _taught_by(ratings: TrainingRatings, train: Corpus) -> frozenset[UserId]:
    people = np.unique(ratings.user_ids)
    trained = np.isin(_own_ids("chat", people), train.user_ids)
    return frozenset(UserId(person) for person in people[trained].tolist())


def _chat_part(ratings: TrainingRatings) -> _Part:
    users = _own_ids("chat", ratings.user_ids)
    return _Part("chat", users, ratings.movie_ids, ratings.stars, ratings.times)


def _corpus_part(data_dir: Path, card: CorpusCard, twins: Mapping[MovieId, MovieId]) -> _Part:
    """Return the ratings of a corpus, those of twins under the film that stayed."""
    corpus = load_corpus(corpus_folder(data_dir, card.name))
    ids = np.array([twins.get(movie.id, movie.id) for movie in corpus.movies], dtype=np.int64)
    users = _own_ids(card.name, corpus.user_ids)[corpus.user_rows]
    return _Part(card.name, users, ids[corpus.movie_rows], corpus.stars, corpus.times)


def _tags(data_dir: Path, cards: Sequence[CorpusCard]) -> TagRows:
    """Return the tags of all corpora but those that people gave who judge."""
    parts = [no_tags()]
    for card in cards:
        tags = load_tags(corpus_folder(data_dir, card.name))
        is_judging = (tags.user_ids != NOBODY) & (_own_ids(card.name, tags.user_ids) % JUDGES == 0)  # (tags,)
        parts.append(tags.keeping(~is_judging))
    return join_tags(parts)


def _known_once(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts with one id for whoever is in several, so that nobody counts twice or trains and judges.

    Who trains under any of their ids trains: models that stand have learned from them.
    """
    twice = [find_same_people(one, other) for one, other in combinations(parts, 2)]
    id_of = dict[int, int]()
    for ids in join_identities([pair for pairs in twice for pair in pairs]):
        id_of |= dict.fromkeys(ids, min(ids, key=lambda user: (user % JUDGES == 0, user)))
    return [replace(part, user_ids=_renamed(part.user_ids, id_of)) for part in parts]


def _renamed(user_ids: NDArray[np.int64], id_of: Mapping[int, int]) -> NDArray[np.int64]:
    unique, places = np.unique(user_ids, return_inverse=True)
    return np.array([id_of.get(user, user) for user in unique.tolist()], dtype=np.int64)[places]


def _count_sources(parts: Sequence[_Part]) -> dict[str, dict[str, int]]:
    """Return ratings and people by source; who was in one before is not counted again."""
    sources, met = dict[str, dict[str, int]](), np.empty(0, dtype=np.int64)
    for part in parts:
        people = np.setdiff1d(part.user_ids, met)
        sources[part.name] = {"people": len(people), "ratings": len(part.user_ids)}
        met = np.union1d(met, people)
    return sources


def _own_ids(source: str, user_ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ids that are the same in every run and tell sources apart: a hash of source and id."""
    unique, places = np.unique(user_ids, return_inverse=True)
    hashed = np.array([_hash(f"{source}:{user}".encode()) for user in unique], dtype=np.int64)
    return hashed[places]


def _hash(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=8, key=FOLD_KEY).digest()[:8], "big") >> 1


def _is_judging(corpus: Corpus) -> NDArray[np.bool_]:
    """Return who is kept from training to judge.  (users,)"""
    return np.asarray(corpus.user_ids % JUDGES == 0)


def _judges(corpus: Corpus) -> NDArray[np.int64]:
    """Return the rows of those of them who rated enough to judge, ascending."""
    return np.intersect1d(np.flatnonzero(_is_judging(corpus)), newcomer_rows(corpus))


def _newest(corpus: Corpus, rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return those of these people who came last: they are the most like those who come next.  (people,)"""
    came = corpus.times[corpus.starts[rows]]
    return np.sort(rows[np.argsort(-came, kind="stable")[:most]])


def _join(movies: Sequence[Movie], parts: Sequence[_Part]) -> Corpus:
    """Return one corpus over the catalogue; ratings of films that left it are dropped.

    Raises:
        CorpusError: no part.
    """
    if not parts:
        raise CorpusError("training needs ratings: run `reelmate import starter` first. Received: none")
    known = np.array([movie.id for movie in movies], dtype=np.int64)
    users, ids, stars, times = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("user_ids", "movie_ids", "stars", "times")
    )
    kept = np.isin(ids, known)
    return build_corpus(movies, users[kept], ids[kept], stars[kept], times[kept])
