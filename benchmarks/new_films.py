"""Films nobody rated in training: what is said of them beside the genre prior, and how the novelty dial lists them.

Writes tables between its marks in docs/figures.md.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import BUILD
from benchmarks.markdown import FIGURES, as_table, say_difference, say_origin, write_between_marks
from bot.catalogue.movielens import read_movielens
from bot.commands.commit import find_commit
from bot.commands.progress import meter
from recommender.data.corpus import Corpus
from recommender.evaluation.bootstrap import Difference
from recommender.evaluation.ladder import FOLDS
from recommender.evaluation.new_films import NEW_SEED, NewFilmsResult, judge_new_films, pool_new_films
from recommender.evaluation.registry import load_entry, model_rankers
from recommender.evaluation.reports.lists import describe_origin
from recommender.evaluation.reports.new_films import describe_new_films

COMMAND: Final = "python -m benchmarks new_films"
OURS: Final = "embedding_mlp"


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge on the second ladder and write what came of it."""
    options = _parse(arguments)
    corpus, started = read_movielens(options.corpus), time.monotonic()
    result = evaluate_folds(corpus, options.folds, on_validation=options.people == "validation")
    figures = {
        "corpus": Path(options.corpus).name,
        "folds": len(options.folds),
        "judges": options.people,
        **describe_origin(corpus, find_commit()),
        **describe_new_films(result),
        "minutes": round((time.monotonic() - started) / 60, 1),
    }
    figures["seeds"] = {**figures["seeds"], "new_films": NEW_SEED}
    BUILD.mkdir(exist_ok=True)
    (BUILD / "new_films.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    page = as_page(figures)
    print(json.dumps(figures) if options.json else page)
    if options.write:
        write_between_marks(FIGURES, page, COMMAND)


def evaluate_folds(corpus: Corpus, folds: Sequence[int], *, on_validation: bool) -> NewFilmsResult:
    """Train ours without the new films, fold by fold, and judge it."""
    entry, results = load_entry(model_rankers()[OURS]), list[NewFilmsResult]()

    def fit(train: Corpus) -> Any:
        return entry.fit(train, entry.grid[0])

    with meter() as report:
        for done, fold in enumerate(folds):
            report(f"fold {fold + 1}", done, len(folds))
            results.append(judge_new_films(fit, corpus, fold, on_validation=on_validation))
    return pool_new_films(results)


def as_page(figures: Mapping[str, Any]) -> str:
    """Return both tables as Markdown, between what was measured and out of what."""
    films, share = figures["data"]["movies"], figures["natural_share"]
    head = (
        f"{round(share * films):,} of the {films:,} films of {figures['corpus']}, one of every ten neighbours in "
        f"number of ratings, lost all their ratings in training. {figures['people']} held-out people in "
        f"{figures['folds']} folds rated them {figures['ratings']:,} times after their first 20 ratings of others. "
        "Differences with the 95 % bootstrap interval, people resampled."
    )
    note = (
        f"With the novelty dial turned, over all films, mean over the rungs; {100 * share:.1f} % of the catalogue is "
        "new. The ladder looks for films that people met and liked, so a list of films that few meet must lose on it."
    )
    calibration = (
        "Chances of new films come out low where `mean chance` is below `liked`: a film that nobody rated in training "
        "is taken for as little known as such films are, and these were drawn from all, the best known among them."
    )
    tables = [_auc_cells(figures["rungs"]), *_known(figures["known"]), calibration, note, _dial(figures["dial"])]
    return "\n\n".join(["## New films", head, *tables, say_origin(figures, COMMAND)])


def _known(known: Mapping[str, Any]) -> list[str]:
    """Return the table of films whose content is known, under what it is; nothing where there is none."""
    if not known["rungs"]:
        return []
    head = (
        f"The same for those new films alone of which the starter knows tags, people and country: {known['people']} "
        f"people, {known['ratings']:,} ratings. That a film is one of the starter's tells nothing among these."
    )
    return [head, _auc_cells(known["rungs"])]


def _auc_cells(rungs: Sequence[Mapping[str, Any]]) -> str:
    head = ["k", "AUC", "genre prior", "ahead by", "per person", "genre prior", "ahead by", "calibration error", "its"]
    head += ["mean chance", "liked"]
    return as_table(head, [_area_row(rung) for rung in rungs])


def _area_row(rung: Mapping[str, Any]) -> list[str]:
    ours, prior = rung["ours"], rung["genre_prior"]
    areas = [
        cell
        for metric in ("auc", "person_auc")
        for cell in (f"{ours[metric]:.3f}", f"{prior[metric]:.3f}", _say(rung[f"{metric}_difference"]))
    ]
    errors = [f"{each['calibration_error']:.3f}" for each in (ours, prior)]
    return [str(rung["k"]), *areas, *errors, f"{rung['mean_chance']:.3f}", f"{rung['liked_share']:.3f}"]


def _dial(stands: Sequence[Mapping[str, Any]]) -> str:
    head = ["dial", "new films in the list", "NDCG@10", "hit rate", "NDCG against 0"]
    return as_table(head, [_dial_row(stand) for stand in stands])


def _dial_row(stand: Mapping[str, Any]) -> list[str]:
    means = [f"{100 * stand['new_share'][-1]:.1f} %", f"{stand['ndcg'][-1]:.3f}", f"{stand['hit'][-1]:.3f}"]
    return [f"{stand['novelty']:g}", *means, _say(stand["ndcg_difference"])]


def _say(difference: Mapping[str, float]) -> str:
    return say_difference(Difference(**difference), digits=3)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks new_films", description="What is said of films nobody rated.")
    corpus = os.environ.get("REELMATE_MOVIELENS")
    parser.add_argument("--corpus", default=corpus, required=not corpus, help="a MovieLens folder or zip")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), choices=range(FOLDS))
    parser.add_argument("--people", default="test", choices=("test", "validation"), help="who judges")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, but leave docs/ as it is")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
