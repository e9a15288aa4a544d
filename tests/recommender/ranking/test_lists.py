"""What a page is made of, over scores whose best lists are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.data.catalogue import genre_mask
from recommender.domain import GENRES
from recommender.ranking.interests import Interest
from recommender.ranking.lists import PAGE_SIZE, Taste, compose_list, compose_page, diversify, falling, read_taste

COMEDY, HORROR, WAR = (GENRES.index(genre) for genre in ("Comedy", "Horror", "War"))


def of(*genres: int) -> NDArray[np.bool_]:
    """Return films with one genre each.  (films, genres)"""
    return np.eye(len(GENRES), dtype=np.bool_)[list(genres)]


def asking(*genres: str) -> Taste:
    """Return the taste of a newcomer who chose these."""
    return read_taste(genre_mask(genres), of())


def test_diversity_puts_an_equal_film_of_another_kind_first() -> None:
    genres = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.bool_)
    assert diversify(np.array([1.0, 0.95, 0.9]), genres, 2) == [0, 2]
    assert diversify(np.array([1.0, 0.95, 0.5]), genres, 2) == [0, 1]


@given(st.integers(1, 40), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_diversity_lists_each_film_once_and_starts_with_the_best(count: int, k: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    scores, genres = generator.normal(size=count), generator.random((count, 18)) < 0.2
    picked = diversify(scores, genres, k)
    assert len(picked) == len(set(picked)) == min(k, count)
    assert picked[0] == scores.argmax()


def test_a_page_is_of_what_was_asked_for() -> None:
    genres = of(HORROR, HORROR, *[COMEDY] * 6)
    assert [entry.film for entry in compose_page(np.arange(8.0)[::-1], genres, asking("Comedy"))] == [2, 3, 4, 5, 6]


def test_every_genre_asked_for_has_a_film_on_the_page() -> None:
    genres = of(*[COMEDY] * 8, HORROR, WAR)
    page = [entry.film for entry in compose_page(np.arange(10.0)[::-1], genres, asking("Comedy", "Horror", "War"))]
    assert page == [0, 1, 2, 8, 9]


def test_where_what_was_asked_for_runs_out_the_best_of_the_rest_follows_and_is_told_apart() -> None:
    genres = of(HORROR, HORROR, COMEDY, HORROR)
    page = compose_page(np.array([4.0, 3.0, 2.0, 1.0]), genres, asking("Comedy"))
    assert [(entry.film, entry.is_nearest) for entry in page] == [(2, False), (0, True), (1, True), (3, True)]


def test_nothing_asked_for_is_everything_welcome() -> None:
    page = compose_page(np.array([1.0, 2.0, 3.0]), of(HORROR, COMEDY, WAR), asking(), 2)
    assert [(entry.film, entry.is_nearest) for entry in page] == [(2, False), (1, False)]


@pytest.mark.parametrize(("likes", "seats"), [(0, 0), (7, 0), (8, 1), (20, 2), (45, 3), (1000, 4)])
def test_who_asked_for_comedy_and_likes_horror_alone_meets_it_more_and_more_and_still_comedy(
    likes: int, seats: int
) -> None:
    taste = read_taste(genre_mask(["Comedy"]), of(*[HORROR] * likes))
    assert taste.seats(PAGE_SIZE) == [HORROR] * seats
    scores, genres = np.concatenate([np.arange(9.0), np.zeros(9)]), of(*[COMEDY] * 9, *[HORROR] * 9)
    page = compose_page(scores, genres, taste)
    assert sum(bool(genres[entry.film, HORROR]) for entry in page) == seats
    assert not any(entry.is_nearest for entry in page)


def test_seats_are_shared_by_likes() -> None:
    taste = read_taste(genre_mask(["Comedy"]), of(*[HORROR] * 60, *[WAR] * 30))
    assert taste.seats(PAGE_SIZE) == [HORROR, HORROR, WAR]


def test_what_was_liked_of_the_genres_asked_for_takes_no_seat() -> None:
    assert read_taste(genre_mask(["Comedy"]), of(*[COMEDY] * 50)).seats(PAGE_SIZE) == []


@given(
    st.integers(1, 60),
    st.integers(1, 30),
    st.sets(st.integers(0, 17), max_size=18),
    st.integers(0, 60),
    st.integers(0, 2**32 - 1),
)
def test_a_list_holds_each_film_once_and_obeys_page_by_page(
    count: int, k: int, chosen: set[int], likes: int, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    scores, genres = generator.normal(size=count), generator.random((count, 18)) < 0.15
    mask = np.isin(np.arange(18), list(chosen))
    taste = read_taste(mask, generator.random((likes, 18)) < 0.15)
    entries = compose_list(scores, genres, taste, k)
    films = [entry.film for entry in entries]
    assert len(films) == len(set(films)) == min(k, count)
    asked = [not chosen or bool(film[mask].any()) for film in genres]
    for start in range(0, len(entries), PAGE_SIZE):
        page, size = entries[start : start + PAGE_SIZE], min(PAGE_SIZE, k - start)
        off = [entry for entry in page if not asked[entry.film] and not entry.is_nearest]
        assert len(off) <= len(taste.seats(size))
        if any(entry.is_nearest for entry in page):
            left = set(range(count)) - set(films[: start + len(page)])
            assert not any(asked[film] for film in left)


def test_falling_leaves_falling_chances_alone_and_pools_what_rises() -> None:
    assert falling([0.9, 0.8, 0.8]) == [0.9, 0.8, 0.8]
    assert falling([0.5, 0.7, 0.3]) == pytest.approx([0.6, 0.6, 0.3])
    assert falling([0.2, 0.4, 0.9]) == pytest.approx([0.5] * 3)
    assert falling([]) == []


@given(st.lists(st.floats(0, 1), max_size=12))
def test_falling_chances_fall_and_keep_their_sum(chances: list[float]) -> None:
    found = falling(chances)
    assert sum(found) == pytest.approx(sum(chances))
    assert all(found[at] >= found[at + 1] - 1e-12 for at in range(len(found) - 1))


def test_a_page_follows_what_likes_show_and_keeps_to_what_was_chosen() -> None:
    genres = np.zeros((12, len(GENRES)), dtype=np.bool_)
    genres[:, COMEDY] = np.arange(12) < 11  # the last is of another genre
    genres[5:, HORROR] = True
    taste = read_taste(genre_mask(["Comedy"]), genres[5:9], (Interest(HORROR, 4),))
    assert [entry.film for entry in compose_page(np.arange(12.0)[::-1], genres, taste)] == [5, 6, 7, 8, 9]


def test_a_page_follows_likes_as_far_as_they_go() -> None:
    genres = of(*[COMEDY] * 6, *[HORROR] * 6)
    taste = read_taste(genre_mask(()), of(*[COMEDY] * 4, *[HORROR] * 6), (Interest(HORROR, 6),))
    assert [entry.film for entry in compose_page(np.arange(12.0)[::-1], genres, taste)] == [0, 1, 6, 7, 8]


def test_a_chosen_genre_keeps_its_film_beside_what_likes_show() -> None:
    genres = of(*[COMEDY] * 3, *[HORROR] * 6, WAR)
    taste = read_taste(genre_mask(["Comedy", "Horror", "War"]), of(*[HORROR] * 5), (Interest(HORROR, 5),))
    page = genres[[entry.film for entry in compose_page(np.arange(10.0)[::-1], genres, taste)]]
    assert page[:, [COMEDY, HORROR, WAR]].sum(axis=0).tolist() == [1, 3, 1]
