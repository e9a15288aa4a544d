"""What the importing benchmark imports, and what it says of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.generator import generate
from benchmarks.importing import OURS, Import, figures_of, generated_release
from bot.catalogue.movielens import read_movielens
from recommender.data.corpus import build_corpus, corpus_digest


def test_a_generated_release_reads_as_what_was_generated(tmp_path: Path) -> None:
    made = generate(20_000)
    ids = np.array([movie.id for movie in made.movies])
    wanted = build_corpus(made.movies, made.user_ids[made.user_rows], ids[made.movie_rows], made.stars, made.times)
    assert corpus_digest(read_movielens(generated_release(tmp_path, 0.02))) == corpus_digest(wanted)


def test_ratios_are_of_runs_in_pairs_and_stand_first() -> None:
    imports = {OURS: [Import(100, 1, 1, 50), Import(100, 4, 2, 50)], "old": [Import(100, 2, 2, 100)] * 2}
    time, processor_time, memory, *others = figures_of("ml", imports)
    assert (time.runs, processor_time.runs, memory.runs) == ((0.5, 2.0), (0.5, 1.0), (0.5, 0.5))
    assert {figure.name: figure.runs for figure in others}["ml, ours: ratings a second"] == (100.0, 25.0)
