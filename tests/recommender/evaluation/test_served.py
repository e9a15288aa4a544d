"""Pages as people get them, judged with hand-computed numbers."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, ListRequest, MovieId, Profile
from recommender.errors import CorpusError
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import RUNGS, Ladder, ask_one_genre, build_ladder
from recommender.evaluation.served import Lister, evaluate_served, miscalibration, pool_served
from recommender.ranking.picking import Pick
from tests.recommender.toys import toy_corpus

MOVIES = 60
# Two people who train; two who judge: after 20 ratings, one likes rows 40 and 41, the other row 45.
PEOPLE = {
    **{user: [(row, 4.0) for row in range(30)] for user in (1, 2)},
    7: [*((row, 4.0) for row in range(20)), (40, 5.0), (41, 5.0), (42, 1.0)],
    8: [*((row, 4.0) for row in range(20)), (45, 5.0)],
}
CORPUS = toy_corpus(MOVIES, PEOPLE)
TRAIN, JUDGES = CORPUS.only(np.array([0, 1])), np.array([2, 3])


class Reader:
    """Lists the rows it was given, in order, but for what may not be listed; remembers what it was asked."""

    def __init__(self, *rows: int) -> None:
        self.rows = rows
        self.asked: list[tuple[int, frozenset[MovieId], int | None]] = []

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        self.asked.append((k, frozenset(request.shown), request.draw))
        free = [row for row in self.rows if CORPUS.movies[row].id not in request.shown | profile.hidden]
        return [Pick(row, 0.0, None) for row in free[:k]]


def ladder() -> Ladder:
    return build_ladder(CORPUS, JUDGES)


def test_two_pages_of_five_are_worth_what_they_hold() -> None:
    served = evaluate_served(Reader(40, 50, 51, 52, 53, 45, 54, 55, 56, 57), ladder(), TRAIN)
    discounts = 1 / np.log2(np.arange(2, 12))
    assert served.result.ndcg[0].tolist() == pytest.approx(
        [discounts[0] / (discounts[0] + discounts[1]), discounts[5] / discounts[0]]
    )
    assert served.result.hit[0].tolist() == [1, 1]
    assert served.result.recall[0].tolist() == [0.5, 1]
    assert served.result.mrr[0].tolist() == pytest.approx([1, 1 / 6])
    assert served.repeats.max() == 0
    assert served.commonest.tolist() == [1.0] * len(RUNGS)
    assert served.result.coverage.tolist() == [10 / MOVIES] * len(RUNGS)


def test_the_second_page_knows_the_first_and_alone_is_drawn_for() -> None:
    reader = Reader(*range(30, 60))
    evaluate_served(reader, ladder(), TRAIN)
    first, second = reader.asked[:2]
    assert (first[0], first[1], first[2]) == (5, frozenset(), None)
    assert second[1] == {CORPUS.movies[row].id for row in range(30, 35)}
    draws = [draw for _, shown, draw in reader.asked if shown]
    assert None not in draws
    assert len(set(draws)) == len(draws)  # another person or rung, another draw


def test_what_people_rated_first_is_on_no_page() -> None:
    served = evaluate_served(Reader(*range(60)), ladder(), TRAIN)
    assert served.result.lists.min() == 20


def test_a_list_that_ends_early_is_judged_as_it_is() -> None:
    served = evaluate_served(Reader(50, 45), ladder(), TRAIN)
    assert served.result.lists[0, 0].tolist() == [50, 45, *[-1] * 8]
    assert served.result.hit[0].tolist() == [0, 1]
    assert served.result.mrr[0].tolist() == [0, 0.5]


def test_obedience_is_the_share_of_the_first_page_with_a_chosen_genre() -> None:
    person = ladder().newcomers[0]
    own = [row for row in range(20, MOVIES) if set(person.genres) & set(CORPUS.movies[row].genres)]
    other = [row for row in range(20, MOVIES) if row not in own]
    served = evaluate_served(Reader(*own[:2], *other[:3], *own[2:7]), ladder(), TRAIN)
    assert served.obedience[0, 0] == pytest.approx(0.4)


def test_lists_of_the_genres_that_are_liked_are_calibrated() -> None:
    comedy, both = np.eye(18, dtype=np.bool_)[[4, 4]], np.eye(18, dtype=np.bool_)[[4, 7]]
    assert miscalibration(comedy, comedy) == pytest.approx(0)
    assert miscalibration(comedy, both) == pytest.approx(np.log(1 / (0.99 * 0.5 + 0.01)))
    assert miscalibration(both, comedy) > miscalibration(comedy, both)


def test_who_asks_for_one_genre_is_judged_by_it() -> None:
    asking = ask_one_genre(ladder(), Catalogue(CORPUS.movies))
    for person in asking.newcomers:
        (genre,) = person.genres
        assert all(genre in CORPUS.movies[row].genres for row in person.target_rows)
    kept = {person.user_id for person in asking.newcomers}
    for person in ladder().newcomers:
        wanted = [row for row in person.target_rows if person.genres[0] in CORPUS.movies[row].genres]
        assert (person.user_id in kept) == bool(wanted)


def test_folds_are_pooled_person_by_person() -> None:
    one = evaluate_served(Reader(40, 50, 51, 52, 53), ladder(), TRAIN)
    both = pool_served([one, one])
    assert len(both.result.user_ids) == 4
    assert both.obedience.shape == (len(RUNGS), 4)
    assert both.commonest.tolist() == one.commonest.tolist()


def test_a_judged_person_in_training_is_refused() -> None:
    with pytest.raises(CorpusError, match="must not train"):
        evaluate_served(Reader(1), ladder(), CORPUS)


def test_a_floor_makes_lists_that_obey() -> None:
    floor = fit_popular_in_genres(TRAIN)
    assert isinstance(floor, Lister)
    served = evaluate_served(floor, ladder(), TRAIN)
    fitting = [sum(genre in movie.genres for movie in CORPUS.movies[20:]) for genre in GENRES]
    assert min(fitting) >= 2
    assert served.obedience[:-1].min() == 1.0
    assert served.obedience[-1].tolist() == [0.8, 0.8]  # twenty likes all over: one seat goes to what was not chosen
