"""A seeded simulator of raters, so that a first model can be trained on any machine.

Nobody real stands behind these ratings, and whatever shows them says so. What they carry is what this project knows of
films: people have tastes for tags, directors, actors, countries, series and genres, they meet what is well known and of
their time, and they give stars by acclaim, taste and their own strictness. So what is watched and liked together is
what goes together.
"""

from bot.catalogue.simulator.watching import (
    DEFAULT_PEOPLE,
    DEFAULT_SEED,
    FIRST_TIME,
    simulate,
    simulate_rows,
    simulate_tastes,
)

__all__ = ["DEFAULT_PEOPLE", "DEFAULT_SEED", "FIRST_TIME", "simulate", "simulate_rows", "simulate_tastes"]
