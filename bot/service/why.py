"""Why a film: the recommender is asked about it alone, and again without each rating that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callbacks import Place, ShowSide
from bot.dial import Dial
from bot.messages import why as messages
from bot.messages.films import CardOrigin, Film, film_card
from bot.messages.why import Why
from bot.service.films import film_state, film_states, named
from bot.service.picks import picks_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Filters, Movie, MovieId, Profile, Recommendation, Recommender

# Ratings named as counting most.
MOST_CITED: Final = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What the recommender says of a film; without it where it does not know the film.

    Attributes:
        cited: what it names as its reason, then what it names without that, and so on.
        rated: how many ratings it went by.
    """

    one: Recommendation | None
    cited: Sequence[MovieId]
    rated: int


def show_why(service: Service, turn: Turn, action: ShowSide) -> Reply:
    """Answer on a film's card why it is one for the person."""
    return _show(
        service, turn, action, _explain(service.recommender_of(turn.person), service.profile(turn), action.movie_id)
    )


def _explain(recommender: Recommender, profile: Profile, movie_id: MovieId) -> _Found:
    """Ask about one film as if the person had said nothing of it, and again without each rating that is cited."""
    others = tuple(rating for rating in profile.ratings if rating.movie_id != movie_id)
    open_ = replace(profile, ratings=others, hidden=profile.hidden - {movie_id}, excluded=frozenset())
    first = _ask(recommender, open_, movie_id)
    one, cited = first, list[MovieId]()
    while one is not None and one.because.movie_id is not None and len(cited) < MOST_CITED:
        cited.append(one.because.movie_id)
        open_ = replace(open_, ratings=tuple(rating for rating in open_.ratings if rating.movie_id not in cited))
        one = _ask(recommender, open_, movie_id)
    return _Found(first, cited, len(others))


def _ask(recommender: Recommender, profile: Profile, movie_id: MovieId) -> Recommendation | None:
    found = recommender.recommend(profile, 1, filters=Filters(among=frozenset({movie_id})))
    return found[0] if found else None


@in_visit
def _show(visit: Visit, action: ShowSide, found: _Found) -> Reply:
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    origin = CardOrigin(action.place, action.key, action.page_code)
    film = film_state(visit.tx, visit.id, movie)
    is_rated = film.stars is not None and film.is_counted
    told = _as_listed(visit, movie, origin) or found.one
    pick = picks_of(visit, [replace(told, movie_id=movie.id)])[0] if told else None
    why = Why(pick, _cited(visit, found), found.rated, is_rated)
    dial = origin.dial if origin.place == Place.LIST else Dial.WELL_KNOWN
    text = messages.why_text(visit.words, why, dial)
    return Reply((film_card(visit.words, film, origin, edits=visit.edits, why=text),))


def _as_listed(visit: Visit, movie: Movie, origin: CardOrigin) -> Recommendation | None:
    """Return the line of the list that the card was opened from; None where it was opened elsewhere."""
    if origin.place != Place.LIST:
        return None
    page = visit.tx.impressions.page(visit.id, origin.key, origin.page_code)
    return next((one for one in page if one.movie_id == movie.id), None)


def _cited(visit: Visit, found: _Found) -> list[Film]:
    films = film_states(visit.tx, visit.id, found.cited)
    return [replace(films[one], movie=named(visit.words, films[one].movie)) for one in found.cited if one in films]
