"""Plain text over the starter catalogue: which is a wish, and which a title."""

from functools import cache

import pytest

from bot.catalogue.content_index import ContentIndex
from bot.catalogue.film_names import FilmNames
from bot.catalogue.named_films import NamedFilms
from bot.catalogue.search import TitleIndex
from bot.catalogue.starter import load_starter
from bot.reading.wishes import read_wish
from bot.service.conversation import is_wish


@cache
def films() -> NamedFilms:
    return NamedFilms(index(), ContentIndex(load_starter()))


@cache
def index() -> TitleIndex:
    return TitleIndex(load_starter(), titles=FilmNames(load_starter()).titles())


def _is_wish(text: str) -> bool:
    wish = read_wish(text, 2026, films())
    return is_wish(wish, lambda: max((match.score for match in index().search(text, 1)), default=0.0))


WISHES = [
    *("90s comedy", "western", "western before 1970", "no horror", "something funny from the 80s", "romantic comedy"),
    *("the best films", "good movies", "what is the best film ever", "top 10 movies", "surprise me", "i am bored"),
    *("最好的电影", "好看的电影", "无聊"),
    *("1994", "90s", "comedy with robots", "recommend me a film", "what should I watch?", "old musicals", "horror"),
    *(
        "a tense heist, not too long",
        "like arrival but lighter",
        "korean thriller",
        "something by kurosawa",
        "vampires",
    ),
    *(
        "a feel-good movie for a rainy sunday",
        "films with tom hanks",
        "wes anderson vibes",
        "给孩子看的动画",
        "像《降临》但轻松一点",
        "周星驰的喜剧",
    ),
    *("oscar winners", "films that won an oscar", "best picture winners", "date night", "适合情侣", "约会看的电影"),
    *("superhero movies but not marvel", "disney movies", "迪士尼电影", "movies", "random movie", "latest releases"),
    *("series", "korean series", "animated series", "una serie", "美剧", "another comedy", "otra comedia"),
    *("90年代的喜剧", "不要恐怖片", "1970年以前的西部片", "喜剧", "来点搞笑的", "推荐几部科幻片", "八十年代香港动作片"),
]
TITLES = [
    *("heat", "war horse", "no country for old men", "love actually", "the war of the worlds", "2012", "1917", "2001"),
    *("before sunrise", "before sunset", "new york stories", "get out", "no time to die", "city of god", "old boy"),
    *("tom hanks", "张国荣", "paris, texas", "the great escape", "space jam", "monsters, inc"),
    *("home movies", "moulin rouge films", "captain marvel", "星战5", "复仇者联盟4"),
    *("star wars", "dirty dancing", "qwrtz", "黑客帝国", "教父第二部"),
    *("the truman show", "mission impossible series"),
    *("the rocky horror picture show", "good morning vietnam", "dr strangelove", "inception 2010", "dune 1984", "it"),
]


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_told_from_a_title(text: str) -> None:
    assert _is_wish(text)


@pytest.mark.parametrize("text", TITLES)
def test_a_title_is_no_wish(text: str) -> None:
    assert not _is_wish(text)


def test_no_title_of_the_catalogue_is_taken_for_a_wish() -> None:
    taken = [movie.title for movie in load_starter() if _is_wish(movie.title)]
    assert taken == []
