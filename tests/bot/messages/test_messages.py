"""Every message, whatever the titles: Telegram accepts it, and its buttons decode."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import get_args
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Frequency, Knobs, Mark, Place, decode
from bot.dial import PAGES, PAGES_PER_ERA, Dial, Era, page_code
from bot.histories import Refusal
from bot.histories.caps import MAX_BYTES, MAX_FILES, MAX_ROWS, MAX_UNPACKED
from bot.messages import (
    cards,
    commands,
    digest,
    films,
    follows,
    interview,
    lists,
    matches,
    news,
    nights,
    notices,
    onboarding,
    operator,
    own_films,
    past,
    privacy,
    search,
    small_talk,
    taste,
    tuning,
    unasked,
    wishes,
)
from bot.messages.clipping import clean, clip, utf16_units
from bot.messages.facts import Facts
from bot.messages.genres import GenreWishes
from bot.messages.news import News
from bot.messages.words import LANGUAGES, Words, load_words
from bot.outgoing import Outgoing
from bot.wanted import Part, Wanted, read_part
from bot.zones import OFFERED, Clock
from recommender.domain import GENRES, Filters, Movie, MovieId, Stars

WORDS = load_words()
PHONE_COLUMNS = 40
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
HOSTILE = st.text(st.characters(exclude_categories=()) | st.sampled_from("<>&\"'{}%/b😀\u202e\x00\ud800"), max_size=500)
MOVIES = st.builds(
    Movie,
    id=st.integers(1, 2**31 - 1).map(MovieId),
    title=HOSTILE | st.just("<b>" * 300) | st.just("😀" * 400),
    year=st.none() | st.integers(1900, 2030),
    genres=st.lists(st.sampled_from(GENRES), unique=True).map(tuple),
)
FILMS = st.builds(
    films.Film,
    movie=MOVIES,
    stars=st.none() | st.integers(1, 10).map(Stars.from_half_stars),
    marks=st.frozensets(st.sampled_from(Mark)),
)


class _Reader(HTMLParser):
    """Collects text as Telegram would show it, and refuses tags that are not ours or not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "a")  # italics are no Chinese letters
        assert [name for name, value in attrs if str(value).startswith("https://")] == ["href"] * (tag == "a")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def visible(outgoing: Outgoing) -> str:
    """Return what a person sees, after checking what Telegram checks."""
    reader = _Reader()
    reader.feed(outgoing.text)
    reader.close()
    assert not reader.open
    assert 0 < utf16_units(reader.text) <= (1024 if outgoing.document or outgoing.picture else 4096)
    outgoing.text.encode("utf-8")
    for row in outgoing.keyboard:
        assert 0 < len(row) <= 8
        for button in row:
            assert button.text
            assert utf16_units(button.text) <= 64
            assert button.url.startswith("https://t.me/") or decode(button.data) is not None
    return reader.text


def _film_messages(words: Words, shown: list[films.Film]) -> Iterator[Outgoing]:
    one = shown[0]
    just = interview.JustRated(one.movie, 7, 0)
    picks = [lists.Pick(film, 0.5, because_movie=one.movie) for film in shown[: lists.LIST_SIZE]]
    for origin in (films.CardOrigin(), films.CardOrigin(Place.LIST, 2**31 - 1, 9998)):
        yield films.film_card(words, one, origin, edits=3)
        yield cards.more_side(words, one, origin, edits=3)
        yield lists.recommendations(words, picks, origin)
        yield lists.recommendations(words, picks, origin, alike=(one.movie,))
    known = replace(one, facts=Facts(directors=(one.movie.title, "B" * 200), cast=("C", one.movie.title, "D")))
    yield cards.more_side(words, known, films.CardOrigin(), followed=("C",), edits=None)
    people = [follows.Followed(one.movie.title, one.movie.title, 3), follows.Followed("C", "C", 1, on=False)]
    yield follows.following(words, people)
    yield follows.with_new_films(words, lists.recommendations(words, picks, films.CardOrigin()), shown[:3], 7)
    yield cards.pictured_card(words, one, chance=0.5)
    yield cards.shared_card(words, one)
    yield own_films.one_to_watch(words, picks[0], films.CardOrigin(Place.LIST, 2**31 - 1, 9998))
    yield own_films.to_see_again(words, picks, films.CardOrigin())
    yield lists.none_alike(words, one.movie)
    for said in (interview.Answers(just), interview.Answers(just, one.movie), interview.Answers(skipped=one.movie)):
        yield interview.question_card(words, one.movie, 3, said)
        yield interview.exhausted(words, 3, 4, said, edits=1)
        yield interview.enough(words, 5, 4, said, edits=1)
    yield lists.ratings_page(words, shown, 4000, 20)
    yield lists.later_page(words, shown[: lists.LIST_SIZE], 4000, 20)
    yield from _drawn_messages(words, shown)
    yield from _night_messages(words, shown)
    yield unasked.with_way_out(words, lists.unrated_page(words, shown[: lists.LIST_SIZE], 4000, 20))


def _night_messages(words: Words, shown: list[films.Film]) -> Iterator[Outgoing]:
    movies = [film.movie for film in shown][:10]
    kinds = itertools.cycle(get_args(nights.Strength))
    listed = [
        nights.NightFilm(movie, 0.5, strength=kind, genre="War", is_carried=True)
        for movie, kind in zip(movies, kinds, strict=False)
    ]
    yield nights.shortlist(words, [*listed, replace(listed[0], fit=None)][:10], 20, 9999)
    yield nights.chosen(words, movies[0], votes=1, lot=None, runners_up=movies[:3], bot="reelmate_bot")
    yield nights.drawn(words, movies[0], 1)
    yield matches.result(words, matches.Comparison(50, ("War",), ("Crime",), movies[:5]))
    for poll in (nights.shortlist_poll(words, 1, movies).poll, nights.final_poll(words, 1, movies[:2]).poll):
        assert poll is not None
        assert all(0 < utf16_units(option) <= 100 for option in poll.options)
        assert utf16_units(poll.question) <= 300


def _drawn_messages(words: Words, shown: list[films.Film]) -> Iterator[Outgoing]:
    counted = [taste.Counted(genre, 40, 4.5, 4.4) for genre in GENRES]
    people = [replace(one, name=shown[0].movie.title) for one in counted]
    tags = [film.movie.title for film in shown]
    report = taste.TasteReport(4000, counted, tags, people, {1890: 3, 1900: 0, 1910: 7}, 0.3, shown[:5])
    for told in (report, replace(report, rated=1, genres=(), tags=(), people=(), decades={}, fame=None, films=())):
        yield taste.taste(words, told, dark=True)
        yield taste.shared_taste(words, told, bot="reelmate_bot", dark=False)
    year = taste.YearReport(2026, True, range(12), counted, shown[:5], (2025, 2024, 2023))
    yield taste.year(words, year, dark=True)


@pytest.mark.parametrize("language", LANGUAGES)
@given(shown=st.lists(FILMS, min_size=1, max_size=lists.RATINGS_SIZE), query=HOSTILE)
def test_no_title_and_no_query_can_break_a_message(language: str, shown: list[films.Film], query: str) -> None:
    words = WORDS[language]
    hits = search.Hits(shown[: search.HITS_SIZE], 4000, 2**31 - 1, 20, guess_for=query)
    page = lists.recommendations(
        words, [lists.Pick(film, 0.5) for film in shown[: lists.LIST_SIZE]], films.CardOrigin()
    )
    genres = Filters(frozenset(GENRES), frozenset(GENRES), 1900, 2030, genres_all=frozenset(GENRES))
    wish = Wanted(genres, (Part("cast", (query, query)), Part("like", ("1",)), Part("runtime", ("90-120",))))
    asked = wishes.Shown(wish, {("cast", query): query, ("like", "1"): query}, 2**31 - 1, wish)
    found = (
        search.no_hits(words, query),
        search.hits_page(words, hits),
        wishes.with_wish(words, page, asked, unknown=(query, query), is_widened=True),
        wishes.with_nothing_understood(words, page, (query,)),
        wishes.no_films(words, asked, 1, unknown=(query,)),
    )
    for outgoing in (*_film_messages(words, shown), *found):
        visible(outgoing)


@given(HOSTILE, st.integers(1, 200))
def test_a_clipped_text_keeps_to_its_length_and_can_be_sent(text: str, units: int) -> None:
    clipped = clip(text, units)
    assert utf16_units(clipped) <= units
    clipped.encode("utf-8")
    assert clipped == clean(text) or clipped.endswith("…")


PAST = past.Summary(
    1,
    "Letterboxd",
    rows=412,
    matched=371,
    films={"rated": 340, "seen": 20, "later": 11, "never": 1},
    fresh=370,
    kept=5,
    unknown=41,
    twice=3,
    series=30,
    unreadable=1,
)


HEAT = Movie(MovieId(1), "Heat", 1995, ("Action", "Crime"))


def _messages_of_groups(words: Words) -> Iterator[Outgoing]:
    yield nights.groups_only(words, "reelmate_bot")
    for without_seen in (True, False):
        yield nights.lobby(words, 2**31 - 1, 12, without_seen=without_seen)
    yield nights.no_films(words, 1, edits=None)
    yield nights.closed_lobby(words, 20, edits=1)
    yield nights.vote_is_on(words, 1)
    yield nights.voting_again(words)
    yield nights.drawn(words, HEAT, 9999)
    for lot in (None, 9999):
        yield nights.chosen(words, HEAT, votes=2, lot=lot, runners_up=[HEAT] * 3, bot="reelmate_bot")
    yield nights.nobody_voted(words)
    yield nights.called_off(words, edits=1)
    yield nights.joined(words, 4)
    yield nights.link_is_over(words)
    for name in ("", "@a_name_of_thirty_two_signs_at_most"):
        yield matches.to_pass_on(words, name, "0123456789abcdef", "reelmate_bot")
        yield matches.asked_in_group(words, name, "0123456789abcdef", "reelmate_bot")
    yield matches.stranger_in_group(words, "reelmate_bot")
    yield matches.question(words, 2**31 - 1)
    yield matches.result(words, matches.Comparison(None, ("War",), ("Sci-Fi", "Crime"), ()))
    for build in (matches.own_link, matches.for_another, matches.over, matches.refused, matches.not_wanted):
        yield build(words)


def _plain_messages(words: Words) -> Iterator[Outgoing]:
    yield onboarding.welcome(words)
    yield onboarding.welcome_answered(words, edits=1)
    yield onboarding.welcome_back(words, 3, 2, 1)
    yield onboarding.genre_grid(words, GenreWishes(set(GENRES[:9]), set(GENRES[9:])), 5)
    for genres in (GenreWishes(), GenreWishes(set(), set(GENRES))):
        yield onboarding.genres_chosen(words, genres, edits=1, keyboard=())
    yield onboarding.invitation(words)
    yield interview.stopped(words, 0, 1, edits=1)
    yield lists.no_recommendations(words, films.CardOrigin(Place.LIST, 1, 2), 2)
    yield lists.no_recommendations(words, films.CardOrigin(Place.LIST, 1, page_code(Dial.MIXED, Era.TENS)), 2)
    for clock in (timezone(timedelta(hours=5.5)), ZoneInfo("America/Argentina/Buenos_Aires"), None):
        plan = digest.DigestPlan(Frequency.WEEKLY, 7, clock)
        yield digest.settings(words, plan)
        yield digest.ask_place(words, plan, NOW)
        yield digest.ask_place(words, plan, NOW, OFFERED)
        for on in (True, False):
            yield unasked.settings(words, unasked.UnaskedWishes(plan, on, on))
    yield digest.ask_hour(words, Frequency.DAILY)
    yield digest.paused(words, Frequency.DAILY)
    yield from (news.model_is_there(words, 2**31 - 1, name) for name in get_args(News))
    yield lists.unrated_page(words, [], 0, 0)
    yield own_films.none(words)
    yield taste.too_few(words, 4, 5)
    yield taste.no_year(words, 10)
    yield own_films.all_shown(words, 2**31 - 1)
    yield digest.unknown_place(words, "<" * 4096)
    yield privacy.kept_of_people(words)
    yield privacy.rights(words)
    yield privacy.question(words)
    yield privacy.privacy(words, agreed=True)
    yield past.how_to(words)
    yield from (past.refused(words, refusal.value) for refusal in Refusal)
    yield past.summary(words, PAST)
    yield past.summary(words, replace(PAST, fresh=0))
    yield past.going_on(words, 3, 9, edits=1)
    yield past.imported(words, PAST, days=30, edits=1)
    yield past.imported(words, replace(PAST, fresh=0), days=30, edits=1)
    yield past.undoing(words, edits=1)
    yield past.undone(words, 2, edits=1)
    yield past.dropped(words, edits=1)
    yield past.over(words, edits=1)
    yield privacy.delete_question(words, 2)
    yield privacy.deleted(words, edits=1)
    yield from privacy.export(words, rated=1, everything=b"{}", letterboxd=b"")
    yield privacy.export_waits(words)
    yield commands.help_text(words)
    yield commands.language_question(WORDS, words)
    yield notices.expired(words, 1)
    yield notices.sorry(words)
    yield notices.not_sent(words)
    yield search.none_of_these(words, edits=1)
    yield search.unknown_link(words)
    yield search.query_too_long(words)
    yield search.no_letters(words)
    yield from (small_talk.answer(words, kind) for kind in ("greeting", "thanks", "bye", "fine"))
    yield follows.following(words, ())
    yield operator.published(words, "v1", "<better>")
    yield from _messages_of_groups(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_message_is_one_that_telegram_takes(language: str) -> None:
    for outgoing in _plain_messages(WORDS[language]):
        visible(outgoing)


def _phone_lines(text: str) -> int:
    """Return how many lines a phone takes for a text: about forty Latin letters to a line, half as many Chinese."""
    widths = [sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in text.splitlines()]
    return sum(max(1, -(-width // PHONE_COLUMNS)) for width in widths)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_but_a_list_is_longer_than_eight_lines(language: str) -> None:
    words = WORDS[language]
    heat, ronin = (Movie(MovieId(n), f"The Long Title of Film {n}", 1995, ("Action", "Crime")) for n in (1, 2))
    cards = (
        films.film_card(words, films.Film(heat, Stars(4.5), frozenset({Mark.LATER})), edits=1),
        interview.question_card(words, heat, 12, interview.Answers(interview.JustRated(ronin, 8, 0))),
        interview.exhausted(words, 12, 3, interview.Answers(interview.JustRated(ronin, 8, 0)), edits=1),
    )
    long = {visible(each): _phone_lines(visible(each)) for each in (*_plain_messages(words), *cards)}
    assert {text: lines for text, lines in long.items() if lines > 8} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_keeps_to_telegrams_limits(language: str) -> None:
    words = WORDS[language]
    assert all(3 <= len(text) <= 256 for _, text in commands.menu(words))
    assert utf16_units(words.plain("about.description")) <= 512
    assert utf16_units(words.plain("about.short")) <= 120


def test_a_list_says_how_sure_and_why() -> None:
    heat = films.Film(Movie(MovieId(1), "Heat", 1995, ("Action", "Crime")))
    ronin = Movie(MovieId(2), "Ronin", 1998, ())
    text = visible(
        lists.recommendations(WORDS["en"], [lists.Pick(heat, 0.874, ronin)], films.CardOrigin(Place.LIST, 1, 0))
    )
    assert "1. Heat (1995)\n87% match · Action · Crime\nbecause you liked Ronin (1998)" in text


@pytest.mark.parametrize(
    ("shared", "en", "zh"),
    [
        (lists.Shared("director", "John <F>"), "also by John <F>", "，同为John <F>执导"),
        (lists.Shared("cast", "Robert De Niro"), "also with Robert De Niro", "，同有Robert De Niro出演"),
        (lists.Shared("series", "Heat"), "of the same series", "，同属一个系列"),
        (lists.Shared("tag", "heist"), "also tagged “heist”", "，标签同为“heist”"),
        (lists.Shared("country", "France"), "also from France", "，同为France电影"),
    ],
)
def test_a_list_says_what_a_film_shares_with_the_one_that_brought_it(shared: lists.Shared, en: str, zh: str) -> None:
    heat, ronin = (Movie(MovieId(n), title, 1994 + n, ("Action",)) for n, title in enumerate(("Heat", "Ronin"), 1))
    pick = lists.Pick(films.Film(heat), 0.5, ronin, shared)
    for language, reason in (
        ("en", f"because you liked Ronin (1996), {en}"),
        ("zh", f"因为你喜欢《Ronin (1996)》{zh}"),
    ):
        page = lists.recommendations(WORDS[language], [pick], films.CardOrigin(Place.LIST, 1, 0))
        assert f"\n{reason}\n" in visible(page)


def test_every_film_says_why_even_where_no_single_reason_is_true() -> None:
    heat = films.Film(Movie(MovieId(1), "Heat", 1995, ("Action", "Crime")))
    unsure = lists.Pick(heat, like_probability=None)
    reasons = {
        replace(unsure, because_genre="Crime"): "because you chose Crime",
        replace(unsure, liked_with="Crime"): "liked by many who chose Crime",
        replace(unsure, shared_genres=("Action", "Crime")): "fits your genres: Action, Crime",
        replace(unsure, from_ratings=True): "based on all your ratings together",
        replace(unsure, is_wildcard=True): "🎲 Something different, off your usual path",
        unsure: "loved by many people",
    }
    for pick, reason in reasons.items():
        text = visible(lists.recommendations(WORDS["en"], [pick], films.CardOrigin(Place.LIST, 1, 0)))
        assert f"1. Heat (1995)\nAction · Crime\n{reason}\n\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_five_films_and_two_rows_of_buttons(language: str) -> None:
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",))), 0.5)
    for page in (0, 3):
        rows = lists.recommendations(WORDS[language], [heat] * 5, films.CardOrigin(Place.LIST, 1, page)).keyboard
        assert [button.text for button in rows[0]] == ["1", "2", "3", "4", "5"]
        assert len(rows) == 2
        assert len(rows[1]) == (3 if page else 2)


def test_every_page_names_what_it_is_tuned_to() -> None:
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",))), like_probability=0.5)

    def title(*wanted: int) -> str:
        code = page_code(Dial(wanted[0]), Era(wanted[1]), wanted[2])
        page = lists.recommendations(WORDS["en"], [heat], films.CardOrigin(Place.LIST, 1, code))
        return visible(page).splitlines()[0]

    assert title(Dial.WELL_KNOWN, Era.ANY, 0) == "🎬 Films for you"
    assert title(Dial.MIXED, Era.ANY, 3) == "🎬 Films for you · Mixed · page 4"
    assert title(Dial.LITTLE_KNOWN, Era.NINETIES, 1) == "🎬 Films for you · Hidden gems · 1990s · page 2"


def test_the_last_page_that_a_button_can_carry_has_no_next() -> None:
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",))), 0.5)
    last = films.CardOrigin(Place.LIST, 1, page_code(Dial.WELL_KNOWN, Era.ANY, PAGES_PER_ERA - 1))
    labels = [button.text for row in lists.recommendations(WORDS["en"], [heat], last).keyboard for button in row]
    assert labels == ["1", "‹ Previous", "🎛 Tune"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", Knobs)
def test_the_knobs_show_where_each_of_them_stands(language: str, which: Knobs) -> None:
    words, back = WORDS[language], films.CardOrigin(Place.LIST, 7, 3)
    wanted = films.CardOrigin(Place.LIST, 8, page_code(Dial.MIXED, Era.SEVENTIES))
    wishes = GenreWishes({"Crime"}, {"Horror"})
    page = tuning.knobs(words, wishes, tuning.Tuning(back, wanted), which, edits=1)
    said = [visible(page), *(button.text for row in page.keyboard for button in row)]
    states = {
        Knobs.ALL: (words.plain("dial.mixed"), words.plain("era.seventies")),
        Knobs.GENRES: (f"✅ {words.plain('genre.Crime')}", f"🚫 {words.plain('genre.Horror')}"),
        Knobs.YEARS: (f"✓ {words.plain('era.seventies')}",),
    }
    assert all(any(state in text for text in said) for state in states[which])
    assert all(any(character.isalnum() for character in text) for text in said)


def test_a_list_without_a_model_says_so_and_only_then() -> None:
    heat = films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",)))
    for chance, is_said in ((None, True), (0.0, False), (0.5, False)):
        text = visible(
            lists.recommendations(WORDS["en"], [lists.Pick(heat, chance)], films.CardOrigin(Place.LIST, 1, 0))
        )
        assert ("I am still learning about films" in text) == is_said


@pytest.mark.parametrize(("page", "is_wish"), [(1, False), (0, True)])
def test_a_further_page_or_a_wish_does_not_say_so_again(page: int, is_wish: bool) -> None:
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",))), None)
    origin = films.CardOrigin(Place.LIST, 1, page)
    text = visible(lists.recommendations(WORDS["en"], [heat], origin, is_wish=is_wish))
    assert "still learning" not in text


def test_a_little_known_film_is_not_said_to_be_loved_by_many() -> None:
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Action",))), like_probability=None)
    text = visible(
        lists.recommendations(WORDS["en"], [heat], films.CardOrigin(Place.LIST, 1, Dial.LITTLE_KNOWN * PAGES))
    )
    assert "a find that few have seen" in text
    assert "loved by many" not in text


def test_a_rating_card_shows_no_predicted_number() -> None:
    heat = Movie(MovieId(1), "Heat", 1995, ("Action",))
    for outgoing in (films.film_card(WORDS["en"], films.Film(heat)), interview.question_card(WORDS["en"], heat, 0)):
        assert "%" not in outgoing.text


def test_each_city_offered_shows_its_clock() -> None:
    plan = digest.DigestPlan(Frequency.DAILY, 19, None)
    labels = [button.text for row in digest.ask_place(WORDS["en"], plan, NOW).keyboard for button in row]
    assert {"London 03:04", "Berlin 04:04", "Kolkata 08:34"} <= set(labels)
    assert len(labels) == 12


def test_a_city_with_a_long_name_has_a_row_of_its_own() -> None:
    rows = digest.ask_place(WORDS["en"], digest.DigestPlan(Frequency.DAILY, 19, None), NOW).keyboard
    assert [len(row) for row in rows if any("Los Angeles" in button.text for button in row)] == [1]
    assert max(len(button.text) for row in rows for button in row if len(row) > 1) <= 15


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        (ZoneInfo("Etc/GMT-8"), "UTC+8"),  # their signs are the other way round
        (ZoneInfo("America/New_York"), "New York"),
        (timezone(timedelta(hours=-3.5)), "UTC-3:30"),
        (UTC, "UTC+0"),
    ],
)
def test_a_clock_is_called_by_its_city_or_its_offset(clock: Clock, text: str) -> None:
    assert digest.clock_text(WORDS["en"], clock) == text


def test_a_stranger_to_a_model_of_simulated_people_is_told_no_percentage() -> None:
    heat = films.Film(Movie(MovieId(1), "Heat", 1995, ("Crime",)))
    for chance, said in ((0.8, "a safe bet"), (0.6, "a safe bet"), (0.59, "worth a try")):
        pick = lists.Pick(heat, chance, is_personal=False)
        text = visible(lists.recommendations(WORDS["en"], [pick], films.CardOrigin(Place.LIST, 1, 0)))
        assert f"1. Heat (1995)\n{said} · Crime\n" in text
        assert "%" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_says_once_where_what_was_asked_for_has_run_out(language: str) -> None:
    words, origin = WORDS[language], films.CardOrigin(Place.LIST, 1, 0)
    heat = lists.Pick(films.Film(Movie(MovieId(1), "Heat", 1995, ("Crime",))), None)
    asked = visible(lists.recommendations(words, [heat, heat], origin))
    nearest = visible(lists.recommendations(words, [heat, *[replace(heat, is_nearest=True)] * 2], origin))
    assert words.plain("list.nearest") not in asked
    assert nearest.count(words.plain("list.nearest")) == 1


@pytest.mark.parametrize(
    ("language", "wish", "line"),
    [
        ("en", Filters(frozenset({"Comedy", "War"}), year_from=1990, year_to=1999), "Comedy or War · 1990–1999"),
        ("en", Filters(genres_all=frozenset({"Comedy", "War"}), year_to=1969), "Comedy + War · 1969 and before"),
        ("en", Filters(genres_out=frozenset({"Horror", "War"}), year_from=2010), "2010 and later · no Horror · no War"),
        ("zh", Filters(frozenset({"Comedy", "War"}), year_from=1994, year_to=1994), "喜剧 或 战争 · 1994 年"),
        ("zh", Filters(genres_out=frozenset({"Horror"}), year_to=1969), "1969 年及以前 · 不要恐怖"),
    ],
)
def test_a_wish_is_told_in_one_line(language: str, wish: Filters, line: str) -> None:
    assert line in wishes.understood(WORDS[language], Wanted(wish), {})


@pytest.mark.parametrize(
    ("language", "codes", "line"),
    [
        ("en", "tag:heist tone:light runtime:-120", "heist · light · 120 min at most"),
        ("en", "order:hidden -tone:sad cast:Tom&Co", "little known · Tom&amp;Co · not sad"),
        ("en", "age:family tag:vampires|zombies runtime:90-120", "for the family · vampires or zombies · 90–120 min"),
        ("zh", "tone:dark order:best runtime:150-", "黑暗 · 高分 · 150 分钟以上"),
    ],
)
def test_all_else_of_a_wish_is_told_in_the_same_line(language: str, codes: str, line: str) -> None:
    wish = Wanted(parts=tuple(map(read_part, codes.split())))
    assert line in wishes.understood(WORDS[language], wish, {})


@given(st.lists(HOSTILE, min_size=1, max_size=8), st.lists(MOVIES, max_size=3))
def test_a_page_of_films_that_are_not_known_is_one_that_telegram_takes(titles: list[str], perhaps: list[Movie]) -> None:
    shown = [past.UnknownFilm(title, 1999, perhaps) for title in titles]
    for page in (1, 2, MAX_ROWS // past.UNKNOWN_SIZE):
        visible(past.unknown_films(WORDS["en"], 2**31 - 1, shown, page, MAX_ROWS, edits=1))


def test_what_is_in_a_file_is_told_before_anything_changes() -> None:
    said = visible(past.summary(WORDS["en"], PAST)).splitlines()
    assert said[0] == "📥 Letterboxd · 412 rows: 371 matched, 41 not."
    assert said[1] == "⭐ 340 ratings · 👀 20 seen · 🔖 11 for later · 🚫 1 not for you"
    assert said[2] == "3 duplicates · 30 series skipped · 1 unreadable · 5 newer here, kept"


def test_a_file_that_would_change_nothing_has_no_button_to_import_it() -> None:
    def labels(found: past.Summary) -> list[str]:
        return [button.text for row in past.summary(WORDS["en"], found).keyboard for button in row]

    assert labels(PAST) == ["📥 Import", "Cancel", "🔎 Show them: 41 not found"]
    assert labels(replace(PAST, fresh=0, unknown=0)) == ["Cancel"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_caps_are_told_as_they_are(language: str) -> None:
    def said(refusal: Refusal) -> str:
        return visible(past.refused(WORDS[language], refusal.value))

    assert f"{MAX_BYTES // 1024**2} MB" in said(Refusal.TOO_BIG)
    assert WORDS[language].number(MAX_ROWS) in said(Refusal.TOO_MANY_ROWS)
    assert WORDS[language].number(MAX_FILES) in said(Refusal.TOO_MANY_FILES)
    assert f"{MAX_UNPACKED // 1024**2} MB" in said(Refusal.UNPACKS_TOO_FAR)
    assert len({said(refusal) for refusal in Refusal}) == len(Refusal)
