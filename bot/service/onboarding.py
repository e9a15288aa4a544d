"""The first minutes: /start, consent, genres, the first list; and the genres ever after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.callbacks import AnswerWelcome, ChooseGenre, Consent, ExcludeGenre, GenresDone, Place, SetWildcards, ShowGenres
from bot.messages import onboarding, privacy, toasts
from bot.messages.cards import pictured_card
from bot.messages.films import CardOrigin
from bot.outgoing import Outgoing
from bot.service.films import film_state
from bot.service.finding import find
from bot.service.genres import set_wish, wishes_of
from bot.service.lists import first_page, show_list
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.people import GenreWish, Person
from recommender.domain import MovieId, Recommendation


@in_visit
def start(visit: Visit, movie_id: MovieId | None = None) -> Reply:
    """Go on where the person left; a deep link opens that film's card."""
    greetings = () if movie_id is not None and visit.person.consent is not None else _greeting(visit)
    if movie_id is None:
        return Reply(greetings)
    movie = visit.movie(movie_id)
    if movie is None:
        return Reply((*greetings, *visit.film_is_gone().messages))
    return Reply((*greetings, pictured_card(visit.words, film_state(visit.tx, visit.id, movie))))


@in_visit
def consent(visit: Visit, action: Consent) -> Reply:
    """Store the answer and show the privacy page anew; on a welcome of long ago, the genres come next."""
    toast = _save_consent(visit, action.agreed)
    if not action.round:
        return Reply((privacy.privacy(visit.words, agreed=action.agreed, edits=visit.edits),), toast)
    return Reply((_grid(visit, visit.person, action.round),), toast)


@in_visit
def answer_welcome(visit: Visit, action: AnswerWelcome) -> Reply:
    """Store the answer; the genres are below already."""
    toast = _save_consent(visit, action.agreed)
    return Reply((onboarding.welcome_answered(visit.words, edits=visit.edits),), toast)


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
    """Confirm the genres; at the end of onboarding the message turns into the first list, and an invitation follows."""
    if not action.round:
        return _confirm(service, turn)
    if service.store.read(lambda tx: tx.impressions.page(turn.person, action.round, 0)):
        return show_list(service, turn, CardOrigin(Place.LIST, action.round, 0))
    return _end_onboarding(service, turn, action.round, find(service, turn.person))


def greet_newcomer(visit: Visit) -> tuple[Outgoing, ...]:
    """Greet who is here for the first time, with the genres; to others say nothing."""
    is_new = visit.person.consent is None and not visit.person.genres and not _was_here(visit)
    return _greeting(visit) if is_new else ()


def _was_here(visit: Visit) -> bool:
    return visit.tx.ratings.count(visit.id) > 0 or visit.tx.impressions.has_any(visit.id)


def _greeting(visit: Visit) -> tuple[Outgoing, ...]:
    rated, kept = visit.tx.ratings.count(visit.id), visit.tx.marks.count(visit.id, "later")
    if _was_here(visit):
        return (onboarding.welcome_back(visit.words, rated, kept, visit.new_round()),)
    grid = _grid(visit, visit.person, visit.new_round())
    return (grid,) if visit.person.consent is not None else (onboarding.welcome(visit.words), grid)


def _save_consent(visit: Visit, agreed: bool) -> str:
    """Store the answer to the training question; returns the toast."""
    if visit.person.consent is not agreed:
        visit.tx.people.set_consent(visit.id, agreed)
    return toasts.consent_saved(visit.words, agreed=agreed)


def _wish(visit: Visit, action: ChooseGenre | ExcludeGenre, wish: GenreWish) -> Reply:
    return Reply((_grid(visit, set_wish(visit, action.genre, wish), action.round),))


def _grid(visit: Visit, person: Person, round_: int) -> Outgoing:
    return onboarding.genre_grid(visit.words, wishes_of(person), round_, edits=visit.edits)


@in_visit
def _confirm(visit: Visit) -> Reply:
    steps = (onboarding.next_steps(visit.words, visit.new_round()),)
    wishes = wishes_of(visit.person)
    return Reply((onboarding.genres_chosen(visit.words, wishes, edits=visit.edits, keyboard=steps),))


@in_visit
def _end_onboarding(visit: Visit, round_: int, found: Sequence[Recommendation]) -> Reply:
    page = first_page(visit, round_, found)
    return Reply((page, onboarding.invitation(visit.words)) if found else (page,))
