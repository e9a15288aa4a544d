"""`reelmate evaluate`: rankers on the cold-start ladder, fold by fold."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.catalogue.corpora import corpus_folder, list_corpora, load_corpus
from bot.catalogue.movielens import read_movielens
from bot.commands.commit import find_commit
from bot.commands.errors import CommandError
from bot.commands.folds import evaluate_folds
from bot.commands.invocation import Invocation
from bot.commands.output import print_json
from bot.commands.progress import Meter, meter
from bot.commands.results import print_results
from bot.commands.silence import silenced
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import FOLDS, RUNGS, count_newcomers
from recommender.evaluation.registry import OWN, known_rankers, load_entry
from recommender.evaluation.reports.lists import describe_origin, describe_rankers, pool_all

# Whom the others are compared with, where it is among them.
OURS: Final = "embedding_mlp"
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


def evaluate_rankers(
    invocation: Invocation,
    *,
    corpus: str | None,
    rankers: str | None,
    folds: int,
    people: int,
    as_json: bool,
    jobs: int = 1,
) -> None:
    """Print how good each ranker's lists are at every rung.

    Args:
        people: how many people judge in each fold at most; 0 for all.
        jobs: how many folds and rankers at a time, in processes of one thread each.

    Raises:
        CommandError: an unknown ranker, or no corpus.
        CatalogueError: the corpus cannot be read.
    """
    places, started = _parse_names(rankers), time.monotonic()
    with quiet(invocation):
        for place in places.values():
            load_entry(place)  # what is not installed shows before anything is learned
    source = find_source(invocation.settings().data_dir, corpus)
    with judging(invocation) as report:
        fold_results = evaluate_folds(places, source.corpus, folds, report, jobs=jobs, people=people or None)
    seconds = round(time.monotonic() - started, 1)
    subject = OURS if OURS in fold_results else next(iter(fold_results))
    if not sum(len(fold.result.user_ids) for fold in fold_results[subject]):
        raise CommandError(f"judging needs people {JUDGED} in the folds asked for. Received: none in {source.name}")
    if as_json:
        print_json({**source.origin(), "seconds": seconds, **describe_rankers(fold_results, subject)})
    else:
        print_results(pool_all(fold_results), subject, source.name, folds=folds, simulated=source.simulated)


def quiet(invocation: Invocation) -> AbstractContextManager[None]:
    """Return what keeps native libraries silent, unless --debug is asked for."""
    return nullcontext() if invocation.debug else silenced()


@contextmanager
def judging(invocation: Invocation) -> Iterator[Meter]:
    """Yield where judging says how far it is; native libraries keep quiet."""
    with quiet(invocation), meter() as report:
        yield report


def _parse_names(rankers: str | None) -> dict[str, str]:
    """Return the places of the rankers named; without names, of our own."""
    if rankers is None:
        return dict(OWN)
    known, names = known_rankers(), [name.strip() for name in rankers.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise CommandError(f"--rankers must be among {', '.join(known)}. Received: {', '.join(unknown) or 'nothing'}")
    return {name: known[name] for name in names}


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
