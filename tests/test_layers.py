"""The layers hold, and a planted violation of each contract is caught."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "recommender", "migrations")

WINGS = [f"recommender/{name}" for name in ("data", "ranking", "training", "evaluation", "evaluation/reports")]
COMMANDS = ["bot/commands", *(f"bot/commands/{name}" for name in ("data", "evaluate", "models", "run", "tune"))]
INDEXED = [*WINGS, "bot/retraining", "bot/logs", "bot/vitals", "bot/web", *COMMANDS]
HEAVY = ("tensorflow", "keras", "pandas", "pyarrow", "matplotlib", "scipy")

# The contract, the module that breaks it, and the line that does.
VIOLATIONS = (
    ("bot imports recommender, never the reverse", "recommender/data/corpus.py", "import bot.outgoing"),
    ("the layers of bot", "bot/outgoing.py", "import bot.callbacks"),
    ("the layers of bot", "bot/settings.py", "import bot.storage"),
    ("the layers of bot", "bot/storage/__init__.py", "import bot.messages"),
    ("the layers of bot", "bot/service/__init__.py", "import bot.handlers"),
    ("the layers of bot", "bot/retraining/run.py", "import bot.delivery"),
    ("the layers of bot", "bot/unplaced.py", "import bot.settings"),
    ("the wings of recommender", "recommender/domain.py", "import recommender.data.corpus"),
    ("the wings of recommender", "recommender/data/corpus.py", "import recommender.ranking.features"),
    ("the wings of recommender", "recommender/ranking/ranker.py", "import recommender.training.tables"),
    ("the wings of recommender", "recommender/training/training.py", "import recommender.evaluation.ladder"),
    ("the wings of recommender", "recommender/unplaced.py", "import recommender.domain"),
    ("inside data", "recommender/data/corpus.py", "import recommender.data.catalogue"),
    ("inside data", "recommender/data/unplaced.py", "import recommender.domain"),
    ("inside ranking", "recommender/ranking/features.py", "import recommender.ranking.ranker"),
    ("inside ranking", "recommender/ranking/unplaced.py", "import recommender.domain"),
    ("inside training", "recommender/training/content.py", "import recommender.training.tables"),
    ("inside training", "recommender/training/unplaced.py", "import recommender.domain"),
    ("inside evaluation", "recommender/evaluation/ladder.py", "import recommender.evaluation.gate"),
    ("inside evaluation", "recommender/evaluation/unplaced.py", "import recommender.domain"),
    ("the sandbox imports nothing of ours", "bot/sandbox/__init__.py", "import recommender.domain"),
    ("only the command line imports the sandbox", "bot/app.py", "import bot.sandbox"),
    ("no modules of the service import one another in a circle", "bot/service/films.py", "import bot.service.cards"),
    (
        "the telegram library stays in app, jobs, handlers, delivery and intake",
        "bot/service/__init__.py",
        "from telegram import Bot",
    ),
    ("SQLAlchemy and Alembic stay in storage and migrations", "bot/service/__init__.py", "import sqlalchemy"),
    ("Keras and TensorFlow stay in training", "recommender/ranking/ranker.py", "import keras"),
    (
        "Keras and TensorFlow stay in training",
        "bot/retraining/run.py",
        "def late():\n    import tensorflow",
    ),
    (
        "the bot process never imports Keras or TensorFlow",
        "bot/service/service.py",
        "import recommender.training.training",
    ),
)


@pytest.mark.processes
def test_every_contract_holds() -> None:
    report = run_linter(ROOT)
    assert report.returncode == 0, report.stdout


def test_every_contract_has_a_planted_violation() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["name"] for contract in config["tool"]["importlinter"]["contracts"]}
    assert contracts == {name for name, _, _ in VIOLATIONS}


Violation = tuple[str, str, str]
Reports = Callable[[tuple[Violation, ...]], subprocess.CompletedProcess[str]]


def batches() -> list[tuple[Violation, ...]]:
    """Part the violations into trees; no two in a tree break the same contract or lie in the same file."""
    trees: list[list[Violation]] = []
    for violation in VIOLATIONS:
        tree = next((tree for tree in trees if all(not {*violation[:2]} & {*other[:2]} for other in tree)), None)
        if tree is None:
            trees.append(tree := [])
        tree.append(violation)
    return [tuple(tree) for tree in trees]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Return the linter's report on a tree with these violations planted, made once for each."""

    @cache
    def report_on(planted: tuple[Violation, ...]) -> subprocess.CompletedProcess[str]:
        tree = tmp_path_factory.mktemp("planted")
        for package in PACKAGES:
            shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", tree)
        for _, module, line in planted:
            with (tree / module).open("a", encoding="utf-8") as source:
                source.write(f"\n{line}\n")
        return run_linter(tree)

    return report_on


@pytest.mark.processes
@pytest.mark.parametrize(
    ("violation", "planted"),
    [pytest.param(one, planted, id=f"{one[0]}-{one[1]}") for planted in batches() for one in planted],
)
def test_a_planted_violation_is_caught(violation: Violation, planted: tuple[Violation, ...], reports: Reports) -> None:
    (contract, module, line), report = violation, reports(planted)
    assert report.returncode == 1, report.stdout + report.stderr
    assert f"{contract} BROKEN" in report.stdout
    importer = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    imported = re.findall(r"(?:import|from) ([\w.]+)", line)[0]
    own = f"- {importer}\n" if importer.endswith("unplaced") else f" {importer} -> {imported} (l."
    circle = f"- .{importer.rpartition('.')[2]} -> .{imported.rpartition('.')[2]} ("
    said = said_of(contract, report.stdout)
    assert own in said or circle in said, "broken by another violation"


def said_of(contract: str, report: str) -> str:
    """Return what a report says of a broken contract."""
    underlined = f"\n{contract}\n{'-' * len(contract)}\n"
    return re.split(r"\n\n\n.+\n-+\n", report.partition(underlined)[2])[0]


@pytest.mark.parametrize("package", INDEXED)
def test_a_packages_index_lists_all_that_is_in_it(package: str) -> None:
    folder = ROOT / package
    files = {path.stem for path in folder.glob("[!_]*.py")}
    folders = {path.parent.name for path in folder.glob("[!_]*/__init__.py")}
    listed: list[str] = import_module(package.replace("/", ".")).__all__
    assert listed == sorted(files | folders)


@pytest.mark.processes
def test_the_bot_process_starts_without_what_is_heavy() -> None:
    script = f"import sys, bot.commands.run.run; print([name for name in {HEAVY} if name in sys.modules])"
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    assert child.stdout.strip() == "[]"


def run_linter(root: Path) -> subprocess.CompletedProcess[str]:
    """Run lint-imports on the packages under `root`, which shadow the installed ones."""
    linter = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(
        [linter, "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
