"""How sure: chances of a like, for newcomers at every rung and for known people beside the classic models.

Writes tables between its marks in docs/figures.md, and docs/reliability.svg beside it.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.likes_figure import draw_reliability
from benchmarks.likes_report import as_page, command, crowd_page, known_table, newcomer_table
from benchmarks.markdown import DOCS, FIGURES, write_between_marks
from bot.catalogue.movielens import read_movielens
from bot.commands.commit import find_commit
from bot.commands.progress import meter
from recommender.data.corpus import Corpus
from recommender.evaluation.ladder import FOLDS, RUNGS, split_people
from recommender.evaluation.likes import (
    FilmAndPersonMeans,
    LikeAnswers,
    LikeScorer,
    fit_and_judge,
    join_answers,
    split_last_ratings,
)
from recommender.evaluation.registry import known_rankers, load_entry
from recommender.evaluation.reports.likes import measure_rungs
from recommender.evaluation.reports.lists import describe_origin

OURS, MEANS = "embedding_mlp", "means of film and person"
PARTS = ("newcomers", "known")
Folds = dict[int, list[LikeAnswers]]  # a rung's answers, one a fold


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge chances of a like and write what came of it."""
    options = _parse(arguments)
    corpus = read_movielens(options.corpus)
    for part in options.parts:
        started, answers = time.monotonic(), dict[str, Folds]()
        if part == "known":
            table = judge_known(corpus)
        else:
            answers = judge_folds(corpus, options.folds, options.people)
            table = f"{newcomer_table(measure_rungs(answers[OURS], answers[MEANS]))}\n\n{crowd_page(answers[OURS])}"
        figures = {
            "corpus": Path(options.corpus).name,
            "people": options.people,
            **describe_origin(corpus, find_commit()),
        }
        page = as_page(part, table, {**figures, "minutes": round((time.monotonic() - started) / 60, 1)})
        print(page, flush=True)
        if options.write:
            _write(part, page, answers)


def _write(part: str, page: str, answers: Mapping[str, Folds]) -> None:
    write_between_marks(FIGURES, page, command(part))
    if answers:
        pooled = {name: {k: join_answers(each) for k, each in folds.items()} for name, folds in answers.items()}
        draw_reliability(pooled, DOCS / "reliability.svg")


def judge_folds(corpus: Corpus, folds: Sequence[int], people: str) -> dict[str, Folds]:
    """Train ours and the means fold by fold, and ask both about people who did not train."""
    scorers: dict[str, Callable[[Corpus], LikeScorer]] = {OURS: _train_ours, MEANS: FilmAndPersonMeans}
    answers = {name: {k: list[LikeAnswers]() for k in RUNGS} for name in scorers}
    with meter() as report:
        for done, fold in enumerate(folds):
            report(f"fold {fold + 1}", done, len(folds))
            split = split_people(corpus.user_count, fold)
            learners, judges = (split.train, split.test) if people == "test" else (split.tuning, split.validation)
            for name, fit in scorers.items():
                for k, judged in fit_and_judge(fit, corpus, learners, judges).items():
                    answers[name][k].append(judged)
    return answers


def judge_known(corpus: Corpus) -> str:
    """Ask ours, the means and the classic networks about the last ratings of people they know."""
    from benchmarks import likes_known, likes_peers
    from benchmarks.peers.courses import COURSES_LIKE

    judged = split_last_ratings(corpus)
    people, liked = corpus.user_rows[judged].astype(np.int64), corpus.stars[judged] >= COURSES_LIKE

    def answered(chances: Any) -> LikeAnswers:
        return LikeAnswers(people, np.clip(chances, 0, 1), liked)

    others = {MEANS: answered(likes_known.means_of(corpus))}
    ours = answered(likes_known.chances_of(corpus))
    with meter() as report:
        for done, name in enumerate(likes_peers.NETWORKS):
            report(name, done, len(likes_peers.NETWORKS))
            others[name] = answered(likes_peers.chances_of(name, corpus))
    return known_table(ours, others)


def _train_ours(corpus: Corpus) -> Any:
    entry = load_entry(known_rankers()[OURS])
    return entry.fit(corpus, entry.grid[0])


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks likes", description="Chances of a like: how sure, and how rightly."
    )
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), choices=range(FOLDS))
    parser.add_argument(
        "--people", default="test", choices=("test", "validation"), help="who judges newcomers' chances"
    )
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
