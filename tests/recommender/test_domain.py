from __future__ import annotations

import pytest

from recommender.domain import Filters


def test_the_first_year_of_a_filter_is_not_after_the_last() -> None:
    assert Filters(year_from=1990, year_to=1990).year_to == 1990
    with pytest.raises(ValueError, match=r"the first year must not be after the last\. Received: 1999 to 1990"):
        Filters(year_from=1999, year_to=1990)
