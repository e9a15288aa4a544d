"""The corpus that rankers are judged on: stored, or a MovieLens release as it lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.catalogue.corpora import corpus_folder, list_corpora, load_corpus
from bot.catalogue.movielens import read_movielens
from bot.commands.commit import find_commit
from bot.commands.errors import CommandError
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import FOLDS, RUNGS, count_newcomers
from recommender.evaluation.reports.lists import describe_origin

JUDGED: Final = f"with more than {max(RUNGS)} ratings and a later like"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A corpus to judge on, as the reader knows it."""

    name: str
    simulated: bool
    corpus: Corpus

    def origin(self) -> dict[str, Any]:
        """Return what every report begins with: which data, out of what it was made."""
        return {"corpus": self.name, "simulated": self.simulated, **describe_origin(self.corpus, find_commit())}


def find_source(data_dir: Path, corpus: str | None) -> Source:
    """Return the corpus named or lying at that path; without one, the largest stored, real people before simulated.

    Raises:
        CommandError: no corpus, or one in which nobody could be judged, before anything is learned from it.
        CatalogueError: the corpus cannot be read.
    """
    source = _read_source(data_dir, corpus)
    people = source.corpus.user_count
    if people < FOLDS:
        raise CommandError(f"judging needs at least {FOLDS} people. Received: {people} in {source.name}")
    if not count_newcomers(source.corpus):
        raise CommandError(f"judging needs people {JUDGED}. Received: none of {people} in {source.name}")
    return source


def _read_source(data_dir: Path, corpus: str | None) -> Source:
    stored = {card.name: card for card in list_corpora(data_dir)}
    if corpus is None:
        if not stored:
            raise CommandError("there is no corpus yet. Name one with --corpus, or run `reelmate import starter`.")
        corpus = max(stored.values(), key=lambda card: (not card.simulated, card.rating_count)).name
    if corpus in stored:
        return Source(corpus, stored[corpus].simulated, load_corpus(corpus_folder(data_dir, corpus)))
    return Source(Path(corpus).absolute().name, False, read_movielens(corpus))
