"""The first minutes: /start, consent, genres, the first list; and the genres ever after."""

from __future__ import annotations

from bot.callbacks import ChooseGenre, Consent, GenresDone
from bot.messages import onboarding, privacy, toasts
from bot.messages.films import film_card
from bot.outgoing import Outgoing
from bot.service.films import film_state
from bot.service.lists import find, first_page
from bot.service.service import Reply, Service, Turn, Visit
from recommender.domain import GENRES, MovieId

# Raise it when the question changes its meaning.
CONSENT_VERSION = 1


def start(service: Service, turn: Turn, movie_id: MovieId | None = None) -> Reply:
    """Go on where the person left; a deep link opens that film's card."""
    return service.visit(turn, lambda visit: _start(visit, movie_id))


def consent(service: Service, turn: Turn, action: Consent) -> Reply:
    """Store the answer; inside onboarding the genres come next, outside the privacy page is shown anew."""

    def decide(visit: Visit) -> Reply:
        agreed = bool(action.agreed)
        if visit.person.consent is not agreed:
            visit.tx.people.set_consent(visit.id, agreed, version=CONSENT_VERSION)
        toast = toasts.consent_saved(visit.words, agreed=agreed)
        if not action.round:
            return Reply((privacy.privacy(visit.words, agreed=agreed, edits=visit.edits),), toast)
        return Reply((_grid(visit, visit.person.genres, action.round),), toast)

    return service.visit(turn, decide)


def genres(service: Service, turn: Turn) -> Reply:
    """Show the grid outside onboarding."""
    return service.visit(turn, lambda visit: Reply((_grid(visit, visit.person.genres, 0),)))


def choose_genre(service: Service, turn: Turn, action: ChooseGenre) -> Reply:
    """Bring one genre to the wanted side."""

    def decide(visit: Visit) -> Reply:
        chosen = visit.tx.people.set_genre(visit.id, GENRES[action.genre], bool(action.on))
        return Reply((_grid(visit, chosen, action.round),))

    return service.visit(turn, decide)


def genres_done(service: Service, turn: Turn, action: GenresDone) -> Reply:
    """Confirm the genres; at the end of onboarding the first list and an invitation follow, once."""
    if not action.round:
        return service.visit(turn, _confirm_genres)
    if service.store.read(lambda tx: tx.impressions.page(turn.person, action.round, 0)):
        return service.visit(turn, lambda visit: Reply((_chosen(visit),)))
    found = find(service, service.profile(turn))

    def decide(visit: Visit) -> Reply:
        page = first_page(visit, service, action.round, found)
        return Reply((_chosen(visit), page, onboarding.invitation(visit.words)))

    return service.visit(turn, decide)


def _start(visit: Visit, movie_id: MovieId | None) -> Reply:
    greeting = () if movie_id is not None and visit.person.consent is not None else (_greeting(visit),)
    if movie_id is None:
        return Reply(greeting)
    movie = visit.movie(movie_id)
    if movie is None:
        return Reply((*greeting, *visit.film_is_gone().messages))
    return Reply((*greeting, film_card(visit.words, film_state(visit.tx, visit.id, movie))))


def _greeting(visit: Visit) -> Outgoing:
    rated = visit.tx.ratings.count(visit.id)
    if visit.person.consent is None:
        return onboarding.welcome(visit.words, visit.new_round())
    if not visit.person.genres and not rated:
        return _grid(visit, (), visit.new_round())
    return onboarding.welcome_back(visit.words, rated, visit.new_round())


def _grid(visit: Visit, chosen: tuple[str, ...], round_: int) -> Outgoing:
    return onboarding.genre_grid(visit.words, frozenset(chosen), round_, edits=visit.edits)


def _chosen(visit: Visit) -> Outgoing:
    return onboarding.genres_chosen(visit.words, frozenset(visit.person.genres), edits=visit.edits)


def _confirm_genres(visit: Visit) -> Reply:
    keyboard = (onboarding.next_steps(visit.words, visit.new_round()),)
    chosen = frozenset(visit.person.genres)
    return Reply((onboarding.genres_chosen(visit.words, chosen, edits=visit.edits, keyboard=keyboard),))
