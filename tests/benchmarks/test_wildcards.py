"""The benchmark of wildcards: ways of drawing over situations whose worth is known."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.wildcards import (
    EVEN,
    JUDGED_AFTER,
    NIGHT,
    Situation,
    as_page,
    commonest,
    duel_nightly,
    judge_scene,
    learn_nightly,
    worth,
)
from recommender.ranking.wildcard_policy import FEATURES, WildcardPolicy

AGE = FEATURES.index("age_when_asked")


def scene(people: int = 20) -> list[Situation]:
    """Return situations in which new films alone are liked, whatever the chance says."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(people, 10, len(FEATURES)))
    return [Situation(at, each, (each[:, AGE] < 0).astype(float), np.arange(10)) for at, each in enumerate(features)]


def test_an_even_draw_is_worth_the_mean_of_all_films_by_person() -> None:
    situations = scene(3)
    assert worth(situations, EVEN) == pytest.approx([one.liked.mean() for one in situations])
    assert commonest(situations, EVEN) == pytest.approx(0.1)


def test_what_the_chance_does_not_know_is_learned_from_what_was_shown() -> None:
    policies = learn_nightly(scene(), np.random.default_rng(0))
    assert len(policies) == max(JUDGED_AFTER) // NIGHT + 1
    assert policies[0] == WildcardPolicy()
    assert worth(scene(), policies[-1]).mean() > worth(scene(), EVEN).mean() + 0.15


def test_all_ways_are_judged_by_who_taught_nothing() -> None:
    found = judge_scene(scene(), seeds=1)
    assert found["situations"] == 20
    assert found["rows"]["even"]["ahead"] == [0, 0, 0]
    assert len(found["rows"]) == 2 + 2 * len(JUDGED_AFTER)
    assert "| learned, after 4,000 |" in as_page({"a scene": found, "minutes": 1})
    assert len(duel_nightly(scene(), np.random.default_rng(0))) == max(JUDGED_AFTER) // NIGHT + 1
