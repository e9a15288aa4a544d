"""Finding a film by what people send: a title, typos forgiven, a link, a file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.callbacks import NoneOfThese
from bot.catalogue.file_names import title_in_file_name
from bot.catalogue.likeness import BEGINS
from bot.catalogue.links import FilmLink, read_link
from bot.catalogue.search import EXACT, SURE, Match
from bot.catalogue.series import OTHER_PART
from bot.messages import search as messages
from bot.messages.cards import pictured_card
from bot.messages.clipping import clean, utf16_units
from bot.messages.search import HITS_SIZE, Hits
from bot.messages.words import Words
from bot.outgoing import Outgoing
from bot.service.films import film_state, film_states
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.service.several import find_several
from recommender.domain import Movie

# More films than any series has; who looks further sends more of the title.
MOST_HITS: Final = 50
# No title in MovieLens 32M is longer.
LONGEST_QUERY: Final = 200
_STARS_BEHIND: Final = re.compile(r"\s+[0-5](?:[.,]5)?\s*$")


def search(service: Service, turn: Turn, query: str) -> Reply:
    """Show the film meant, or pages of those that may be; say so where none may."""
    link = read_link(query)
    if link:
        return _follow(service, turn, link)
    title = clean(title_in_file_name(query) or query)
    if utf16_units(title) > LONGEST_QUERY:
        return service.visit(turn, lambda visit: Reply((messages.query_too_long(visit.words),)))
    found = find_titles(service, title)
    if not found or found[0].score < BEGINS:  # "The Thief and the Cobbler" is one film, whatever stands behind it
        found = find_several(query, service.titles.search) or found
    return _show_hits(service, turn, title, found)


def search_to_rate(service: Service, turn: Turn, query: str) -> Reply:
    """Search for what stands behind /rate: a number at its end is stars, unless a title says that it is this part."""
    bare = _STARS_BEHIND.sub("", query)
    if bare != query and bare:
        alone = find_titles(service, clean(bare), least=EXACT)
        query = bare if alone and not service.titles.says_part(clean(query)) else query
    return search(service, turn, query)


def find_titles(service: Service, title: str, *, least: float = 0.0) -> list[Match]:
    """Return the films that a title may mean, best first.

    Args:
        least: the score of the worst of them.
    """
    return [match for match in service.titles.meant(title, MOST_HITS) if match.score >= least]


@in_visit
def none_of_these(visit: Visit, action: NoneOfThese) -> Reply:
    """Say how the film may be found yet."""
    return Reply((messages.none_of_these(visit.words, edits=visit.edits),))


def hits_page(visit: Visit, round_: int, page: int) -> Outgoing | None:
    """Word a page of a search again; None when it is not known any more."""
    found = visit.tx.searches.get(visit.id, round_)
    here = found[page * HITS_SIZE : (page + 1) * HITS_SIZE]
    films = film_states(visit.tx, visit.id, here)
    shown = [films[hit] for hit in here if hit in films]
    return messages.hits_page(visit.words, Hits(shown, len(found), round_, page), edits=visit.edits) if shown else None


def find_linked(service: Service, link: FilmLink) -> Movie | None:
    """Return the film that a link leads to; None where the catalogue lacks it."""
    imdb_id = None if link.imdb is None else f"tt{link.imdb:07}"
    return service.store.read(lambda tx: tx.movies.linked(imdb_id=imdb_id, tmdb_id=link.tmdb))


def _follow(service: Service, turn: Turn, link: FilmLink) -> Reply:
    movie = find_linked(service, link)
    title = clean(link.title)
    if movie is not None or not title or utf16_units(title) > LONGEST_QUERY:
        return _show_linked(service, turn, movie)
    found = find_titles(service, title)
    whole = [match for match in found if link.is_whole and match.score >= EXACT]
    return _show_hits(service, turn, title, whole if len(whole) == 1 else found)


@in_visit
def _show_linked(visit: Visit, movie: Movie | None) -> Reply:
    if movie is None:
        return Reply((messages.unknown_link(visit.words),))
    return Reply((pictured_card(visit.words, film_state(visit.tx, visit.id, movie)),))


def _nothing(words: Words, query: str) -> Outgoing:
    return messages.no_hits(words, query) if any(map(str.isalnum, query)) else messages.no_letters(words)


@in_visit
def _show_hits(visit: Visit, query: str, matches: Sequence[Match]) -> Reply:
    films = film_states(visit.tx, visit.id, [match.movie_id for match in matches])
    hits = [match for match in matches if match.movie_id in films]
    if not hits:
        return Reply((_nothing(visit.words, query),))
    is_guess = hits[0].score < SURE
    if len(hits) == 1 and not is_guess:
        return Reply((pictured_card(visit.words, films[hits[0].movie_id]),))
    found = [hit.movie_id for hit in hits]
    round_ = visit.new_round()
    visit.tx.searches.add(visit.id, round_, found)
    shown = [films[hit] for hit in found[:HITS_SIZE]]
    lacks_part = is_guess and hits[0].score == OTHER_PART
    page = Hits(shown, len(found), round_, guess_for=query if is_guess else None, lacks_part=lacks_part)
    return Reply((messages.hits_page(visit.words, page),))
