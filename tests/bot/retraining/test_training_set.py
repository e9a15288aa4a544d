"""Who learns and who judges: consent, people kept apart, and simulated ones while real ones are few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.catalogue.tag_rows import NOBODY, TagRows
from bot.facts import FilmFacts
from bot.retraining.training_set import REAL_PEOPLE, TrainingSet, gather
from bot.settings import Settings
from bot.storage import Store, Tx
from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import MovieId, UserId
from recommender.errors import CorpusError
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import build_ladder, refuse_leak
from recommender.evaluation.ranking import evaluate
from tests.bot.retraining.corpora import SIMULATED, store_corpus, store_tastes
from tests.databases import migrated_url

ADA: Final = UserId(7_700_000_001)


def rate(store: Store, person: UserId, *, consent: bool | None, rows: range = range(30)) -> None:
    """Let a person rate these movies."""

    def effect(tx: Tx) -> None:
        tx.people.ensure(person)
        if consent is not None:
            tx.people.set_consent(person, consent, version=1)
        for row in rows:
            tx.ratings.put(person, MovieId(100 + row), 9, update_id=int(person) % 10_000 * 100 + row)

    store.write(effect).result()


def learned_from(settings: Settings, store: Store) -> int:
    """Return how many people of the chat the next run would learn from or judge by."""
    return gather(settings, store).sources.get("chat", {}).get("people", 0)


def test_only_who_consents_is_learned_from(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=None)
    rate(store, UserId(ADA + 1), consent=False)
    assert learned_from(settings, store) == 0
    rate(store, UserId(ADA + 2), consent=True)
    assert learned_from(settings, store) == 1


def test_ratings_of_a_film_that_stands_for_another_count_as_that_one_s(settings: Settings, store: Store) -> None:
    gone, kept = MovieId(100), MovieId(101)
    before = gather(settings, store)
    people = (before.train, before.judges)
    rated = np.concatenate([rated_by(corpus, kept) | rated_by(corpus, gone) for corpus in people])
    store.write(lambda tx: tx.twins.join(gone, kept, "title")).result()
    after = gather(settings, store)
    assert gone not in {movie.id for movie in after.train.movies}
    assert sum(map(np.sum, (rated_by(corpus, kept) for corpus in (after.train, after.judges)))) == rated.sum()
    store.write(lambda tx: tx.twins.part(gone)).result()
    assert gather(settings, store).train.rating_count == before.train.rating_count


def test_what_an_update_found_out_of_films_is_learned_from(settings: Settings, store: Store) -> None:
    before = gather(settings, store).train.content
    facts = {MovieId(100): FilmFacts("Q1", directors=("Ada New",), countries=("FR",))}
    store.write(lambda tx: tx.facts.put(facts)).result()
    after = gather(settings, store)
    assert before is not None
    assert not before.names
    for corpus in (after.train, after.judges):
        assert corpus.content is not None
        assert corpus.content.names == ("country:FR", "director:Ada New")
        assert corpus.content.is_known.sum() == 1


def rated_by(corpus: Corpus, movie_id: MovieId) -> NDArray[np.bool_]:
    """Return who rated a film.  (users,)"""
    row = next(row for row, movie in enumerate(corpus.movies) if movie.id == movie_id)
    return np.isin(np.arange(corpus.user_count), corpus.user_rows[corpus.movie_rows == row])


def test_who_withdraws_is_absent_from_the_next_run(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=True)
    before = gather(settings, store)
    store.write(lambda tx: tx.people.set_consent(ADA, False, version=1)).result()
    after = gather(settings, store)
    gone = set(people_of(before)) - set(people_of(after))
    assert len(gone) == 1
    assert after.sources.keys() == {"simulated"}


def test_who_deletes_everything_is_absent_from_the_next_run(settings: Settings, store: Store) -> None:
    rate(store, ADA, consent=True)
    before = gather(settings, store)
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    after = gather(settings, store)
    assert len(set(people_of(before)) - set(people_of(after))) == 1
    assert ADA not in people_of(after)


def test_it_says_who_of_the_chat_taught_it_and_names_no_judge(settings: Settings, store: Store) -> None:
    people = {UserId(ADA + number) for number in range(40)}
    for person in people:
        rate(store, person, consent=True)
    rate(store, UserId(ADA + 50), consent=False)
    data = gather(settings, store)
    judges = len(people) - len(data.taught_by)
    assert data.taught_by < people
    assert 0 < judges < 15


def people_of(data: TrainingSet) -> list[int]:
    """Return everybody in a training set, learning or judging."""
    return [int(user) for corpus in (data.train, data.judges) for user in corpus.user_ids]


def test_nobody_both_learns_and_judges_and_it_is_the_same_people_every_time(settings: Settings, store: Store) -> None:
    once, again = gather(settings, store), gather(settings, store)
    assert not set(once.train.user_ids) & set(once.judges.user_ids)
    assert np.array_equal(once.judges.user_ids, again.judges.user_ids)
    store_corpus(settings.data_dir, people=SIMULATED + 40)
    more = gather(settings, store)
    assert set(once.judges.user_ids) <= set(more.judges.user_ids)
    assert set(once.train.user_ids) <= set(more.train.user_ids)


def test_a_planted_leak_is_caught_before_anything_is_trained(settings: Settings, store: Store) -> None:
    data = gather(settings, store)
    ladder = build_ladder(data.judges, np.arange(data.judges.user_count))
    refuse_leak(data.train, ladder)
    leaked = merge(data.train, data.judges.only(np.array([0])))
    with pytest.raises(CorpusError, match="judged people must not train"):
        evaluate(fit_popular_in_genres(leaked), ladder, leaked)


def test_nobody_can_stand_on_both_sides_of_a_training_set(settings: Settings, store: Store) -> None:
    data = gather(settings, store)
    leaked = merge(data.train, data.judges.only(np.array([0])))
    with pytest.raises(CorpusError, match=rf"judged people must not train\. Received: 1 .* {data.judges.user_ids[0]}"):
        replace(data, train=leaked)


def merge(one: Corpus, other: Corpus) -> Corpus:
    """Return the people of both."""
    ids = np.array([movie.id for movie in one.movies])
    columns = [(part.user_ids[part.user_rows], ids[part.movie_rows], part.stars, part.times) for part in (one, other)]
    return build_corpus(one.movies, *(np.concatenate(pair) for pair in zip(*columns, strict=True)))


def test_who_is_in_two_corpora_is_one_person_on_one_side(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir, REAL_PEOPLE, name="spring", simulated=False)
    once = gather(settings, store)
    store_tastes(settings.data_dir, REAL_PEOPLE + 700, name="autumn", simulated=False)  # the same people, and others
    both = gather(settings, store)
    assert both.real_people == REAL_PEOPLE + 700
    people = {name: source["people"] for name, source in both.sources.items()}
    assert people == {"autumn": REAL_PEOPLE + 700, "spring": 0}
    training, judging = histories(both.train), histories(both.judges)
    assert (len(training), len(judging)) == (both.train.user_count, both.judges.user_count)  # nobody stands there twice
    assert not training & judging
    assert histories(once.train) <= training  # who trained before never judges what was learned from them


def histories(corpus: Corpus) -> set[bytes]:
    """Return what each person rated, and when."""
    slices = [corpus.of_user(row) for row in range(corpus.user_count)]
    return {corpus.movie_rows[one].tobytes() + corpus.times[one].tobytes() for one in slices}


def test_simulated_people_judge_only_while_real_ones_are_few(settings: Settings, store: Store) -> None:
    few = gather(settings, store)
    assert few.simulated_judges
    assert few.real_people == 0
    store_corpus(settings.data_dir, people=REAL_PEOPLE, name="movielens", simulated=False)
    many = gather(settings, store)
    assert not many.simulated_judges
    assert many.real_people == REAL_PEOPLE
    assert many.sources.keys() == {"movielens"}


def test_simulated_people_stay_while_hardly_any_real_one_can_judge(settings: Settings, store: Store) -> None:
    store_tastes(settings.data_dir, REAL_PEOPLE + 100, each=12, name="passers_by", simulated=False)
    data = gather(settings, store)
    assert data.real_people == REAL_PEOPLE + 100
    assert data.simulated_judges
    assert data.sources.keys() == {"passers_by", "simulated"}
    ladder = build_ladder(data.judges, np.arange(data.judges.user_count))
    assert len(ladder.newcomers) == data.judges.user_count > 0  # nobody takes a judge's place who rated too little


def test_tags_of_films_are_learned_from_but_not_those_that_judges_gave(settings: Settings, store: Store) -> None:
    people = np.arange(1, SIMULATED + 1)
    names = np.array([f"said by {person}" for person in people])
    tags = TagRows(np.append(people, NOBODY), np.full(SIMULATED + 1, 100), np.append(names, "of the genome"))
    store_corpus(settings.data_dir, people=SIMULATED, tags=tags)
    data = gather(settings, store)
    assert data.train.content is not None
    known = [name for name in data.train.content.names if name.startswith("tag:")]
    assert len(known) == data.train.user_count + 1 < SIMULATED
    assert "tag:of the genome" in known
    assert data.train.content.is_known.sum() == 1


def test_without_any_rating_it_says_what_to_do(tmp_path: Path) -> None:
    empty = Settings(data_dir=tmp_path, database_url=migrated_url(tmp_path))
    with Store(empty.database_url) as store, pytest.raises(CorpusError, match="reelmate import starter"):
        gather(empty, store)


def test_of_more_judges_than_are_needed_those_who_came_last_stay(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_tastes(settings.data_dir)
    whole = gather(settings, store)
    everybody = whole.judges
    monkeypatch.setattr("bot.retraining.training_set.MOST_SIMULATED_JUDGES", 5)
    some = gather(settings, store)
    came = {
        int(user): int(everybody.times[start])
        for user, start in zip(everybody.user_ids, everybody.starts, strict=False)
    }
    assert set(some.judges.user_ids) == set(sorted(came, key=lambda user: -came[user])[:5])
    assert np.array_equal(some.train.user_ids, whole.train.user_ids), "who is not needed to judge does not train either"
