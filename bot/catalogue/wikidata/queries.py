"""The questions in SPARQL: which items, and what is said of each of them, a line for every value.

P57 is the director, P136 the genre, P161 the cast, P297 a country's ISO code, P31 and P279 what something is, P345 the
IMDb id, P495 the country, P577 the publication date, P1476 the title, P1545 the place in a series, P2047 the duration.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

_PREFIXES: Final = """PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX psv: <http://www.wikidata.org/prop/statement/value/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
# "mul" is what a name is in every language; people's names stand there alone more and more.
_NAMED: Final = 'FILTER(LANG(?value) IN ("en", "mul"))'
_LABELS: Final = '"en", "mul", "zh", "zh-cn", "zh-hans", "zh-sg", "zh-my", "zh-hant", "zh-tw", "zh-hk"'
# More films than any year has that so many wikis write about.
_MOST_NEW: Final = 5000
_BEST: Final = "?said a wikibase:BestRank ."
# Every fact is a branch of its own: joined, five directors and sixty actors would make three hundred lines.
_FACTS: Final = f"""
  {{ ?film wikibase:sitelinks ?value . BIND("sitelinks" AS ?key) }}
  UNION {{ ?film rdfs:label ?value . FILTER(LANG(?value) IN ({_LABELS})) BIND("label" AS ?key) }}
  UNION {{ ?film wdt:P345 ?value . BIND("imdb" AS ?key) }}
  UNION {{ ?film p:P1476 ?said . {_BEST} ?said ps:P1476 ?value . BIND("title" AS ?key) }}
  UNION {{ ?film p:P577 ?said . ?said psv:P577 ?node . ?node wikibase:timeValue ?value ;
          wikibase:timePrecision ?order . BIND("date" AS ?key) }}
  UNION {{ ?film p:P2047 ?said . {_BEST} ?said psv:P2047 ?node . ?node wikibase:quantityAmount ?value ;
          wikibase:quantityUnit ?of . BIND("runtime" AS ?key) }}
  UNION {{ ?film p:P495 ?said . {_BEST} ?said ps:P495 ?of . ?of wdt:P297 ?value . BIND("country" AS ?key) }}
  UNION {{ ?film p:P136 ?said . {_BEST} ?said ps:P136 ?of . ?of rdfs:label ?value . {_NAMED} BIND("genre" AS ?key) }}
  UNION {{ ?film p:P57 ?said . {_BEST} ?said ps:P57 ?of . ?of rdfs:label ?value . {_NAMED}
          OPTIONAL {{ ?said pq:P1545 ?order }} BIND("director" AS ?key) }}
  UNION {{ ?film p:P161 ?said . {_BEST} ?said ps:P161 ?of . ?of rdfs:label ?value . {_NAMED}
          OPTIONAL {{ ?said pq:P1545 ?order }} OPTIONAL {{ ?of wikibase:sitelinks ?fame }} BIND("cast" AS ?key) }}"""


def by_item(wikidata_ids: Sequence[str]) -> str:
    """Ask for items by their ids; one that was merged into another answers under both."""
    asked = " ".join(f"wd:{wikidata_id}" for wikidata_id in wikidata_ids)
    return _facts_of(
        f"VALUES ?asked {{ {asked} }} "
        "{ ?asked wikibase:sitelinks ?any . BIND(?asked AS ?film) } UNION { ?asked owl:sameAs ?film }"
    )


def by_imdb(imdb_ids: Sequence[str]) -> str:
    """Ask for the items that bear these ids of IMDb."""
    asked = " ".join(json.dumps(imdb_id) for imdb_id in imdb_ids)
    return _facts_of(f"VALUES ?asked {{ {asked} }} ?film wdt:P345 ?asked .")


def by_title(titles: Sequence[tuple[str, int]]) -> str:
    """Ask for the films of these English titles that came out in these years, give or take one."""
    lines = (
        f"({_literal(title)}@{language} {_day(year - 1)} {_day(year + 2)})"
        for title, year in titles
        for language in ("en", "mul")
    )
    return _facts_of(
        f"VALUES (?asked ?from ?before) {{ {' '.join(lines)} }} ?film rdfs:label ?asked ; wdt:P577 ?day . "
        "FILTER(?day >= ?from && ?day < ?before) ?film wdt:P31/wdt:P279* wd:Q11424 ."
    )


def newly_released(year: int, until: date, sitelinks: int) -> str:
    """Ask which films came out in a year, until a day at most, and have so many wikis write about them."""
    last = min(until, date(year, 12, 31))
    return (
        f"{_PREFIXES}SELECT DISTINCT ?film WHERE {{ ?film wdt:P577 ?day ; wikibase:sitelinks ?links . "
        f"FILTER(?day >= {_day(year)} && ?day <= {_day_literal(last)} && ?links >= {sitelinks}) "
        f"?film wdt:P31/wdt:P279* wd:Q11424 . }} LIMIT {_MOST_NEW}"
    )


def _facts_of(finder: str) -> str:
    found = f"{{ SELECT DISTINCT ?asked ?film WHERE {{ {finder} }} }}"
    return f"{_PREFIXES}SELECT ?asked ?film ?key ?value ?of ?order ?fame WHERE {{\n  {found}{_FACTS}\n}}"


def _literal(text: str) -> str:
    """Quote a text; the escapes of JSON that SPARQL does not know are of signs that no title has."""
    return json.dumps("".join(sign for sign in text if sign.isprintable()), ensure_ascii=False)


def _day(year: int) -> str:
    return _day_literal(date(max(year, 1), 1, 1))


def _day_literal(day: date) -> str:
    return f'"{day.isoformat()}T00:00:00Z"^^xsd:dateTime'
