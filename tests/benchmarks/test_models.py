"""The board: what is measured is kept and not measured again, and tables and fronts say what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.board import Hall, Task, Work, measure
from benchmarks.board.figure import Point, draw_fronts, front
from benchmarks.board.report import as_page, complete, proven_better
from benchmarks.models import default_names, list_tasks, measure_all
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import FLOORS, known_rankers, model_rankers
from recommender.evaluation.reports.lists import describe_origin
from tests.recommender.turns import people_in_turn

NAMES = ("popular_in_genres", "most_popular")
PLACES = {name: FLOORS[name] for name in NAMES}
TASKS = list_tasks(PLACES, ("people", "rolling", "new"), (0, 1))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return people_in_turn(60)


@pytest.fixture
def hall(corpus: Corpus) -> Hall:
    return Hall(corpus, "test", 100)


def read_all(work: Work, tasks: list[Task]) -> dict[Task, Any]:
    return {task: found for task in tasks if (found := work.read(task)) is not None}


def test_rankers_come_one_after_another_and_new_films_are_for_networks() -> None:
    assert [Task(name, part, fold) for name in NAMES for part in ("people", "rolling") for fold in (0, 1)] == TASKS
    names = default_names()
    assert names[0] == "embedding_mlp"
    assert len(set(names)) == len(names)
    assert set(names) == known_rankers().keys() - {"embedding_mlp_without_times"}
    networks = {task.name for task in list_tasks(known_rankers(), ("new",), (0,))}
    assert networks == model_rankers().keys()


def test_what_is_kept_is_not_measured_again(hall: Hall, tmp_path: Path) -> None:
    work = Work.of(hall, tmp_path)
    measure_all(TASKS[:1], PLACES, hall, work)
    file = work.folder / TASKS[0].file
    file.write_text(file.read_text().replace('"is_served": true', '"is_served": "kept"'))
    measure_all(TASKS, PLACES, hall, work)
    measured = read_all(work, TASKS)
    assert measured.keys() == set(TASKS)
    assert [found["is_served"] for found in measured.values()].count("kept") == 1
    assert not list(work.folder.glob("*.part"))


def test_half_a_file_and_another_versions_are_measured_anew(hall: Hall, tmp_path: Path) -> None:
    work = Work.of(hall, tmp_path)
    work.folder.mkdir()
    for task, text in zip(TASKS, ('{"schema_ver', json.dumps({"schema_version": 0})), strict=False):
        (work.folder / task.file).write_text(text)
        assert work.read(task) is None


def test_another_corpus_other_judges_and_learners_have_folders_of_their_own(corpus: Corpus, tmp_path: Path) -> None:
    fewer = corpus.only(np.arange(50))
    halls = [Hall(corpus, "test", 9), Hall(corpus, "validation", 9), Hall(corpus, "test", 8), Hall(fewer, "test", 9)]
    assert len({Work.of(each, tmp_path).folder for each in halls}) == 4


def test_what_cannot_be_measured_is_said_and_the_rest_goes_on(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = Work.of(hall, tmp_path)
    places = {"oracle": "benchmarks.peers.no_such_library:ORACLE", **PLACES}
    measure_all([Task("oracle", "people", 0), TASKS[0]], places, hall, work)
    assert "oracle, people 0: oracle needs the extra `bench`" in capsys.readouterr().err
    assert work.read(TASKS[0]) is not None


def test_validation_people_judge_rankers_that_they_did_not_teach(corpus: Corpus) -> None:
    hall = Hall(corpus, "validation", 100)
    exam, tested = hall.exam("people", 0), Hall(corpus, "test", 100).exam("people", 0)
    assert not np.isin(exam.ladder.user_ids, tested.ladder.user_ids).any()
    assert not np.isin(exam.ladder.user_ids, exam.train.user_ids).any()
    found = measure(hall, PLACES["popular_in_genres"], "people", 0, lambda note: None)
    assert found["user_ids"] == exam.ladder.user_ids.tolist()


def test_the_page_has_who_is_measured_on_all_folds_best_first(hall: Hall, corpus: Corpus, tmp_path: Path) -> None:
    work = Work.of(hall, tmp_path)
    measure_all(TASKS, PLACES, hall, work)
    measured = read_all(work, TASKS)
    shipped = {Task("embedding_mlp", task.part, task.fold): found for task, found in measured.items()}
    measured = {**measured, **shipped, Task("half", "people", 0): measured[TASKS[0]]}
    names = ["embedding_mlp", *NAMES, "half"]
    assert complete(measured, "people", names, (0, 1)) == names[:3]
    figures = {"corpus": "toys", "judges": "test", **describe_origin(corpus, "0123456789ab")}
    page = as_page(measured, names, (0, 1), figures)
    assert "### The ordinary ladder" in page
    assert "### The rolling ladder" in page
    assert "| half" not in page
    first = page.partition("### The ordinary ladder")[2].partition("### ")[0]
    means = [float(row.split(" | ")[7]) for row in first.splitlines() if row.count("|") == 11 and "0." in row]
    assert len(means) == 3
    assert means == sorted(means, reverse=True)
    assert "| popular_in_genres | –" in page.partition("### What else")[2]


def test_what_ships_stays_until_another_is_proven_better(hall: Hall) -> None:
    found = measure(hall, PLACES["popular_in_genres"], "rolling", 0, lambda note: None)
    people = np.arange(40) % 4 / 10
    worse, level, better = ({**found, "shown": shown_alike(people + more)} for more in (-0.1, 0.0, 0.1))
    models = {"embedding_mlp": level, "mf": better, "fm": worse, "popular_in_genres": better}
    measured = {Task(name, "rolling", 0): each for name, each in models.items()}
    assert proven_better(measured, list(models), (0,))[0].endswith("Proven so: mf.")
    assert proven_better(measured, ["embedding_mlp", "fm"], (0,))[0].endswith("Proven so: none.")
    assert proven_better(measured, ["mf", "fm"], (0,)) == []


def shown_alike(people: NDArray[np.float64]) -> dict[str, list[list[float]]]:
    """Return lists that are worth the same to a person at every rung and in every metric.  people: (people,)"""
    return {metric: [people.tolist()] * 6 for metric in ("ndcg", "recall", "hit")}


def test_nobody_on_the_front_is_both_dearer_and_worse() -> None:
    points = [Point(1, 0.2, "cheap", True), Point(2, 0.1, "bad", True), Point(3, 0.4, "good", True)]
    points += [Point(3, 0.3, "worse", False), Point(9, 0.4, "dear", False)]
    assert [point.name for point in front(points)] == ["cheap", "good"]


@pytest.mark.long("two diagrams are drawn")
def test_fronts_are_the_same_bytes_twice(hall: Hall, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `bench`")
    work = Work.of(hall, tmp_path / "work")
    measure_all(TASKS, PLACES, hall, work)
    for name in ("one.svg", "two.svg"):
        draw_fronts(read_all(work, TASKS), NAMES, (0, 1), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert "popular_in_genres" in (tmp_path / "one.svg").read_text(encoding="utf-8")


@pytest.mark.tensorflow
@pytest.mark.long("two networks are trained")
def test_networks_of_one_exam_learn_from_the_same_and_everything_is_measured_of_them(corpus: Corpus) -> None:
    hall, known = Hall(corpus, "test", 60), known_rankers()
    lists = measure(hall, known["mf"], "people", 0, lambda note: None)
    assert np.array(lists["shown"]["ndcg"]).shape == (6, len(lists["user_ids"]))
    assert lists["is_served"] is True
    assert len(lists["likes"]["log_loss"]) == 6
    assert min(lists["train_s"], lists["list_ms"], lists["parameters"], lists["bundle_bytes"]) > 0
    learned = hall._learned[("people", 0)]
    measure(hall, known["neural_cf"], "people", 0, lambda note: None)
    assert hall._learned[("people", 0)] is learned
    new = measure(hall, known["mf"], "new", 0, lambda note: None)
    assert 0 <= new["share"] <= 1
    assert 0 <= new["auc"] <= 1
