"""`reelmate evaluate --served --on CORPUS`: the published model before people of another corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.commands.data.database import open_store
from bot.settings import Settings
from bot.storage import CatalogueMovie
from recommender.ranking.bundle import BundleStore
from tests.bot.catalogue.releases import PEOPLE, write_csv_layout, write_tab_layout
from tests.bot.commands.complaint import complaint
from tests.recommender.contract import MOVIE_COUNT, contract_corpus
from tests.recommender.tiny import tiny_files, tiny_manifest


@pytest.fixture
def published(migrated: Path) -> Path:
    """Return a data directory with 60 films of the releases' names, and a model of them."""
    with open_store(Settings(data_dir=migrated)) as store:
        store.write(lambda tx: tx.movies.upsert_all(list(map(CatalogueMovie, contract_corpus().movies)))).result()
    BundleStore(migrated / "bundles").publish(tiny_files(), _manifest("simulated"), "20260101-000000")
    return migrated


def _manifest(source: str) -> dict[str, Any]:
    return {**tiny_manifest(), "data": {"sources": {source: {"people": 40, "ratings": 900}}}}


def judged(folder: Path, on: Path | str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert invoke(["--data-dir", str(folder), "evaluate", "--served", "--on", str(on), "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.tensorflow
@pytest.mark.parametrize("write", [write_csv_layout, write_tab_layout])
def test_a_release_judges_as_it_lies_films_matched_by_title_and_year(
    write: Any, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = judged(published, write(tmp_path / "ml-100k"), capsys)
    assert answer["version"] == "20260101-000000"
    assert answer["shared_films"] == MOVIE_COUNT - 1  # theirs are 1 to 60, ours 0 to 59
    assert 0.8 * PEOPLE <= answer["people"] <= PEOPLE
    assert list(answer["rankers"]) == ["model", "starter_popularity", "corpus_popularity"]
    assert answer["rungs"] == [0, 1, 3, 5, 10, 20]
    for row in answer["rankers"].values():
        assert row.keys() == {"ndcg", "recall", "hit", "mrr", "mean_over_rungs"}
        assert all(0 <= figure["mean"] <= 1 for figure in row["ndcg"])
    # Likes follow how well known a film is, as the model and the corpus know; no film of these is the starter's.
    means = {name: row["mean_over_rungs"]["ndcg"]["mean"] for name, row in answer["rankers"].items()}
    assert means["corpus_popularity"] > means["starter_popularity"]
    assert answer["differences"]["of"] == "model"
    assert list(answer["differences"]["from"]) == ["starter_popularity", "corpus_popularity"]


@pytest.mark.tensorflow
def test_a_stored_corpus_judges_by_our_ids_and_people_may_be_fewer(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = write_csv_layout(tmp_path / "ml-others")
    as_it_lies = judged(published, release, capsys)
    assert invoke(["--data-dir", str(published), "import", "movielens", str(release)]) == 0
    capsys.readouterr()
    stored = judged(published, "ml-others", capsys)
    assert stored["rankers"] == as_it_lies["rankers"]
    asked = ["evaluate", "--served", "--on", "ml-others", "--people", "7"]
    assert invoke(["--data-dir", str(published), *asked]) == 0
    printed = capsys.readouterr().out
    assert "20260101-000000 on ml-others: 7 people it has never seen, who rate today, by 59 films both have" in printed
    assert "NDCG@10" in printed
    assert "model minus each of the others" in printed


@pytest.mark.tensorflow
def test_who_trained_the_model_does_not_judge_it(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    BundleStore(published / "bundles").publish(tiny_files(), _manifest("ml-seen"), "20260201-000000")
    release = write_csv_layout(tmp_path / "ml-seen")
    assert invoke(["--data-dir", str(published), "evaluate", "--served", "--on", str(release)]) == 1
    assert "Received: ml-seen, which it learned from" in complaint(capsys)


@pytest.mark.tensorflow
def test_people_who_trained_under_another_name_do_not_judge(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = write_csv_layout(tmp_path / "ml-copy")
    everybody = judged(published, release, capsys)
    header, *lines = (release / "ratings.csv").read_text().splitlines()
    half = [line for line in lines if int(line.partition(",")[0]) % 2]
    renamed = [f"{int(line.partition(',')[0]) + 500},{line.partition(',')[2]}" for line in half]
    seen = write_csv_layout(tmp_path / "ml-seen")
    (seen / "ratings.csv").write_text("\n".join([header, *renamed]) + "\n")
    assert invoke(["--data-dir", str(published), "import", "movielens", str(seen)]) == 0
    BundleStore(published / "bundles").publish(tiny_files(), _manifest("ml-seen"), "20260201-000000")
    capsys.readouterr()
    assert judged(published, release, capsys)["people"] <= everybody["people"] - PEOPLE // 2 + 2
    (release / "ratings.csv").write_text("\n".join([header, *half]) + "\n")
    assert invoke(["--data-dir", str(published), "evaluate", "--served", "--on", str(release)]) == 1
    assert f"all of whose {PEOPLE // 2} people it learned from" in complaint(capsys)


@pytest.mark.tensorflow
def test_a_corpus_that_shares_nothing_is_one_clear_line(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release = write_csv_layout(tmp_path / "ml-odd")
    movies = (release / "movies.csv").read_text()
    (release / "movies.csv").write_text(movies.replace("Film ", "Picture "))
    assert invoke(["--data-dir", str(published), "evaluate", "--served", "--on", str(release)]) == 1
    assert "Received: none of 0 over 0 shared films" in complaint(capsys)


def test_without_a_model_it_says_what_to_do(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(migrated), "evaluate", "--served", "--on", "ml-small"]) == 1
    assert complaint(capsys).endswith("there is no published model yet. Run `reelmate retrain`.")


@pytest.mark.parametrize(
    "asked",
    [["--served"], ["--on", "x"], ["--served", "--on", "x", "--new-films"], ["--served", "--on", "x", "--jobs", "2"]],
)
def test_it_takes_a_corpus_and_nothing_of_the_ladder(
    asked: list[str], migrated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(migrated), "evaluate", *asked]) == 2
    assert "--served needs --on CORPUS" in complaint(capsys)
