"""A little Wikidata on loopback: items as a graph, questions answered in SPARQL, and every fault a server can have."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Final
from urllib.parse import parse_qs

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

WD = Namespace("http://www.wikidata.org/entity/")
WDT = Namespace("http://www.wikidata.org/prop/direct/")
P = Namespace("http://www.wikidata.org/prop/")
PS = Namespace("http://www.wikidata.org/prop/statement/")
PSV = Namespace("http://www.wikidata.org/prop/statement/value/")
PQ = Namespace("http://www.wikidata.org/prop/qualifier/")
WIKIBASE = Namespace("http://wikiba.se/ontology#")
SPARQL_JSON: Final = "application/sparql-results+json"
TO_THE_YEAR, TO_THE_DAY = 9, 11
# What a question asks for, on one line of it.
VALUES: Final = re.compile(r"VALUES (?P<names>[^{]*)\{(?P<rows>.*)\}(?= \?film)")

# What an answer is made of: status, kind, further headers, body; and whether the connection is cut within the body.
Answer = tuple[int, str, dict[str, str], bytes]
Fault = Callable[[bytes], Answer]


def refusing(status: int, **headers: str) -> Fault:
    """Answer with a status; header names are written with underscores."""
    return lambda body: (status, "text/plain", {name.replace("_", "-"): text for name, text in headers.items()}, b"no")


def cut(body: bytes) -> Answer:
    """Answer with half of what was asked for, as whole as HTTP can tell."""
    return 200, SPARQL_JSON, {}, body[: len(body) // 2]


def web_page(body: bytes) -> Answer:
    """Answer as the log-in page of a hotel does."""
    return 200, "text/html; charset=utf-8", {}, b"<!DOCTYPE html><p>Log in"


def saying(text: bytes, kind: str = SPARQL_JSON) -> Fault:
    """Answer with a text of one's own."""
    return lambda body: (200, kind, {}, text)


@dataclass
class Wiki:
    """The items, and how the server misbehaves.

    Attributes:
        faults: of the next answers, one each.
        asked: every question so far.
        agents: who asked.
    """

    url: str = ""
    graph: Graph = field(default_factory=Graph)
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(900_000))

    def __post_init__(self) -> None:
        self.graph.add((WD.Q229390, WDT.P279, WD.Q11424))  # a 3D film is a film

    def film(
        self,
        item: str,
        en: str | None,
        *,
        day: str = "1995-12-15",
        precision: int = TO_THE_DAY,
        links: int = 40,
        imdb: str | tuple[str, ...] = (),
        titles: tuple[tuple[str, str], ...] = (),
        labels: dict[str, str] | None = None,
        directors: tuple[str, ...] = (),
        cast: tuple[tuple[str, int | None, int], ...] = (),
        genres: tuple[str, ...] = (),
        country: str | None = None,
        runtimes: tuple[tuple[str, str], ...] = (),
        kind: str = "Q229390",
    ) -> None:
        """Add an item; `cast` is of (name, its place in the series, its own sitelinks), runtimes of (amount, unit)."""
        film = WD[item]
        self.graph.add((film, WDT.P31, WD[kind]))
        self.graph.add((film, WIKIBASE.sitelinks, Literal(links)))
        for lang, text in ({"en": en} if en else {} | {}).items() | (labels or {}).items():
            self.graph.add((film, RDFS.label, Literal(text, lang=lang)))
        for imdb_id in (imdb,) if isinstance(imdb, str) else imdb:
            self.graph.add((film, WDT.P345, Literal(imdb_id)))
        for lang, text in titles:
            self.graph.add((self.say(film, "P1476"), PS.P1476, Literal(text, lang=lang)))
        self.publish(item, day, precision)
        for name in directors:
            self.graph.add((self.say(film, "P57"), PS.P57, self.thing(name)))
        for name, place, fame in cast:
            said, person = self.say(film, "P161"), self.thing(name)
            self.graph.add((said, PS.P161, person))
            self.graph.add((person, WIKIBASE.sitelinks, Literal(fame)))
            if place is not None:
                self.graph.add((said, PQ.P1545, Literal(str(place))))
        for name in genres:
            self.graph.add((self.say(film, "P136"), PS.P136, self.thing(name)))
        if country:
            place_ = self.thing(country)
            self.graph.add((place_, WDT.P297, Literal(country)))
            self.graph.add((self.say(film, "P495"), PS.P495, place_))
        for amount, unit in runtimes:
            node = BNode()
            self.graph.add((self.say(film, "P2047"), PSV.P2047, node))
            self.graph.add((node, WIKIBASE.quantityAmount, Literal(amount, datatype=XSD.decimal)))
            self.graph.add((node, WIKIBASE.quantityUnit, WD[unit]))

    def publish(self, item: str, day: str, precision: int = TO_THE_DAY) -> None:
        """Add a day of publication, with the place as its qualifier."""
        film, value = WD[item], Literal(f"{day}T00:00:00Z", datatype=XSD.dateTime)
        said, node = self.say(film, "P577"), BNode()
        self.graph.add((film, WDT.P577, value))
        self.graph.add((said, PSV.P577, node))
        self.graph.add((said, PQ.P291, WD.Q30))
        self.graph.add((node, WIKIBASE.timeValue, value))
        self.graph.add((node, WIKIBASE.timePrecision, Literal(precision)))

    def say(self, film: URIRef, property_: str, *, best: bool = True) -> URIRef:
        """Add a statement and return it; one of a lesser rank is none that counts."""
        said = URIRef(f"http://www.wikidata.org/entity/statement/s{next(self._numbers)}")
        self.graph.add((film, P[property_], said))
        if best:
            self.graph.add((said, RDF.type, WIKIBASE.BestRank))
        return said

    def thing(self, name: str, lang: str = "en") -> URIRef:
        """Return the item of this name, made where there is none."""
        known = next(self.graph.subjects(RDFS.label, Literal(name, lang=lang)), None)
        if isinstance(known, URIRef):
            return known
        item = WD[f"Q{next(self._numbers)}"]
        self.graph.add((item, RDFS.label, Literal(name, lang=lang)))
        return item

    def delete(self, item: str) -> None:
        """Let an item be no more."""
        for place in ((WD[item], None, None), (None, None, WD[item])):
            self.graph.remove(place)

    def merge(self, item: str, into: str) -> None:
        """Let an item be a redirect to another."""
        self.delete(item)
        self.graph.add((WD[item], OWL.sameAs, WD[into]))

    def answer(self, question: str) -> bytes:
        """Return the answer to a question, as the Query Service writes it."""
        body = self.graph.query(_parsed(question)).serialize(format="json")
        assert body is not None
        return body


def _parsed(question: str) -> Query:
    """Parse a question; that takes longer than answering it, so what differs only in its values is parsed once."""
    found = VALUES.search(question)
    if found is None:
        return _prepared(question)
    unknown = re.sub(r"\?\w+", "UNDEF", found["names"])
    shape = _prepared(f"{question[: found.start('rows')]} {unknown} {question[found.end('rows') :]}")
    given = prepareQuery(question[: question.index("SELECT")] + f"SELECT * WHERE {{ {found[0]} }}")
    rows = next(_find_rows(given.algebra))
    return Query(shape.prologue, _with_rows(shape.algebra, rows))


@cache
def _prepared(question: str) -> Query:
    return prepareQuery(question)


def _find_rows(part: Any) -> Iterator[Any]:
    """Yield the rows of every VALUES in a parsed question."""
    if isinstance(part, CompValue):
        if part.name == "values":
            yield part.res
        for inner in part.values():
            yield from _find_rows(inner)


def _with_rows(part: Any, rows: Any) -> Any:
    """Return a parsed question with other rows in its VALUES; what holds none is handed on as it is."""
    if not isinstance(part, CompValue) or next(_find_rows(part), None) is None:
        return part
    if part.name == "values":
        return CompValue("values", **{**part, "res": rows})
    return CompValue(part.name, **{key: _with_rows(inner, rows) for key, inner in part.items()})


@contextmanager
def serving(wiki: Wiki) -> Iterator[Wiki]:
    """Serve a wiki on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            wiki.asked.append(form["query"][0])
            wiki.agents.append(self.headers["User-Agent"])
            fault = wiki.faults.pop(0) if wiki.faults else None
            body = wiki.answer(form["query"][0]) if fault in (None, cut) else b""
            status, kind, headers, content = fault(body) if fault else (200, f"{SPARQL_JSON};charset=utf-8", {}, body)
            self.send_response(status)
            for name, text in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            with suppress(ConnectionError):  # who would not wait is gone
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    wiki.url = f"http://127.0.0.1:{server.server_port}/sparql"
    try:
        yield wiki
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
