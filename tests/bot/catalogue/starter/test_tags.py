"""The vocabulary of tags: closed, in two languages, and all of it in use."""

from __future__ import annotations

from collections import Counter

from bot.catalogue.starter import Tag, load_starter_films, load_tags


def test_a_tag_has_a_kind_a_chinese_name_and_a_meaning() -> None:
    assert Tag("feel-good", "mood", "治愈", "leaves nearly everybody happier than before") in load_tags()
    assert {tag.kind for tag in load_tags()} == {"mood", "theme", "style", "setting"}


def test_every_tag_is_borne_by_several_films_and_none_by_most() -> None:
    films = load_starter_films()
    counts = Counter(tag for film in films for tag in film.tags)
    assert counts.keys() == {tag.name for tag in load_tags()}
    assert min(counts.values()) >= 5
    assert max(counts.values()) <= len(films) / 4
