"""The endpoint's faults: waited for, tried again, or told in one line; and what is asked twice is asked once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.catalogue.errors import WikidataError
from bot.catalogue.wikidata import AnswerCache, Endpoint, endpoint, pause_between, queries
from bot.catalogue.wikidata.endpoint import HeavyQuestionError
from tests.bot.catalogue.wikidata.wiki import Answer, Fault, Wiki, cut, refusing, saying, web_page

QUERY = queries.by_imdb(["tt0113277"])


class Waiting:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.waits.append(round(seconds, 3))


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def source(wiki: Wiki, tmp_path: Path, waiting: Waiting) -> Endpoint:
    wiki.film("Q1", "Heat", imdb="tt0113277")
    return Endpoint(wiki.url, AnswerCache(tmp_path / "wikidata"), waiting.pause, waiting)


def test_an_answer_comes_line_by_line_to_somebody_who_says_who_they_are(wiki: Wiki, source: Endpoint) -> None:
    lines = source.ask(QUERY)
    assert {line["key"]["value"] for line in lines} == {"sitelinks", "label", "imdb", "date"}
    source.contact = "films@example.org"
    source.ask(queries.by_imdb(["tt0000001"]))
    assert wiki.agents[0].startswith("Reelmate/")
    assert "(films@example.org)" in wiki.agents[1]


@pytest.mark.parametrize(
    "fault",
    [refusing(429), refusing(503), refusing(500), cut, saying(b""), saying(b'{"results": []}'), saying(b"[" * 100_000)],
)
def test_what_passes_is_asked_again_after_growing_pauses(
    wiki: Wiki, source: Endpoint, waiting: Waiting, fault: Fault
) -> None:
    wiki.faults = [fault, fault]
    assert source.ask(QUERY)
    assert len(wiki.asked) == 3
    assert waiting.waits == [5.0, 10.0]


def test_a_server_that_says_nothing_is_asked_again(wiki: Wiki, source: Endpoint, waiting: Waiting) -> None:
    is_over = threading.Event()

    def say_nothing(body: bytes) -> Answer:
        is_over.wait(60)
        return refusing(500)(body)

    wiki.faults, source.answers_within_s = [say_nothing] * 2, 0.3
    try:
        with pytest.raises(HeavyQuestionError, match="no answer to so much at once"):
            source.ask(QUERY, is_divisible=True)
        source.answers_within_s = 60
        assert source.ask(QUERY)
    finally:
        is_over.set()
    assert waiting.waits[0] == 5.0


@pytest.mark.parametrize(
    ("text", "wait"), [("42", 42.0), ("1", 5.0), ("soon", 5.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 5)]
)
def test_who_is_told_when_to_come_back_comes_back_then(
    wiki: Wiki, source: Endpoint, waiting: Waiting, text: str, wait: float
) -> None:
    wiki.faults = [refusing(429, Retry_After=text)]
    assert source.ask(QUERY)
    assert waiting.waits == [wait]


def test_who_is_told_to_come_back_much_later_says_so(wiki: Wiki, source: Endpoint, waiting: Waiting) -> None:
    wiki.faults = [refusing(429, Retry_After="3600")]
    with pytest.raises(WikidataError, match=r"left alone for 60 minutes: then run `reelmate update` again"):
        source.ask(QUERY)
    assert waiting.waits == []


def test_two_questions_are_a_second_apart(wiki: Wiki, source: Endpoint, waiting: Waiting) -> None:
    source.ask(QUERY)
    source.ask(queries.by_imdb(["tt0000001"]))
    assert waiting.waits == [1.0]


@pytest.mark.parametrize(
    ("url", "pause_s"),
    [
        ("https://query.wikidata.org/sparql", 1.0),
        ("http://127.0.0.1:8080/sparql", 0.0),
        ("http://[::1]/sparql", 0.0),
        ("http://localhost/sparql", 0.0),
        ("http://localhost.example.org/sparql", 1.0),
        ("no address", 1.0),
    ],
)
def test_only_an_endpoint_of_ones_own_machine_is_asked_without_a_pause(url: str, pause_s: float) -> None:
    assert pause_between(url) == pause_s


def test_questions_follow_at_once_where_no_pause_is_wanted(wiki: Wiki, source: Endpoint, waiting: Waiting) -> None:
    source.between_s = 0.0
    source.ask(QUERY)
    source.ask(queries.by_imdb(["tt0000001"]))
    assert waiting.waits == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (web_page, "is this a SPARQL endpoint, and the network open? Received: 'text/html'"),
        (refusing(403), "Received: status 403"),
        (refusing(400), "Received: status 400"),
        (refusing(302, Location="file:///etc/passwd"), "expected a redirect by https. Received: http"),
        (refusing(307, Location="ftp://127.0.0.1/sparql"), "expected a redirect by https"),
        (saying(b" " * (endpoint.MAX_BYTES + 1)), "an answer must be below 32 MiB"),
    ],
)
def test_what_does_not_pass_is_told_at_once(wiki: Wiki, source: Endpoint, fault: Fault, complaint: str) -> None:
    wiki.faults = [fault]
    with pytest.raises(WikidataError) as refusal:
        source.ask(QUERY)
    assert complaint in str(refusal.value)
    assert len(wiki.asked) == 1


def test_a_redirect_is_followed_and_no_more_than_three(wiki: Wiki, source: Endpoint) -> None:
    wiki.faults = [refusing(308, Location="/bigdata/sparql")]
    assert source.ask(QUERY)
    wiki.faults = [refusing(302, Location="/sparql")] * 4
    with pytest.raises(WikidataError, match="leads on and on"):
        source.ask(queries.by_imdb(["tt0000001"]))


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "ftp://127.0.0.1:9", "http://[::"])
def test_a_proxy_that_cannot_be_used_is_one_line(source: Endpoint, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for name in ("HTTP_PROXY", "NO_PROXY", "http_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", proxy)
    source.url = "http://films.example/sparql"
    with pytest.raises(WikidataError, match=r"ALL_PROXY"):
        source.ask(QUERY)


def test_nobody_there_is_one_line(source: Endpoint, waiting: Waiting) -> None:
    source.url = "http://127.0.0.1:9/sparql"
    with pytest.raises(
        WikidataError, match=r"gave no answer 5 times .*: check the network, then run `reelmate update`"
    ):
        source.ask(QUERY)
    assert waiting.now < 30


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/sparql", "nowhere", "http://"])
def test_what_is_no_address_is_one_line(source: Endpoint, url: str) -> None:
    source.url = url
    with pytest.raises(WikidataError, match=r"expected an address of http or https"):
        source.ask(QUERY)


def test_an_answer_is_kept_for_a_day(wiki: Wiki, source: Endpoint) -> None:
    lines = source.ask(QUERY)
    assert source.ask(QUERY) == lines
    assert len(wiki.asked) == 1
    source.cache = AnswerCache(source.cache.folder, now=lambda: time.time() + 25 * 3600)
    source.ask(QUERY)
    assert len(wiki.asked) == 2


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"{"), lambda path: path.unlink()])
def test_a_spoiled_cache_stops_nobody(wiki: Wiki, source: Endpoint, spoil: Callable[[Path], object]) -> None:
    source.ask(QUERY)
    [file] = source.cache.folder.iterdir()
    spoil(file)
    assert source.ask(QUERY)
    assert len(wiki.asked) == 2


def test_old_answers_are_swept(source: Endpoint) -> None:
    source.ask(QUERY)
    source.cache.sweep()
    assert len(list(source.cache.folder.iterdir())) == 1
    AnswerCache(source.cache.folder, now=lambda: time.time() + 25 * 3600).sweep()
    assert list(source.cache.folder.iterdir()) == []
