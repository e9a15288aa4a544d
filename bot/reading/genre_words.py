"""The words that people have for genres, in English and Chinese; the Spanish ones stand beside."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading import spanish_words
from bot.reading.spanish_forms import forms

_WORDS: Final[dict[tuple[str, ...], str]] = {
    ("Action",): "action|actions|动作|动作片|打斗",
    ("Adventure",): "adventure|adventures|adventurous|冒险|探险|历险",
    ("Animation",): "animation|animations|animated|anime|animes|cartoon|cartoons|动画|动漫|卡通|动画片",
    ("Children",): "children|childrens|children's|kids|kid|family|families|family-friendly|儿童|儿童片|家庭|家庭片",
    ("Comedy",): (
        "comedy|comedies|comedic|comical|comic|funny|funnier|hilarious|humour|humor|humorous|laugh|laughs|喜剧|搞笑|好笑|想笑|笑一笑|"
        "爆笑|笑死人|笑死|幽默|逗|欢乐"
    ),
    ("Crime",): "crime|crimes|criminal|犯罪|警匪",
    ("Documentary",): "documentary|documentaries|documentry|doc|docs|docu|纪录|纪录片|记录片|纪实",
    ("Drama",): "drama|dramas|dramatic|剧情|文艺",
    ("Fantasy",): "fantasy|fantasies|magical|奇幻|魔幻",
    ("Film-Noir",): "film noir|film noirs|film-noir|films noirs|noir|noirs|黑色电影|黑色片",
    ("Horror",): (
        "horror|horrors|scary|scarier|creepy|spooky|terrifying|frightening|slasher|slashers|"
        "scare me|scare us|恐怖|恐怖片|吓人|惊吓|鬼片|可怕"
    ),
    ("Musical",): "musical|musicals|歌舞|歌舞片|音乐剧",
    ("Mystery",): "mystery|mysteries|detective|detectives|whodunit|whodunits|whodunnit|悬疑|推理|侦探|悬念",
    ("Romance",): (
        "romance|romances|romantic|love story|love stories|love movie|love movies|love film|love films|date night|"
        "date-night|a date|our date|couples|爱情|浪漫|恋爱|情侣|情侣之夜|约会|约会之夜|约会时|约会的时候|小两口"
    ),
    ("Sci-Fi",): "sci-fi|scifi|sci fi|sf|science fiction|science-fiction|space opera|space operas|科幻",
    ("Thriller",): "thriller|thrillers|thrilling|suspense|suspenseful|惊悚|惊险",
    ("War",): "war|wars|wartime|战争|打仗|军事",
    ("Western",): "western|westerns|cowboy|cowboys|spaghetti western|spaghetti westerns|西部|西部片|牛仔",
    (
        "Comedy",
        "Romance",
    ): "romantic comedy|romantic comedies|romcom|romcoms|rom-com|rom-coms|rom com|rom coms|爱情喜剧|浪漫喜剧",
    ("Comedy", "Drama"): "dramedy|dramedies|悲喜剧",
    ("Action", "Comedy"): "action comedy|action comedies|动作喜剧",
    ("Comedy", "Horror"): "horror comedy|horror comedies|comedy horror|恐怖喜剧",
    ("Drama", "Romance"): "romantic drama|romantic dramas|爱情剧情",
}
_GENRES: Final = {word: genres for genres, words in spanish_words.GENRES.items() for word in forms(words)} | {
    word: genres for genres, words in _WORDS.items() for word in words.split("|")
}
_LONGEST_FIRST: Final = "|".join(re.escape(word) for word in sorted(_GENRES, key=len, reverse=True))
GENRE: Final = re.compile(rf"(?:{_LONGEST_FIRST})(?![a-z0-9])")
_NAMES: Final = {
    *(name.casefold() for genres in _WORDS for name in genres if len(genres) == 1),
    *(word for word in _GENRES if not word.isascii()),
    *("comedies", "dramas", "documentaries", "musicals", "mysteries", "romances", "thrillers", "westerns"),
    *("scifi", "sci fi", "science fiction", "noir"),
    *(f"{name}片" for name in _GENRES if not name.isascii() and not name.endswith("片")),
}
# A shorter word with a slip may be any other; of English ones alone, since a Spanish one with a slip may be English.
_SHORTEST_SLIP: Final = 5
_ENGLISH: Final = [word for words in _WORDS.values() for word in words.split("|")]
# English words that are one letter from one for a genre: "on amazon prime" asks for no crime.
_NO_SLIPS: Final = frozenset(
    {
        *("prime", "grime", "chime", "auction", "faction", "sunny", "bunny", "funky", "cosmic", "conic"),
        *("score", "scars", "scare", "scarf", "defective"),
    }
)
_SINGLE: Final = [word for word in _ENGLISH if len(word) >= _SHORTEST_SLIP and word.isascii() and word.isalpha()]


def genres_of(word: str) -> tuple[str, ...]:
    """Return the genres that a word of the table stands for."""
    return _GENRES[word]


def names_genre(text: str) -> bool:
    """Tell whether a text is the name of a genre and nothing else: westerns, but not scary, which is a film's title."""
    return text in _NAMES


def guess_genres(word: str) -> tuple[str, ...]:
    """Return the genres of a word with one slip; none where it is near no word for a genre."""
    if len(word) < _SHORTEST_SLIP or not word.isalpha() or word in _NO_SLIPS:
        return ()
    found = process.extractOne(word, _SINGLE, scorer=OSA.distance, score_cutoff=1)
    return _GENRES[found[0]] if found else ()
