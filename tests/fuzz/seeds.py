"""Well-formed input for each target, which fuzzers bend."""

from __future__ import annotations

from typing import Final

from tests.bot.histories import files
from tests.fuzz.targets import OLD_RELEASE, RELEASE

# As the sites write them; one of each reader is enough to bend.
_HISTORIES: Final = (
    files.LETTERBOXD_DIARY,
    files.IMDB_OF_OLD,
    files.TMDB_RATINGS,
    files.MOVIELENS_RATINGS,
    files.TRAKT_JSON,
    files.SIMKL_JSON,
    files.OURS,
)

SEEDS: Final[dict[str, tuple[bytes, ...]]] = {
    "callback": (b"1:r:5:4", b"1:g:3:1", b"1:x:99999999999999999999"),
    "message": (b"90s comedy, no horror", "给孩子看的动画".encode(), b"https://www.imdb.com/title/tt0133093/"),
    "answer": (
        b'{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}]}',
    ),
    "delivery": (
        b'{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"a"}}',
        b'{"update_id":2,"callback_query":{"id":"1","from":{"id":1},"data":"1:r:5:4"}}',
    ),
    "call": (b'\x00{"chat_id":1,"text":"<b>a</b>"}', b"\x01chat_id=1&text=a", b"\x02--x\r\n\r\n--x--"),
    "markup": (b'<a href="x.y">a</a>&#55296;', b'{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'),
    "films_csv": (RELEASE["movies.csv"],),
    "ratings_csv": (RELEASE["ratings.csv"],),
    "links_csv": (RELEASE["links.csv"],),
    "ratings_dat": (OLD_RELEASE["ratings.dat"],),
    "history": (
        *(b"\x00" + content.encode() for content in _HISTORIES),
        b"\x02" + files.packed({"ratings.csv": files.LETTERBOXD_RATINGS, "a/diary.csv": files.LETTERBOXD_DIARY}),
    ),
    "archive": (files.packed(RELEASE), b"PK\x05\x06" + bytes(18), b"PK\x03\x04"),
}
