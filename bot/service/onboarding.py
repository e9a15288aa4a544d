"""The first minutes: /start, consent, genres, the first list; and the genres ever after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.callbacks import ChooseGenre, Consent, ExcludeGenre, GenresDone, SetWildcards, ShowGenres
from bot.messages import onboarding, privacy, toasts
from bot.messages.films import film_card
from bot.outgoing import Keyboard, Outgoing
from bot.service.films import film_state
from bot.service.genres import set_wish, wishes_of
from bot.service.lists import find, first_page
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.people import GenreWish, Person
from recommender.domain import MovieId, Recommendation

# Raise it when the question changes its meaning.
CONSENT_VERSION = 1


@in_visit
def start(visit: Visit, movie_id: MovieId | None = None) -> Reply:
    """Go on where the person left; a deep link opens that film's card."""
    greeting = () if movie_id is not None and visit.person.consent is not None else (_greeting(visit),)
    if movie_id is None:
        return Reply(greeting)
    movie = visit.movie(movie_id)
    if movie is None:
        return Reply((*greeting, *visit.film_is_gone().messages))
    return Reply((*greeting, film_card(visit.words, film_state(visit.tx, visit.id, movie))))


@in_visit
def consent(visit: Visit, action: Consent) -> Reply:
    """Store the answer; inside onboarding the genres come next, outside the privacy page is shown anew."""
    if visit.person.consent is not action.agreed:
        visit.tx.people.set_consent(visit.id, action.agreed, version=CONSENT_VERSION)
    toast = toasts.consent_saved(visit.words, agreed=action.agreed)
    if not action.round:
        return Reply((privacy.privacy(visit.words, agreed=action.agreed, edits=visit.edits),), toast)
    return Reply((_grid(visit, visit.person, action.round),), toast)


@in_visit
def genres(visit: Visit) -> Reply:
    """Show the grid outside onboarding."""
    return Reply((_grid(visit, visit.person, 0),))


@in_visit
def show_genres(visit: Visit, action: ShowGenres) -> Reply:
    """Send the grid below a list, which stays."""
    return Reply((onboarding.genre_grid(visit.words, wishes_of(visit.person), 0),))


@in_visit
def choose_genre(visit: Visit, action: ChooseGenre) -> Reply:
    """Bring one genre to the wanted side."""
    return _wish(visit, action, "chosen" if action.on else "none")


@in_visit
def exclude_genre(visit: Visit, action: ExcludeGenre) -> Reply:
    """Keep one genre out of every list from now on, or let it in again."""
    return _wish(visit, action, "excluded" if action.on else "none")


@in_visit
def set_wildcards(visit: Visit, action: SetWildcards) -> Reply:
    """Let lists end with a film off the usual path now and then, or never."""
    visit.tx.people.set_wildcards(visit.id, action.on)
    return Reply((_grid(visit, replace(visit.person, wildcards=action.on), action.round),))


def genres_done(service: Service, turn: Turn, action: GenresDone) -> Reply:
    """Confirm the genres; at the end of onboarding the first list and an invitation follow, once."""
    if not action.round:
        return _confirm(service, turn)
    if service.store.read(lambda tx: tx.impressions.page(turn.person, action.round, 0)):
        return _confirm_again(service, turn)
    return _end_onboarding(service, turn, action.round, find(service, turn.person))


def _greeting(visit: Visit) -> Outgoing:
    rated = visit.tx.ratings.count(visit.id)
    if visit.person.consent is None:
        return onboarding.welcome(visit.words, visit.new_round())
    if not visit.person.genres and not rated:
        return _grid(visit, visit.person, visit.new_round())
    return onboarding.welcome_back(visit.words, rated, visit.new_round())


def _wish(visit: Visit, action: ChooseGenre | ExcludeGenre, wish: GenreWish) -> Reply:
    return Reply((_grid(visit, set_wish(visit, action.genre, wish), action.round),))


def _grid(visit: Visit, person: Person, round_: int) -> Outgoing:
    return onboarding.genre_grid(visit.words, wishes_of(person), round_, edits=visit.edits)


@in_visit
def _confirm(visit: Visit) -> Reply:
    return Reply((_chosen(visit, keyboard=(onboarding.next_steps(visit.words, visit.new_round()),)),))


@in_visit
def _confirm_again(visit: Visit) -> Reply:
    return Reply((_chosen(visit),))


@in_visit
def _end_onboarding(visit: Visit, round_: int, found: Sequence[Recommendation]) -> Reply:
    page = first_page(visit, round_, found)
    return Reply((_chosen(visit), page, onboarding.invitation(visit.words)))


def _chosen(visit: Visit, keyboard: Keyboard = ()) -> Outgoing:
    return onboarding.genres_chosen(visit.words, wishes_of(visit.person), edits=visit.edits, keyboard=keyboard)
