"""Finding a film by what people send, over HTTP."""

import pytest

from bot.storage import CatalogueMovie, Store
from recommender.domain import Movie, MovieId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Sim

STARS = ["1★", "2★", "3★", "4★", "5★"]
MARKS = ["👀 Seen", "🔖 Later", "❓ Why?", "⏳ Not now", "🚫 Not for me"]
CARD = [*STARS, *MARKS, "≈ Like this", "↗️ Share", "⋯ More"]
HIT = [*STARS, *MARKS, "≈ Like this", "⋯ More", "‹ Back"]
POTTERS = ("Stone", "Chamber", "Prisoner", "Goblet", "Order", "Prince", "Hallows: Part 1", "Hallows: Part 2")
OTHERS = (
    ("Dune", 1984),
    ("Dune: Part One", 2021),
    ("Se7en", 1995),
    ("The Godfather", 1972),
    ("The Godfather: Part II", 1974),
)


@pytest.fixture(autouse=True)
def _series(store: Store) -> None:
    """Put series into the catalogue before the bot reads it."""
    films = [*((f"Harry Potter and the {name}", 2001 + at) for at, name in enumerate(POTTERS)), *OTHERS]
    movies = [Movie(MovieId(number), title, year, ("Drama",)) for number, (title, year) in enumerate(films, 101)]
    entries = [CatalogueMovie(movie, imdb_id=f"tt{movie.id * 100:07}", tmdb_id=movie.id * 100) for movie in movies]
    store.write(lambda tx: tx.movies.upsert_all(entries)).result()


@pytest.fixture
def reader(bot: LivingBot, sim: Sim) -> Person:
    """Someone with a Chinese app."""
    return Person(sim, 7_000_008, "zh-hans")


@pytest.mark.parametrize("text", ["/rate heat", "Heat", "HEAT (1991)", "/rate   Heat ", "/rate\nHeat", "heat 9999"])
def test_a_title_opens_the_films_card(person: Person, text: str) -> None:
    person.say(text)
    card = person.sees("Heat (1991)")
    assert "Seen it? Tap your stars." in card["text"]
    assert labels(card) == CARD
    assert card["photo"]


def test_the_card_is_rated_corrected_and_cleared_in_place(person: Person) -> None:
    person.say("amelie")
    card = person.sees("Amélie (1993)")
    person.tap(card, "4★")
    person.tap(person.sees("Your rating: ★★★★"), "+½")
    person.tap(person.sees("Your rating: ★★★★½"), "✖ Remove")
    assert person.sees("Seen it? Tap your stars.")["message_id"] == card["message_id"]


def test_a_mark_on_the_card_is_shown_and_taken_back(person: Person) -> None:
    person.say("alien")
    person.tap(person.sees("Alien"), "🔖 Later")
    person.tap(person.sees_button("✅ Later"), "✅ Later")
    person.sees_button("🔖 Later")


def test_a_series_is_a_page_of_five_with_more(person: Person) -> None:
    person.say("harry potter")
    page = person.sees("8 films found.")
    assert labels(page) == ["1", "2", "3", "4", "5", "More ›", "None of these"]
    assert [name for name in POTTERS if f"Harry Potter and the {name} (" in page["text"]] == list(POTTERS[:5])
    person.tap(page, "More ›")
    rest = person.sees("6. ")
    assert labels(rest) == ["6", "7", "8", "‹ Previous", "None of these"]
    assert rest["message_id"] == page["message_id"]
    person.tap(rest, "‹ Previous")
    assert person.sees("1. Harry Potter and the Stone")["text"] == page["text"]


@pytest.mark.parametrize("text", ["all the harry potter movies", "harry potter films", "películas de harry potter"])
def test_the_films_of_a_series_are_what_a_search_for_it_finds(person: Person, text: str) -> None:
    person.say(text)
    assert "1. Harry Potter and the Stone" in person.sees("8 films found.")["text"]


def test_a_hit_opens_in_the_same_message_is_rated_there_and_leads_back(person: Person) -> None:
    person.say("harry potter")
    page = person.sees("8 films found.")
    person.tap(page, "More ›")
    person.tap(person.sees("6. "), "7")
    card = person.sees_button("1★")
    assert card["text"].startswith("Harry Potter and the Hallows: Part 1 (2007)")
    assert labels(card) == HIT
    person.tap(card, "4★")
    person.tap(person.sees("Your rating: ★★★★"), "🔖 Later")
    marked = person.sees_button("✅ Later")
    person.tap(marked, "‹ Back")
    back = person.sees("6. ")
    assert back["message_id"] == page["message_id"]
    assert "7. Harry Potter and the Hallows: Part 1 (2007)\nDrama\n✓ ★★★★" in back["text"]
    assert len(person.messages()) == 1


def test_none_of_these_says_how_to_go_on(person: Person) -> None:
    person.say("dune")
    person.tap(person.sees("2 films found."), "None of these")
    assert labels(person.sees("Send me more of the title, its year, or its IMDb link")) == []


def test_hits_that_are_forgotten_have_expired(person: Person) -> None:
    person.say("dune")
    person.tap(person.sees("2 films found."), data="1:p:4:77:0")
    person.sees("That button is too old")


@pytest.mark.parametrize(
    ("text", "film"),
    [
        ("seven", "Se7en (1995)"),
        ("godfather 2", "The Godfather: Part II (1974)"),
        ("Godfather, The: Part Two", "The Godfather: Part II (1974)"),
        ("godfather第二部", "The Godfather: Part II (1974)"),
        ("dune 2021", "Dune: Part One (2021)"),
        ("https://www.imdb.com/title/tt0011300/?ref_=x", "The Godfather: Part II (1974)"),
        ("tt0011300", "The Godfather: Part II (1974)"),
        ("https://www.themoviedb.org/movie/11100-x", "Se7en (1995)"),
        ("https://letterboxd.com/film/the-godfather/", "The Godfather (1972)"),
        ("https://letterboxd.com/film/the-godfather-part-ii/", "The Godfather: Part II (1974)"),
        ("The.Godfather.Part.II.1974.1080p.BluRay.x264.mkv", "The Godfather: Part II (1974)"),
        ("do you have heat?", "Heat (1991)"),
    ],
)
def test_what_is_at_hand_opens_the_film(person: Person, text: str, film: str) -> None:
    person.say(text)
    assert labels(person.sees(film)) == CARD


def test_a_link_to_an_unknown_film_is_said_to_be_one(person: Person) -> None:
    person.say("https://www.imdb.com/title/tt9999999/")
    person.sees("I don’t know which film this link is of")


def test_a_guess_is_said_to_be_one(person: Person) -> None:
    person.say("haet")
    page = person.sees("I couldn’t find “haet”. Did you mean:")
    assert labels(page) == ["1", "None of these"]
    person.tap(page, "1")
    assert person.sees("Seen it? Tap your stars.")["message_id"] == page["message_id"]


def test_search_speaks_chinese(reader: Person) -> None:
    reader.say("harry potter")
    page = reader.sees("找到 8 部电影。")
    assert labels(page) == ["1", "2", "3", "4", "5", "更多 ›", "都不是"]
    reader.tap(page, "都不是")
    reader.sees("可以多发几个字、加上年份，或发 IMDb 链接")
    reader.say("haet")
    reader.sees("没找到“haet”。你要找的是不是：")
    reader.say("电影 godfather 第二部")
    reader.sees("The Godfather: Part II (1974)")
    reader.say("tt9999999")
    reader.sees("我不知道这个链接是哪部电影")
    reader.say("qqqqzzzz")
    reader.sees("没找到“qqqqzzzz”")


def test_hostile_titles_arrive_as_they_are(person: Person) -> None:
    person.say("tom jerry")
    assert "Tom & <Jerry> (1997)" in person.sees("Tom &")["text"]


@pytest.mark.parametrize("text", ["qqqqzzzzxxxx", "<b>&&</i>", "‮٣‮", "/rate 9999"])
def test_a_title_that_nobody_knows_gets_a_hint(person: Person, text: str) -> None:
    person.say(text)
    person.sees("Check the spelling")


def test_four_thousand_characters_are_no_title(person: Person) -> None:
    person.say("😀" * 2048)
    person.sees("That is too long for a title")
    person.say("/rate " + "a" * 4000)
    person.sim.until(lambda: len(person.messages()) == 2)


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("en", "harry potter 9", "“harry potter 9” is not in my catalogue"),
        ("en", "the godfather part III", "“the godfather part III” is not in my catalogue"),
        ("zh-hans", "harry potter 9", "片库里没有“harry potter 9”"),
    ],
)
def test_a_part_that_is_not_there_is_said_to_be_missing(
    bot: LivingBot, sim: Sim, code: str, text: str, said: str
) -> None:
    person = Person(sim, 11, code)
    person.say(text)
    assert "1" in labels(person.sees(said))


@pytest.mark.parametrize(
    ("said", "film"),
    [
        ("/rate se7en 4", "Se7en (1995)"),
        ("rate Se7en 5", "Se7en (1995)"),
        ("/rate Harry Potter and the Goblet 4.5", "Harry Potter and the Goblet (2004)"),
        ("/rate godfather 2", "The Godfather: Part II (1974)"),
    ],
)
def test_a_number_behind_a_title_to_rate_is_stars_unless_it_is_a_part(person: Person, said: str, film: str) -> None:
    person.say(said)
    assert person.sees("Seen it? Tap your stars.")["text"].startswith(film)


def test_words_for_other_films_that_are_a_title_open_that_film(person: Person, store: Store) -> None:
    more = CatalogueMovie(Movie(MovieId(9_001), "More", 1998, ("Animation",)))
    store.write(lambda tx: tx.movies.upsert_all([more])).result()
    person.say("more")
    person.sees("More (1998)")


def test_who_has_seen_it_is_told_how_to_say_so_though_a_film_is_called_it(person: Person, store: Store) -> None:
    it = CatalogueMovie(Movie(MovieId(9_002), "It", 2017, ("Horror",)))
    store.write(lambda tx: tx.movies.upsert_all([it])).result()
    person.say("I’ve seen it")
    person.sees("Tap a film’s number")
    person.say("it")
    person.sees("It (2017)")


def test_a_title_with_and_in_it_is_one_film(person: Person, store: Store) -> None:
    title = "Heat and Se7en (Calor y siete)"
    store.write(lambda tx: tx.movies.upsert_all([CatalogueMovie(Movie(MovieId(9_003), title, 1966, ()))])).result()
    person.say("heat and se7en")
    person.sees(f"{title} (1966)")


def test_films_line_by_line_are_found_however_many_tags_they_are(person: Person) -> None:
    person.say("Alien\nSe7en\nHeat")
    assert "3 films found" in person.sees("films found")["text"]


def test_the_bots_own_name_before_a_title_is_passed_over(bot: LivingBot, person: Person) -> None:
    assert bot.chat_bot is not None
    person.say(f"@{bot.chat_bot.application.bot.username} se7en")
    assert person.sees("Seen it? Tap your stars.")["text"].startswith("Se7en (1995)")
