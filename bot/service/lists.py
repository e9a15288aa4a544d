"""Recommendation lists: rounds of pages in which nothing repeats."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from bot.callbacks import Place
from bot.dial import Dial
from bot.messages import lists
from bot.messages.films import CardOrigin
from bot.messages.lists import LIST_SIZE, Pick
from bot.outgoing import Outgoing
from bot.service.films import film_states
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Filters, MovieId, Profile, Recommendation

# How far each stand of the dial goes from the well known. On validation people (MovieLens, five ratings known) a third,
# an eighth and one in thirty-five of all have rated the median film of such lists: docs/experiments.md.
NOVELTY: Final = {Dial.WELL_KNOWN: 0.0, Dial.MIXED: 0.25, Dial.LITTLE_KNOWN: 0.5}


def recommend(service: Service, turn: Turn) -> Reply:
    """Start a round with its first page."""
    return _start_round(service, turn, find(service, service.profile(turn)))


def show_list(service: Service, turn: Turn, origin: CardOrigin) -> Reply:
    """Show a page of a round: as it was when it was shown before, else the next five."""
    if service.store.read(lambda tx: tx.impressions.page(turn.person, origin.key, origin.page_code)):
        return _show_again(service, turn, origin)
    shown = service.store.read(lambda tx: tx.impressions.shown(turn.person, origin.key))
    if not shown and origin.page:
        return service.visit(turn, Visit.expired)
    found = find(service, service.profile(turn), shown, NOVELTY[origin.dial])
    return _show_new(service, turn, origin, found)


def find(
    service: Service, profile: Profile, shown: Set[MovieId] = frozenset(), novelty: float = 0.0
) -> list[Recommendation]:
    """Ask the recommender for the next page; what is not in the catalogue is left out."""
    found = service.recommender.recommend(profile, LIST_SIZE, filters=Filters(novelty=novelty), shown=shown)
    known = service.store.read(lambda tx: tx.movies.many(one.movie_id for one in found))
    return [one for one in found if one.movie_id in known]


def first_page(visit: Visit, round_: int, found: Sequence[Recommendation], *, digest: bool = False) -> Outgoing:
    """Store and word a round's first page as a new message."""
    origin = CardOrigin(Place.LIST, round_, 0)
    visit.tx.impressions.add(visit.id, round_, 0, found, version=visit.service.recommender.version)
    if not found:
        return lists.no_recommendations(visit.words, origin, round_)
    return lists.recommendations(visit.words, _picks(visit, found), origin, digest=digest)


def shown_page(visit: Visit, origin: CardOrigin) -> Outgoing | None:
    """Word a page again as it was shown, with what was said of its films since; None when it is not known any more."""
    found = visit.tx.impressions.page(visit.id, origin.key, origin.page_code)
    if not found:
        return None
    return lists.recommendations(visit.words, _picks(visit, found), origin, edits=visit.edits)


@in_visit
def _start_round(visit: Visit, found: Sequence[Recommendation]) -> Reply:
    return Reply((first_page(visit, visit.new_round(), found),))


@in_visit
def _show_again(visit: Visit, origin: CardOrigin) -> Reply:
    page = shown_page(visit, origin)
    return Reply((page,)) if page else visit.expired()


@in_visit
def _show_new(visit: Visit, origin: CardOrigin, found: Sequence[Recommendation]) -> Reply:
    if not found:
        return Reply((lists.no_recommendations(visit.words, origin, visit.new_round(), edits=visit.edits),))
    visit.tx.impressions.add(visit.id, origin.key, origin.page_code, found, version=visit.service.recommender.version)
    return Reply((lists.recommendations(visit.words, _picks(visit, found), origin, edits=visit.edits),))


def _picks(visit: Visit, found: Sequence[Recommendation]) -> list[Pick]:
    films = film_states(visit.tx, visit.id, [one.movie_id for one in found])
    cited = visit.tx.movies.many(one.because.movie_id for one in found if one.because.movie_id is not None)
    has_rated = visit.tx.ratings.count(visit.id) > 0
    return [
        Pick(
            film=films[one.movie_id],
            like_probability=one.like_probability,
            because_movie=None if one.because.movie_id is None else cited.get(one.because.movie_id),
            because_genre=one.because.genre,
            shared_genres=tuple(genre for genre in visit.person.genres if genre in films[one.movie_id].movie.genres),
            # Without a chance the list goes by popularity, whatever was rated.
            from_ratings=has_rated and one.like_probability is not None,
            is_wildcard=one.slot == "wildcard",
        )
        for one in found
        if one.movie_id in films
    ]
