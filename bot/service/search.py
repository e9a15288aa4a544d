"""Finding a film by its title, typos forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.catalogue.search import Match
from bot.messages import notices
from bot.messages.clipping import clean, utf16_units
from bot.messages.films import film_card
from bot.service.films import film_states
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.titles import SURE

# Cards per search: each hit is a message of its own, and more than a screenful helps nobody.
HITS: Final = 3
# A hit that far behind the best is not meant: "heat" means Heat, not In the Heat of the Night.
CLEARLY_WORSE: Final = 0.08
# No title in MovieLens 32M is longer.
LONGEST_QUERY: Final = 200


def search(service: Service, turn: Turn, query: str) -> Reply:
    """Show a card per hit, best first; say so where none may be the one meant."""
    query = clean(query)
    if utf16_units(query) > LONGEST_QUERY:
        return service.visit(turn, lambda visit: Reply((notices.query_too_long(visit.words),)))
    return _show_hits(service, turn, query, service.titles.search(query, HITS))


@in_visit
def _show_hits(visit: Visit, query: str, matches: Sequence[Match]) -> Reply:
    hits = [match.movie_id for match in matches if match.score > matches[0].score - CLEARLY_WORSE]
    films = film_states(visit.tx, visit.id, hits)
    cards = tuple(film_card(visit.words, films[hit]) for hit in hits if hit in films)
    if not cards:
        return Reply((notices.no_hits(visit.words, query),))
    return Reply(cards if matches[0].score >= SURE else (notices.unsure(visit.words, query), *cards))
