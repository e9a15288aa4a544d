"""An update against a little Wikidata: films found, completed, added; ours wins, nothing is done twice or by halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rdflib import BNode

from bot.catalogue.errors import WikidataError
from bot.catalogue.film_facts import facts_of
from bot.catalogue.known_movies import FIRST_IMPORTED_ID, KnownMovie
from bot.catalogue.starter import load_starter
from bot.catalogue.twins import find_twin_pairs
from bot.catalogue.wikidata import AnswerCache, Endpoint, Options, UpdateReport, update_catalogue, updating
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import Movie, MovieId
from tests.bot.catalogue.wikidata.conftest import NOW, FilmsInMemory
from tests.bot.catalogue.wikidata.wiki import PS, TO_THE_YEAR, WD, Fault, Wiki, refusing

OPTIONS = Options(today=date(2026, 11, 27), since=date(2025, 1, 1))
CONCUBINE = {"zh": "霸王別姬", "zh-hans": "霸王别姬"}


@pytest.fixture
def films() -> FilmsInMemory:
    return FilmsInMemory()


class Run:
    """Updates with one cache."""

    def __init__(self, wiki: Wiki, folder: Path, films: FilmsInMemory) -> None:
        self._wiki, self._folder, self._films = wiki, folder, films

    def __call__(self, options: Options = OPTIONS, *, remembers: bool = False) -> UpdateReport:
        cache = AnswerCache(self._folder, fresh_s=3600 if remembers else 0)
        endpoint = Endpoint(self._wiki.url, cache, pause=lambda seconds: None)
        return update_catalogue(endpoint, self._films, options, NOW)[0]


@pytest.fixture
def run(wiki: Wiki, tmp_path: Path, films: FilmsInMemory) -> Run:
    return Run(wiki, tmp_path / "wikidata", films)


def add(films: FilmsInMemory, number: int, title: str, year: int | None = 1993, **more: object) -> MovieId:
    movie_id = MovieId(FIRST_IMPORTED_ID + number)
    films.films[movie_id] = replace(KnownMovie(Movie(movie_id, title, year, ())), **more)  # type: ignore[arg-type]
    return movie_id


def test_a_film_is_completed_by_its_imdb_id(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Farewell My Concubine", imdb_id="tt0106332")
    wiki.film(
        "Q1",
        "Farewell My Concubine",
        day="1993-01-01",
        imdb="tt0106332",
        titles=(("zh", "霸王別姬"),),
        labels=CONCUBINE | {"ja": "さらば、わが愛"},
        directors=("Chen Kaige",),
        cast=(("Gong Li", None, 60), ("Leslie Cheung", 1, 50), ("Zhang Fengyi", 2, 20), ("An Extra", None, 1)),
        genres=("drama film", "romance film", "LGBT-related film"),
        country="CN",
        runtimes=(("171", "Q7727"), ("10260", "Q11574"), ("157", "Q7727")),
    )
    report = run()
    assert films.known[movie_id] == FilmFacts(
        wikidata_id="Q1",
        original_title="霸王別姬",
        zh_title="霸王别姬",
        directors=("Chen Kaige",),
        cast=("Leslie Cheung", "Zhang Fengyi", "Gong Li", "An Extra"),
        countries=("CN",),
        runtime_min=157,
        sitelinks=40,
    )
    assert films.films[movie_id].movie.genres == ("Drama", "Romance")
    assert (report.asked, report.found, [known.movie.id for known in report.changed]) == (1, 1, [movie_id])


def test_a_film_without_ids_is_found_by_title_and_year_and_gets_its_id(
    wiki: Wiki, films: FilmsInMemory, run: Run
) -> None:
    movie_id = add(films, 1, 'Say "Heat"', 1996)
    wiki.film("Q1", 'Say "Heat"', day="1995-12-15", imdb="tt0113277")
    wiki.film("Q2", 'Say "Heat"', day="1986-12-15", imdb="tt0091183")
    wiki.film("Q3", 'Say "Heat"', day="1996-01-01", kind="Q5")  # a person is no film
    run()
    assert films.known[movie_id].wikidata_id == "Q1"
    assert films.films[movie_id].imdb_id == "tt0113277"


def test_what_we_have_written_down_stays_and_gaps_are_filled(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    shawshank = next(movie for movie in load_starter() if movie.label == "The Shawshank Redemption (1994)")
    films.films[shawshank.id] = KnownMovie(shawshank, popularity=0.5)
    wiki.film(
        "Q1", shawshank.title, day="1994-09-23", directors=("Frank Darabont", "Somebody"), genres=("comedy film",)
    )
    run()
    assert films.films[shawshank.id] == KnownMovie(shawshank, popularity=0.5)
    assert films.known[shawshank.id].wikidata_id == "Q1"
    known = facts_of(shawshank, films.known[shawshank.id])
    assert (known.directors, known.sitelinks) == (("Frank Darabont",), 40)


@pytest.mark.parametrize("again", [OPTIONS, replace(OPTIONS, asks_all=True)])
def test_a_run_after_another_changes_nothing(wiki: Wiki, films: FilmsInMemory, run: Run, again: Options) -> None:
    add(films, 1, "Heat", 1995, imdb_id="tt0113277")
    add(films, 2, "Nobody Knows This", 1977)
    wiki.film("Q1", "Heat", imdb="tt0113277", directors=("Michael Mann",))
    wiki.film("Q2", "Next Year's Film", day="2026-05-01", genres=("science fiction film",))
    run()
    before = dict(films.films), dict(films.known)
    report = run(again)
    assert (report.changed, report.added) == ([], [])
    assert (films.films, films.known) == before


def test_films_asked_for_lately_are_left_alone(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    add(films, 1, "Heat", 1995)
    assert run().asked == 1
    assert run().asked == 0
    films.asked = {movie_id: NOW - timedelta(days=31) for movie_id in films.asked}
    assert run().asked == 1


def test_nothing_is_stored_in_a_dry_run_that_says_the_same(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    add(films, 1, "Heat", 1995)
    wiki.film("Q1", "Heat")
    wiki.film("Q2", "Next Year's Film", day="2026-05-01")
    told = run(replace(OPTIONS, is_dry=True))
    assert films.pages == []
    done = run()
    assert (told.changed, told.added) == (done.changed, done.added)
    assert len(done.added) == 1


def test_what_came_out_since_and_is_written_about_is_added_with_our_genres(
    wiki: Wiki, films: FilmsInMemory, run: Run
) -> None:
    wiki.film("Q10", "A New Film", day="2026-05-01", links=30, imdb="tt9999991", genres=("romantic comedy film",))
    wiki.film("Q11", "Hardly Known", day="2026-05-01", links=14)
    wiki.film("Q12", "Not Out Yet", day="2027-02-01", links=90)
    wiki.film("Q13", "Old, Shown Again", day="1982-01-01", links=90)
    wiki.publish("Q13", "2026-06-01")
    wiki.film("Q14", "A Short One", day="2026-05-01", runtimes=(("7", "Q7727"),))
    wiki.film("Q15", None, day="2026-05-01", titles=(("fr", "Sans Nom Anglais"),))
    wiki.film("Q16", None, day="2026-05-01")
    wiki.film("Q17", "Some Day This Year", day="2026-01-01", precision=TO_THE_YEAR)
    wiki.film("Q18", "Some Day This Decade", day="2026-01-01", precision=8)
    run()
    added = {known.movie.title: known for known in films.films.values()}
    assert sorted(added) == ["A New Film", "Sans Nom Anglais", "Some Day This Year"]
    new = added["A New Film"]
    assert (new.movie.year, new.movie.genres, new.imdb_id) == (2026, ("Comedy", "Romance"), "tt9999991")
    assert new.movie.id >= FIRST_IMPORTED_ID
    assert 0 < (new.popularity or 0) < 1


def test_a_new_film_that_the_catalogue_has_is_not_added(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    by_title = add(films, 1, "Wicked", 2025)
    by_imdb = add(films, 2, "Zootopia II", 2025, imdb_id="tt26443597")
    films.asked = dict.fromkeys((by_title, by_imdb), NOW)
    wiki.film("Q1", "Wicked", day="2025-11-05")
    wiki.film("Q2", "Zootopia 2", day="2025-11-26", imdb="tt26443597")
    assert run().added == []
    assert {films.known[by_title].wikidata_id, films.known[by_imdb].wikidata_id} == {"Q1", "Q2"}
    assert "Zootopia 2" in films.known[by_imdb].other_titles


def test_more_new_films_than_a_page_holds_all_come(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    count = 2 * updating.PAGE + 3
    for number in range(count):
        wiki.film(f"Q{95 + number}", f"New {number}", day="2026-05-01")
    assert len(run().added) == count
    assert [len(page.movies) for page in films.pages] == [updating.PAGE, updating.PAGE, 3]


def test_a_run_that_breaks_off_keeps_whole_pages_and_goes_on(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    count = 2 * updating.PAGE + 1
    for number in range(count):
        add(films, number, f"Film {number}", 1995, imdb_id=f"tt{number:07}")
        wiki.film(f"Q{1000 + number}", f"Film {number}", imdb=f"tt{number:07}")
    answers = wiki.answer
    wiki.faults = [
        lambda body: (200, "application/sparql-results+json", {}, answers(wiki.asked[-1])),
        *[refusing(503)] * 5,
    ]
    with pytest.raises(WikidataError, match="run `reelmate update` again, it goes on from here"):
        run()
    assert [len(page.facts) for page in films.pages] == [updating.PAGE]
    assert run().asked == count - updating.PAGE
    assert len(films.known) == count


@pytest.mark.parametrize("faults", [[], [refusing(500)] * 2], ids=["at once", "by halves"])
def test_films_of_one_title_and_two_years_are_both_found(
    wiki: Wiki, films: FilmsInMemory, run: Run, faults: list[Fault]
) -> None:
    old, new = add(films, 1, "Scarface", 1932), add(films, 2, "Scarface", 1983)
    wiki.film("Q1", "Scarface", day="1932-04-09")
    wiki.film("Q2", "Scarface", day="1983-12-09")
    wiki.faults = faults
    run()
    assert (films.known[old].wikidata_id, films.known[new].wikidata_id) == ("Q1", "Q2")


def test_what_is_too_much_for_the_server_is_asked_by_halves(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    for number in range(5):
        add(films, number, f"Film {number}", 1995, imdb_id=f"tt{number:07}")
        wiki.film(f"Q{1000 + number}", f"Film {number}", imdb=f"tt{number:07}")
    wiki.faults = [refusing(500), refusing(504)]
    assert run().found == 5
    assert [len(page.facts) for page in films.pages] == [5]  # stored whole all the same
    assert [query.count('"tt000000') for query in wiki.asked[:4]] == [5, 5, 2, 3]


def test_a_second_run_asks_nothing_that_the_first_has_an_answer_to(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    add(films, 1, "Heat", 1995)
    run(replace(OPTIONS, is_dry=True), remembers=True)
    asked = len(wiki.asked)
    run(remembers=True)
    assert len(wiki.asked) == asked


def test_an_item_that_was_merged_is_followed(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Heat", 1995)
    wiki.film("Q1", "Heat", directors=("Michael Mann",))
    run()
    wiki.film("Q9", "Heat", directors=("Michael Mann",))
    wiki.merge("Q1", "Q9")
    run(replace(OPTIONS, asks_all=True))
    assert films.known[movie_id].wikidata_id == "Q9"


def test_films_whose_items_were_merged_are_one(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    one, other = add(films, 1, "Heat", 1995), add(films, 2, "Hitze", 1996)
    wiki.film("Q1", "Heat", directors=("Michael Mann",))
    wiki.film("Q2", "Hitze", day="1996-02-29", directors=("Michael Mann",))
    run()
    assert find_twin_pairs(films.movies(), films.known) == []
    wiki.merge("Q2", "Q1")
    run(replace(OPTIONS, asks_all=True))
    [pair] = find_twin_pairs(films.movies(), films.known)
    assert (pair.kept.movie.id, pair.gone.movie.id) == (one, other)


def test_an_item_that_is_gone_takes_nothing_with_it(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Heat", 1995)
    wiki.film("Q1", "Heat", directors=("Michael Mann",))
    run()
    known = films.known[movie_id]
    wiki.delete("Q1")
    report = run(replace(OPTIONS, asks_all=True))
    assert [lost.movie.id for lost in report.lost] == [movie_id]
    assert films.known[movie_id] == known


def test_of_two_items_with_one_imdb_id_the_one_that_is_the_film_is_taken(
    wiki: Wiki, films: FilmsInMemory, run: Run
) -> None:
    movie_id = add(films, 1, "Heat", 1995, imdb_id="tt0113277")
    wiki.film("Q1", "Heat", imdb="tt0113277", day="1995-12-15")
    wiki.film("Q2", "L.A. Takedown", imdb="tt0113277", day="1989-08-27")
    run()
    assert films.known[movie_id].wikidata_id == "Q1"


def test_two_items_that_may_both_be_it_are_told_and_none_is_taken(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Heat", 1995, imdb_id="tt0113277")
    wiki.film("Q1", "Heat", imdb="tt0113277")
    wiki.film("Q2", "Heat", imdb="tt0113277")
    assert [known.movie.id for known in run().ambiguous] == [movie_id]
    assert movie_id not in films.known


def test_an_id_alone_makes_no_film_another(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Copper Sky", 1991, imdb_id="tt0113277")
    wiki.film("Q1", "Heat", imdb="tt0113277")
    run()
    assert films.known.get(movie_id, NO_FACTS) == NO_FACTS


def test_films_of_one_title_and_year_are_told_apart_by_their_directors(
    wiki: Wiki, films: FilmsInMemory, run: Run
) -> None:
    movie_id = add(films, 1, "Pinocchio", 2022)
    films.known[movie_id] = FilmFacts(None, directors=("Guillermo del Toro",))
    wiki.film("Q1", "Pinocchio", day="2022-09-08", directors=("Robert Zemeckis",))
    wiki.film("Q2", "Pinocchio", day="2022-10-15", directors=("Guillermo del Toro", "Mark Gustafson"))
    run()
    assert films.known[movie_id].wikidata_id == "Q2"


def test_names_of_all_languages_count_and_what_is_unknown_does_not(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    movie_id = add(films, 1, "Heat", 1995)
    wiki.film("Q1", None, labels={"mul": "Heat", "zh": "Heat", "zh-cn": "Dao Huo Xian"})
    for name, lang in (("Михаил", "ru"), ("Michael Mann", "mul")):
        said = wiki.say(WD.Q1, "P57")
        wiki.graph.add((said, PS.P57, wiki.thing(name, lang)))
    wiki.graph.add((wiki.say(WD.Q1, "P57"), PS.P57, BNode()))
    run()
    assert films.known[movie_id].directors == ("Michael Mann",)
    assert films.known[movie_id].zh_title is None  # Chinese in Latin letters is no title of China


def test_one_film_under_two_ids_is_found_by_its_item(wiki: Wiki, films: FilmsInMemory, run: Run) -> None:
    first = add(films, 1, "City of God", 2002, imdb_id="tt0317248")
    second = add(films, 2, "Cidade de Deus", 2002)
    wiki.film("Q1", "City of God", day="2002-05-18", imdb="tt0317248", labels={"mul": "Cidade de Deus"})
    run()
    [pair] = find_twin_pairs(films.movies(), films.known)
    assert (pair.kept.movie.id, pair.gone.movie.id, pair.reason) == (first, second, "wikidata")
