"""Recommendation lists over HTTP: rounds, marks, ratings, and the way back."""

import re
from datetime import timedelta

from bot.storage import Store, Tx
from recommender.domain import GENRES, MovieId, UserId
from tests.e2e.conftest import Clock, LivingBot, Person, data_of, labels, round_of
from tests.sim import Json, Sim


def _titles(message: Json) -> list[str]:
    return re.findall(r"^\d\. (.+)\n\d+% match", message["text"], re.MULTILINE)


def test_more_never_repeats_what_the_round_showed(person: Person) -> None:
    person.say("/recommend")
    seen: list[str] = []
    page = person.sees("Films for you")
    for number in range(2, 9):
        seen += _titles(page)
        person.tap(page, "More ›")
        page = person.sees(f"page {number}")
    seen += _titles(page)
    assert len(seen) == len(set(seen)) == 40
    person.tap(page, "More ›")
    person.sees("That was the last page")


def test_more_delivered_twice_edits_the_same_message_to_the_same_page(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    more = data_of(page, "More ›")
    person.tap(page, data=more)
    second = person.sees("page 2")
    assert second["message_id"] == page["message_id"]
    person.tap(page, data=more)
    person.settle()
    assert person.sees("page 2")["text"] == second["text"]
    assert len([message for message in person.messages() if "87% match" in message["text"]]) == 1


def test_previous_shows_the_page_as_it_was(person: Person) -> None:
    person.say("/recommend")
    first = person.sees("Films for you")
    person.tap(first, "More ›")
    person.tap(person.sees("page 2"), "‹ Previous")
    assert person.sees("Films for you\n")["text"] == first["text"]


def test_a_list_is_tuned_in_its_own_message_and_back_shows_it_as_it_was(person: Person) -> None:
    person.say("/recommend")
    first = person.sees("Films for you")
    assert [[button["text"] for button in row] for row in first["keyboard"]] == [
        ["1", "2", "3", "4", "5"],
        ["More ›", "🎛 Tune"],
    ]
    person.tap(first, "🎛 Tune")
    knobs = person.sees("Tune your list")
    assert knobs["message_id"] == first["message_id"]
    assert labels(knobs) == [
        *("✓ Popular", "Mixed", "Hidden gems", "🎭 Genres", "🗓 Any year", "🎬 Show me films", "‹ Back"),
    ]
    person.tap(knobs, "‹ Back")
    assert person.sees("Films for you\n")["text"] == first["text"]


def test_the_dial_leads_to_a_list_that_says_so_once_however_often_it_is_tapped(person: Person, store: Store) -> None:
    person.say("/recommend")
    person.tap(person.sees("Films for you"), "🎛 Tune")
    person.tap(person.sees("Tune your list"), "Hidden gems")
    knobs = person.sees_button("✓ Hidden gems")
    show = data_of(knobs, "🎬 Show me films")
    for _ in range(3):
        person.tap(knobs, data=show)
    gems = person.sees("Films for you · Hidden gems\n")
    assert len(store.read(lambda tx: tx.impressions.shown(UserId(person.id), round_of(gems)))) == 5
    person.tap(gems, "More ›")
    person.tap(person.sees("Hidden gems · page 2"), "‹ Previous")
    assert person.sees("Films for you · Hidden gems\n")["text"] == gems["text"]


def test_a_decade_is_kept_to_page_by_page(person: Person) -> None:
    person.say("/recommend")
    person.tap(person.sees("Films for you"), "🎛 Tune")
    person.tap(person.sees("Tune your list"), "🗓 Any year")
    years = person.sees("Films from when?")
    assert labels(years)[:3] == ["✓ Any year", "Before 1960", "1960s"]
    person.tap(years, "2000s")
    person.tap(person.sees_button("🗓 2000s"), "🎬 Show me films")
    page = person.sees("Films for you · 2000s")
    person.tap(page, "More ›")
    pages = page["text"] + person.sees("Films for you · 2000s · page 2")["text"]
    found = re.findall(r"\((\d{4})\)\n\d+% match", pages)
    assert len(found) == 10
    assert all(2000 <= int(year) <= 2009 for year in found)


def test_a_decade_that_holds_no_film_says_so_and_offers_the_knobs(person: Person) -> None:
    person.say("/recommend")
    person.tap(person.sees("Films for you"), "🎛 Tune")
    person.tap(person.sees("Tune your list"), "🗓 Any year")
    person.tap(person.sees("Films from when?"), "1970s")
    person.tap(person.sees_button("🗓 1970s"), "🎬 Show me films")
    assert labels(person.sees("nothing more from those years (1970s)")) == ["🎛 Tune"]


def test_genres_are_tuned_in_and_out_and_stay(person: Person, store: Store) -> None:
    person.say("/recommend")
    person.tap(person.sees("Films for you"), "🎛 Tune")
    person.tap(person.sees("Tune your list"), "🎭 Genres")
    grid = person.sees("Your genres\nTap once")
    person.tap(grid, "Comedy")
    person.tap(person.sees_button("✅ Comedy"), "Drama")
    person.tap(person.sees_button("✅ Drama"), "✅ Drama")
    person.tap(person.sees_button("🚫 Drama"), "✔️ Done")
    knobs = person.sees("Genres: Comedy.\nNever: Drama.")
    person.tap(knobs, "🎬 Show me films")
    page = person.sees("because you chose Comedy")
    assert page["message_id"] == grid["message_id"]
    assert "Drama" not in page["text"]
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert (list(profile.genres), set(profile.excluded)) == (["Comedy"], {"Drama"})


def test_what_was_asked_for_in_words_is_kept_until_a_genre_is_tuned(person: Person) -> None:
    person.say("/recommend 90s comedy")
    person.tap(person.sees("I understood: Comedy · 1990–1999"), "🎛 Tune")
    knobs = person.sees("Tune your list")
    assert "I understood: Comedy · 1990–1999" in knobs["text"]
    person.tap(knobs, "🗓 Any year")
    person.tap(person.sees("Films from when?"), "2000s")
    person.tap(person.sees_button("🗓 2000s"), "🎬 Show me films")
    page = person.sees("I understood: Comedy · 2000–2009\n\n🎬 Films for you · 2000s")
    assert re.findall(r"\((\d{3})\d\)\n\d+% match · (.+)", page["text"]) == [("200", "Comedy")] * 2
    person.tap(page, "🎛 Tune")
    person.tap(person.sees("Tune your list"), "🎭 Genres")
    person.tap(person.sees("Your genres\nTap once"), "Sci-Fi")
    person.tap(person.sees_button("✅ Sci-Fi"), "✔️ Done")
    assert "I understood" not in person.sees("Genres: Sci\u2011Fi.")["text"]


def test_a_number_opens_the_films_card_in_the_same_message(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    card = person.open(page, 2)
    assert card["message_id"] == page["message_id"]
    assert card["text"].startswith("Ronin (1992)\n")
    assert labels(card) == [
        *("1★", "2★", "3★", "4★", "5★"),
        *("👀 Seen", "🔖 Later", "❓ Why?", "⏳ Not now", "🚫 Not for me"),
        *("≈ Like this", "⋯ More", "‹ Back"),
    ]
    person.tap(card, "‹ Back")
    assert person.sees("Films for you")["text"] == page["text"]


def test_like_this_sends_one_list_of_films_like_it_however_often_it_is_tapped(person: Person, store: Store) -> None:
    person.say("/recommend")
    card = person.open(person.sees("Films for you"), 2)  # Ronin, a drama
    for _ in range(3):
        person.tap(card, "≈ Like this")
    alike = person.sees("Films like Ronin (1992)")
    assert len([message for message in person.messages() if "Films like" in message["text"]]) == 1
    assert "% match" not in alike["text"]
    assert "Ronin (1992)\n" not in alike["text"].split("\n\n", 1)[1]
    assert re.findall(r"^\d\. .+\n(.+)$", alike["text"], re.MULTILINE) == ["Drama · Romance"] * 5
    assert labels(alike) == ["1", "2", "3", "4", "5", "More ›"]
    person.tap(alike, "More ›")
    second = person.sees("Films like Ronin (1992) · page 2")
    person.tap(person.open(second, 1), "‹ Back")
    assert person.sees("Films like Ronin (1992) · page 2")["text"] == second["text"]
    # It says nothing of the person.
    assert store.read(lambda tx: tx.ratings.count(UserId(person.id))) == 0


def test_list_card_and_knobs_speak_chinese(bot: LivingBot, sim: Sim) -> None:
    person = Person(sim, 8, "zh-hans")
    person.say("/recommend")
    page = person.sees("为你推荐")
    assert labels(page) == ["1", "2", "3", "4", "5", "再来几部 ›", "🎛 调整"]
    card = person.open(page, 1)
    assert labels(card)[5:] == [
        "👀 看过",
        "🔖 想看",
        "❓ 为什么",
        "⏳ 以后再说",
        "🚫 不感兴趣",
        "≈ 类似的",
        "⋯ 更多",
        "‹ 返回",
    ]
    update_id = person.tap(card, "🔖 想看")
    toast = person.toast_of(update_id)
    assert toast is not None
    assert toast["text"] == "已加入想看，可在 /later 中查看。"
    person.tap(person.sees("✓ 🔖 想看"), "🎛 调整")
    knobs = person.sees("调整片单")
    assert labels(knobs) == ["✓ 热门片", "混搭", "冷门佳片", "🎭 类型", "🗓 年代不限", "🎬 给我推荐", "‹ 返回"]
    person.tap(knobs, "🎭 类型")
    assert "家庭" in labels(person.sees("点一下想看"))


def test_a_film_marked_from_the_list_says_so_and_can_be_unmarked(person: Person, store: Store) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    marked = person.mark(page, 1, "👀 Seen")
    assert "✓ 👀 Seen" in marked["text"]
    assert marked["message_id"] == page["message_id"]
    assert store.read(lambda tx: tx.marks.hidden(UserId(person.id))) == {MovieId(1)}
    person.mark(marked, 1, "✅ Seen")
    assert store.read(lambda tx: tx.marks.hidden(UserId(person.id))) == frozenset()


def test_buttons_of_lists_sent_before_still_work(person: Person, store: Store) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    round_ = round_of(page)
    person.tap(page, data=f"1:m:1:0:1:1:{round_}:0")  # 1 👀
    person.sees("✓ 👀 Seen")
    person.tap(page, data=f"1:p:1:{round_}:10000")  # the dial
    person.sees("Films for you · Mixed")
    person.tap(page, data="1:gs")
    person.sees("Your genres")


def test_seen_and_never_stay_away_from_the_next_list(person: Person) -> None:
    person.say("/recommend")
    page = person.mark(person.sees("Films for you"), 1, "👀 Seen")
    assert "✓ 🚫 Not for me" in person.mark(page, 2, "🚫 Not for me")["text"]
    person.say("/recommend")
    person.sim.until(lambda: len(person.messages()) == 2)
    assert not {"Heat (1991)", "Ronin (1992)"} & {*_titles(person.messages()[-1])}


def test_a_film_saved_for_later_is_on_the_watchlist(person: Person) -> None:
    person.say("/recommend")
    assert "✓ 🔖 Later" in person.mark(person.sees("Films for you"), 3, "🔖 Later")["text"]
    person.say("/later")
    page = person.sees("Your watchlist · 1 film")
    assert "Amélie (1993)" in page["text"]
    person.tap(person.open(page, 1), "✅ Later")
    person.sees("Your watchlist is empty")


def test_rating_from_the_list_leads_back_to_it_and_changes_the_next(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    card = person.open(page, 2)
    assert "%" not in card["text"]
    person.tap(card, "5★")
    rated = person.sees("✓ ★★★★★")
    person.tap(person.open(rated, 2), "−½")
    person.tap(person.sees("Your rating: ★★★★½"), "‹ Back")
    person.sees("✓ ★★★★½")
    person.say("/recommend")
    person.sees("because you liked Ronin (1992)")


def test_a_list_whose_impressions_are_gone_offers_a_fresh_one(bot: LivingBot, person: Person, store: Store) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(0))).result()
    person.tap(page, "More ›")
    offer = person.sees("That button is too old")
    person.tap(offer, "🎬 Fresh list")
    fresh = person.sim.until_message(
        person.id, lambda message: message["message_id"] == offer["message_id"] and "Films for you" in message["text"]
    )
    assert "87% match" in fresh["text"]


def test_an_empty_database_says_so_instead_of_failing(bot: LivingBot, person: Person, store: Store) -> None:
    def see_everything(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in range(1, 41):
            tx.marks.put(UserId(person.id), MovieId(number), "seen")

    store.write(see_everything).result()
    person.say("/recommend")
    person.sees("Nothing is left to suggest")


def _ask_again(person: Person) -> Json:
    """Return the list that another /recommend brings."""
    count = len(person.messages())
    person.say("/recommend")
    person.sim.until(lambda: len(person.messages()) > count)
    return person.messages()[-1]


def test_asked_again_the_list_goes_on_until_all_was_shown(person: Person) -> None:
    lists = [_titles(_ask_again(person)) for _ in range(8)]
    assert len({title for titles in lists for title in titles}) == 40
    assert set(_titles(_ask_again(person))) == set(lists[0])  # then what was left alone comes back


def test_what_was_left_alone_is_fresh_again_after_a_month(person: Person, clock: Clock) -> None:
    first = _titles(_ask_again(person))
    clock.advance(timedelta(days=31))
    assert _titles(_ask_again(person)) == first


def test_a_film_put_off_is_in_no_list_for_a_month_and_comes_back_by_itself(
    person: Person, store: Store, clock: Clock
) -> None:
    assert "✓ ⏳ Not now" in person.mark(_ask_again(person), 1, "⏳ Not now")["text"]
    heat = MovieId(1)
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == {heat}
    clock.advance(timedelta(days=29))
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == {heat}
    clock.advance(timedelta(days=2))
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == frozenset()
    assert _titles(_ask_again(person))[0] == "Heat (1991)"


def test_a_film_on_the_watchlist_is_in_no_list_until_it_is_taken_off(person: Person, clock: Clock) -> None:
    person.mark(_ask_again(person), 1, "🔖 Later")
    clock.advance(timedelta(days=31))
    assert "Heat (1991)" not in _titles(_ask_again(person))
    person.say("/later")
    person.tap(person.open(person.sees("Your watchlist · 1 film"), 1), "✅ Later")
    person.sees("Your watchlist is empty")
    clock.advance(timedelta(days=31))
    assert "Heat (1991)" in _titles(_ask_again(person))


def test_what_was_seen_leaves_the_watchlist_and_taking_it_back_is_no_loss(person: Person) -> None:
    person.mark(_ask_again(person), 1, "🔖 Later")
    person.say("/later")
    page = person.sees("Your watchlist · 1 film")
    seen = person.tap(person.open(page, 1), "👀 Seen")
    toast = person.toast_of(seen)
    assert toast is not None
    assert toast["text"] == "Marked as seen: I won’t suggest it again. It left your watchlist."
    person.sees("Your watchlist is empty")
    person.say("heat")
    person.tap(person.sees("Seen it? Tap your stars."), "✅ Seen")
    person.say("/later")
    person.sim.until(lambda: "1 film" in person.messages()[-1]["text"])


def test_an_excluded_genre_is_in_no_list_from_then_on(person: Person) -> None:
    person.onboard("Comedy")
    person.say("/genres")
    grid = person.sees("Your genres\nTap once")
    person.tap(grid, "Drama")
    person.tap(person.sees_button("✅ Drama"), "✅ Drama")
    person.tap(person.sees_button("🚫 Drama"), "✔️ Done")
    person.sees("Your next list follows your genres")
    for _ in range(8):
        assert "Drama" not in _ask_again(person)["text"]
    person.say("/genres")
    grid = person.sim.until_message(person.id, lambda message: "🚫 Drama" in labels(message), what="the grid again")
    person.tap(grid, "🚫 Drama")
    person.sees_button("Drama")


def test_who_excludes_everything_is_told_in_one_sentence(person: Person, store: Store) -> None:
    person.onboard()
    for genre in GENRES:
        _exclude(store, person, genre)
    assert "That leaves no genre at all" in _ask_again(person)["text"]
    person.say("/genres")
    person.tap(person.sees("Your genres\nTap once"), "✔️ Done")
    person.sees("That leaves no genre at all")


def test_the_surprise_can_be_turned_off_and_on(person: Person, store: Store) -> None:
    def wants_wildcards() -> bool:
        known = store.read(lambda tx: tx.people.get(UserId(person.id)))
        assert known is not None
        return known.wildcards

    person.say("/genres")
    person.tap(person.sees("Your genres"), "🎲 A surprise now and then: on")
    grid = person.sees_button("🎲 A surprise now and then: off")
    assert not wants_wildcards()
    person.tap(grid, "🎲 A surprise now and then: off")
    person.sees_button("🎲 A surprise now and then: on")
    assert wants_wildcards()


def _exclude(store: Store, person: Person, genre: str) -> None:
    store.write(lambda tx: tx.people.set_genre(UserId(person.id), genre, "excluded")).result()
