"""What is read of a wish besides genres and years: lengths, likeness, roles, what is not wanted, what contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.known import Sparing
from bot.reading.wishes import read_wish
from bot.signs import fold_signs
from recommender.domain import MovieId

THIS_YEAR = 2026


class Film:
    """One film and one person, who made it."""

    def person_at(self, text: str, at: int) -> tuple[str, int] | None:
        return ("Ada Byron", at + 3) if text.startswith("ada", at) else None

    def person_meant(self, word: str) -> str | None:
        return "Alfred Hitchcock" if word == "hitchcok" else None

    def film_called(self, title: str) -> MovieId | None:
        return MovieId(7) if title in ("arrival", "降临") else None

    def film_meant(self, title: str) -> MovieId | None:
        return MovieId(7) if title == "arival" else None

    def has_role(self, name: str, role: str) -> bool:
        return True

    def series_called(self, title: str) -> str | None:
        return "Star Wars" if title in ("star wars", "星球大战") else None

    def means_series(self, name: str) -> bool:
        return True

    def maker_of(self, movie_id: MovieId) -> str | None:
        return "Ada Byron"


def codes(text: str) -> list[str]:
    return [part.code for part in read_wish(text, THIS_YEAR, Film()).wanted.every_part]


@pytest.mark.parametrize(
    ("text", "runtime"),
    [
        ("not too long", "-120"),
        ("nothing too long", "-120"),
        ("under two hours", "-120"),
        ("less than 90 minutes", "-90"),
        ("an hour and a half or less", "-90"),
        ("at least 2.5 hours", "150-"),
        ("about 90 minutes", "80-100"),
        ("from 80 to 100 minutes", "80-100"),
        ("between 90 and 120 mins", "90-120"),
        ("2 to 3 hours", "120-180"),
        ("dos o tres horas", "120-180"),
        ("entre 60 y 90 minutos", "60-90"),
        ("under 1h30", "-90"),
        ("2h30 or less", "-150"),
        ("no longer than 1:45", "-105"),
        ("1h45m max", "-105"),
        ("2+ hours", "120-"),
        ("<90 min", "-90"),
        ("< 2h", "-120"),
        (">= 150 minutes", "150-"),
        ("menos de 1,5 horas", "-90"),
        ("short", "-100"),
        ("not short", "100-"),
        ("不要太长", "-120"),
        ("两个半小时以内", "-150"),
        ("不超过100分钟", "-100"),
        ("三小时以上", "180-"),
        ("over an hour, under two hours", "60-120"),
    ],
)
def test_lengths_are_read(text: str, runtime: str) -> None:
    assert codes(text) == [f"runtime:{runtime}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like arrival but lighter", ["like:7", "tone:light"]),
        ("something like arrival from the 90s", ["years:1990-1999", "like:7"]),
        ("like arival", ["like:7"]),
        ("like arrival but shorter and newer", ["like:7", "than:shorter", "than:newer"]),
        ("像《降临》那样的喜剧", ["genre:Comedy", "like:7"]),
        ("和降临类似，老一点", ["like:7", "than:older"]),
        ("i would like a comedy", ["genre:Comedy"]),
        ("directed by ada", ["director:Ada Byron"]),
        ("i loved arrival", ["like:7"]),
        ("a comedy, not arrival", ["genre:Comedy", "-like:7"]),
        ("科幻片，除了降临", ["genre:Sci-Fi", "-like:7"]),
        ("less scary than arrival", ["like:7", "-genre:Horror"]),
        ("by the guy who made arrival", ["director:Ada Byron"]),
        ("拍《降临》的导演", ["director:Ada Byron"]),
        ("del director de arrival", ["director:Ada Byron"]),
        ("parecida a arrival pero más corta", ["like:7", "than:shorter"]),
        ("films with ada", ["cast:Ada Byron"]),
        ("ada主演", ["cast:Ada Byron"]),
        ("not ada", ["-person:Ada Byron"]),
        ("no gore with ada", ["cast:Ada Byron", "-tag:brutal"]),
        ("no vampires, zombies or gore", ["-tag:vampires", "-tag:zombies", "-tag:brutal"]),
        ("vampires or zombies", ["tag:vampires|zombies"]),
        ("vampires and zombies", ["tag:vampires", "tag:zombies"]),
        ("不要血腥的，要有吸血鬼", ["tag:vampires", "-tag:brutal"]),
        ("吸血鬼除外", ["-tag:vampires"]),
        ("best comedy", ["genre:Comedy", "order:best"]),
        ("less violent", ["-tag:brutal"]),
        ("horror but not too scary", ["genre:Horror", "-tag:brutal|disturbing"]),
        ("恐怖片，别太吓人", ["genre:Horror", "-tag:brutal|disturbing"]),
        ("western not older than 1960", ["genre:Western", "years:1960-"]),
        ("爱情片，不要太老", ["genre:Romance", "years:1970-"]),
        ("foreign thriller", ["genre:Thriller", "-language:en"]),
        ("a not too long korean thriller", ["genre:Thriller", "country:KR", "runtime:-120"]),
        ("not too scary thriller", ["genre:Thriller", "-genre:Horror"]),
        ("not too long or sad", ["runtime:-120", "-tone:sad"]),
        ("neither too long nor too old sci-fi", ["genre:Sci-Fi", "years:1970-", "runtime:-120"]),
        ("不太长的韩国惊悚片", ["genre:Thriller", "country:KR", "runtime:-120"]),
        ("别太长太老的喜剧", ["genre:Comedy", "years:1970-", "runtime:-120"]),
        ("既不要爱情也不要恐怖", ["-genre:Horror", "-genre:Romance"]),
        ("una no muy larga coreana", ["country:KR", "runtime:-120"]),
        ("no muy violenta coreana", ["country:KR", "-tag:brutal"]),
        ("ni muy larga ni muy antigua de terror", ["genre:Horror", "years:1970-", "runtime:-120"]),
        ("ada's best", ["person:Ada Byron", "order:best"]),
    ],
)
def test_parts_are_read(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for a 6-year-old", ["age:family"]),
        ("with the kids (6 and 9)", ["age:family"]),
        ("my kids are 13 and 15", ["age:teen"]),
        ("i'm 14, any horror", ["genre:Horror", "age:teen"]),
        ("i'm 35, any horror", ["genre:Horror"]),
        ("给六岁小朋友看的", ["age:family"]),
        ("适合12岁孩子看的科幻", ["genre:Sci-Fi", "age:teen"]),
        ("para mi hijo de 8 años", ["age:family"]),
        ("tengo 15 años", ["age:teen"]),
        ("animation for grown-ups", ["genre:Animation", "age:adult"]),
        ("christmas film, not for kids", ["tag:Christmas", "age:adult"]),
    ],
)
def test_ages_are_read(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cine francés de los sesenta", ["years:1960-1969", "country:FR"]),
        ("una coreana", ["country:KR"]),
        ("películas alemanas", ["country:DE"]),
        ("quiero llorar", ["tag:tear-jerker"]),
        ("vampiros o zombis", ["tag:vampires|zombies"]),
        ("asesinos en serie, sin sangre", ["tag:serial killer", "-tag:brutal"]),
        ("no me gustan los musicales", ["-genre:Musical"]),
        ("que no sea gringa", ["-country:US"]),
        ("que no pase de hora y media", ["runtime:-90"]),
        ("menos de dos horas", ["runtime:-120"]),
        ("no muy larga", ["runtime:-120"]),
        ("joyas ocultas", ["order:hidden"]),
        ("la mejor comedia", ["genre:Comedy", "order:best"]),
        ("entre 1990 y 2000", ["years:1990-2000"]),
        ("los últimos 10 años", ["years:2016-"]),
        ("de este siglo", ["years:2000-"]),
        ("noventera", ["years:1990-1999"]),
        ("para ver con los peques", ["age:family"]),
        ("con mi novia, algo ligero", ["tone:light"]),
        ("pelis poco conocidas de suspense", ["genre:Thriller", "order:hidden"]),
        ("las menos conocidas", ["order:hidden"]),
        ("los mejor valorados", ["order:best"]),
        ("algo que no haya visto nadie", ["order:hidden"]),
        ("cine negro de los cuarenta", ["genre:Film-Noir", "years:1940-1949"]),
        ("los años treinta", ["years:1930-1939"]),
        ("de los dos mil", ["years:2000-2009"]),
        ("aventuras de antes del 2000", ["genre:Adventure", "years:-1999"]),
        ("posterior al 2010", ["years:2011-"]),
        ("hasta el 2005", ["years:-2005"]),
        ("anteriores a los 70", ["years:-1969"]),
        ("antes de los setenta", ["years:-1969"]),
        ("del 95 al 99", ["years:1995-1999"]),
        ("de la década de los ochenta", ["years:1980-1989"]),
        ("del mismo director que arrival", ["director:Ada Byron"]),
        ("aventuras para mi sobrino de 8 años", ["genre:Adventure", "age:family"]),
        ("estrenos de 2023", ["years:2023-2023"]),
        ("de superhéroes no, por favor", ["-tag:superheroes"]),
        ("comedia, de terror no", ["genre:Comedy", "-genre:Horror"]),
        ("dos horas como mucho", ["runtime:-120"]),
        ("100 minutos como máximo", ["runtime:-100"]),
        ("nada de guerra, mejor una comedia", ["genre:Comedy", "-genre:War"]),
        ("una que pase en Nueva York", ["tag:New York"]),
        ("para niños menores de 6 años", ["age:family"]),
    ],
)
def test_spanish_is_read_in_any_form_of_a_word(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_spanish_is_read_without_its_accents() -> None:
    for text in ("ciencia ficción francesa con acción", "recomiéndame algo de animación japonesa", "película cómica"):
        assert codes(text) == codes(fold_signs(text))


@pytest.mark.parametrize(
    "text", ["a comedy with my friends", "comedy for my dad", "和朋友一起看的喜剧", "una comedia con mis padres"]
)
def test_with_whom_somebody_watches_is_not_what_a_film_is_about(text: str) -> None:
    assert codes(text) == ["genre:Comedy"]


class Slow(Film):
    """Counts its searches."""

    searches = 0

    def film_meant(self, title: str) -> MovieId | None:
        self.searches += 1
        return None


def test_a_wish_guesses_at_few_titles_since_each_takes_a_search() -> None:
    slow = Slow()
    read_wish("not one thing qwertz, " * 9 + "like asdfg, " * 9, THIS_YEAR, slow)
    assert slow.searches == Sparing.MOST_GUESSES


def test_chinese_is_read_in_either_writing() -> None:
    assert codes("想看90年代的香港喜劇，不要愛情") == codes("想看90年代的香港喜剧，不要爱情")


def test_what_was_not_understood_is_told_as_it_was_written() -> None:
    assert read_wish("una comedia con ñandúes 🦤", THIS_YEAR).unknown == ("ñandúes",)


@pytest.mark.parametrize("text", ["i haven't seen", "没看过的", "that i have not watched yet", "unseen"])
def test_that_a_film_shall_be_unseen_is_asking_for_what_lists_are(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.is_asked
    assert (found.is_empty, found.unknown) == (True, ())


@pytest.mark.parametrize(
    "text", ["short but over three hours", "vampires, no vampires", "comedy but no comedy", "before 1950 after 1960"]
)
def test_what_no_film_can_be_is_contradictory(text: str) -> None:
    found = read_wish(text, THIS_YEAR)
    assert found.is_contradictory
    assert (found.is_empty, found.unknown) == (True, (text,))


@given(
    st.lists(
        st.sampled_from(
            [
                "not",
                "like",
                "arrival",
                "ada",
                "不要",
                "长",
                "short",
                "or",
                ",",
                "by",
                "the",
                "gore",
                "像",
                "的",
                "2",
                "hours",
                "vampires",
            ]
        )
    )
)
def test_any_mix_of_words_is_read(words: list[str]) -> None:
    found = read_wish(" ".join(words), THIS_YEAR, Film())
    parts = found.wanted.parts
    assert len(set(parts)) == len(parts)
    assert sum(part.kind == "runtime" for part in parts) <= 1


@pytest.mark.parametrize(
    ("text", "read", "unknown"),
    [
        ("superhero movies but not marvel", ["tag:superheroes", "-studio:Marvel"], ()),
        ("不要漫威的超级英雄电影", ["tag:superheroes", "-studio:Marvel"], ()),
        ("marvel movies", ["studio:Marvel"], ()),
        ("studio ghibli", ["studio:Studio Ghibli"], ()),
        ("日本动画不要吉卜力", ["country:JP", "genre:Animation", "-studio:Studio Ghibli"], ()),
        ("animación que no sea de disney", ["genre:Animation", "-studio:Disney"], ()),
        ("想笑", ["genre:Comedy"], ()),
        ("真实故事改编的电影", ["tag:true story"], ()),
        ("主角是女的动作片", ["tag:strong heroine", "genre:Action"], ()),
        ("豆瓣top250", ["order:best"], ()),
        ("all the star wars movies", ["series:Star Wars"], ()),
        ("the best star wars film", ["order:best", "series:Star Wars"], ()),
        ("星球大战系列电影", ["series:Star Wars"], ()),
        ("todas las de star wars", ["series:Star Wars"], ()),
        ("sci-fi but not star wars", ["genre:Sci-Fi", "-series:Star Wars"], ()),
        ("科幻片不要星球大战", ["genre:Sci-Fi", "-series:Star Wars"], ()),
        ("comedies but not romantic comedies", ["genre:Comedy", "-genre:Romance"], ()),
        ("no romcoms", ["-genres:Comedy|Romance"], ()),
        ("comedy-drama", ["genre:Comedy", "genre:Drama"], ()),
        ("she hates gore", ["-tag:brutal"], ()),
        ("hitchcok", ["person:Alfred Hitchcock"], ()),
        ("by whoever made arrival", ["director:Ada Byron"], ()),
        ("movies about the sea", ["tag:at sea"], ()),
        ("top 10 comedies", ["genre:Comedy", "order:best"], ()),
        ("from 1990 to now", ["years:1990-"], ()),
        ("desde 1990 hasta hoy", ["years:1990-"], ()),
        ("从1990到现在的科幻", ["genre:Sci-Fi", "years:1990-"], ()),
        ("around 1985", ["years:1983-1987"], ()),
        ("whatever", [], ()),
        ("recomend me a comedy", ["genre:Comedy"], ()),
        ("都可以", [], ()),
        ("i can't stand musicals", ["-genre:Musical"], ()),
        ("mi novia odia el terror", ["-genre:Horror"], ()),
        ("todo menos terror", ["-genre:Horror"], ()),
        ("nothing from the 80s", ["-years:1980-1989"], ()),
        ("1990s but not 1995", ["years:1990-1999", "-years:1995-1995"], ()),
        ("nada de los 80", ["-years:1980-1989"], ()),
        ("a comedy from my watchlist", ["genre:Comedy", "own:later"], ()),
        ("de mi lista de pendientes", ["own:later"], ()),
        ("从想看里来一部", ["own:later"], ()),
        ("same director as arrival", ["director:Ada Byron"], ()),
        ("on amazon prime", [], ("amazon prime",)),
        ("a film for a sunny day", [], ("sunny",)),
        ("🧟‍♂️", ["tag:zombies"], ()),
        ("😂 🇪🇸", ["country:ES", "genre:Comedy"], ()),
        ("❤️ 90s", ["genre:Romance", "years:1990-1999"], ()),
        ("academy award winners of the 90s", ["years:1990-1999", "order:best"], ()),
        ("a comedy to watch with my friends", ["genre:Comedy"], ()),
        ("和朋友一起看的喜剧", ["genre:Comedy"], ()),
        ("a comedy for date night", ["genre:Comedy", "genre:Romance"], ()),
        ("a film for a date", ["genre:Romance"], ()),
        ("适合情侣看的喜剧", ["genre:Comedy", "genre:Romance"], ()),
        ("适合约会的时候看", ["genre:Romance"], ()),
        ("una peli para una cita", ["genre:Romance"], ()),
        ("algo para ver en pareja", ["genre:Romance"], ()),
    ],
)
def test_who_is_narrower_or_comes_along_is_no_part(text: str, read: list[str], unknown: tuple[str, ...]) -> None:
    assert sorted(codes(text)) == sorted(read)
    assert read_wish(text, THIS_YEAR, Film()).unknown == unknown
