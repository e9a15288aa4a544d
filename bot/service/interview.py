"""The rating interview: every tap saves, and turns the message into the next card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.callbacks import Adjust, Answer, Ask, Skip, Stop, Undo, Unseen, Unskip
from bot.messages import interview, toasts
from bot.messages.genres import nothing_allowed
from bot.messages.interview import NOTHING_SAID, Answers, JustRated
from bot.outgoing import Outgoing
from bot.service.films import facts_of, named
from bot.service.genres import wishes_of
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from recommender.domain import Movie, MovieId, Profile, Rating, Stars

# An interview ends by itself with so many films rated, or so many cards: what follows teaches less and less, and people
# have had enough (docs/figures.md). Who wants to goes on.
ENOUGH_RATED: Final = 5
MOST_CARDS: Final = 12
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def ask(service: Service, turn: Turn, _: Ask) -> Reply:
    """Show the next card: in place of the tapped message, else as a new one."""
    return _show(service, turn, next_film(service, turn, service.profile(turn)))


def answer(service: Service, turn: Turn, action: Answer) -> Reply:
    """Save the stars and ask for the next film."""
    profile = with_rating(service.profile(turn), action.movie_id, action.half_stars)
    return _save_answer(service, turn, action, next_film(service, turn, profile))


@in_visit
def adjust(visit: Visit, action: Adjust) -> Reply:
    """Correct the film just rated; the card that is being asked stays."""
    rated = visit.movie(action.movie_id)
    if rated is None:
        return visit.film_is_gone()
    _save(visit, rated.id, action.half_stars)
    said = named(visit.words, rated)
    just = JustRated(said, action.half_stars, action.before)
    toast = toasts.rated(visit.words, said, action.half_stars)
    return Reply(drawn(visit, visit.movie(action.next_id), Answers(just)), toast)


@in_visit
def undo(visit: Visit, action: Undo) -> Reply:
    """Give the film its rating from before, and ask for it again."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    _save(visit, movie.id, action.before)
    return Reply(drawn(visit, movie), toasts.undone(visit.words))


def unseen(service: Service, turn: Turn, action: Unseen) -> Reply:
    """Skip by a card that remembers no answer before."""
    return skip(service, turn, Skip(action.movie_id, MovieId(0), 0, 0))


def skip(service: Service, turn: Turn, action: Skip) -> Reply:
    """Never ask for this film again, and go on; not having seen it is no dislike."""
    following = next_film(service, turn, service.profile(turn), also_skipped=action.movie_id)
    return _save_unseen(service, turn, action, following)


@in_visit
def unskip(visit: Visit, action: Unskip) -> Reply:
    """Ask for the film after all; what was rated before it can be undone next."""
    movie = visit.movie(action.movie_id)
    if movie is None:
        return visit.film_is_gone()
    visit.tx.marks.clear(visit.id, movie.id, "unseen")
    return Reply(drawn(visit, movie, Answers(_rated_before(visit, action))), toasts.undone(visit.words))


@in_visit
def stop(visit: Visit, _: Stop) -> Reply:
    """End the interview, and offer the list that it changed."""
    rated = visit.tx.ratings.count(visit.id)
    return Reply((interview.stopped(visit.words, rated, visit.new_round(), edits=visit.edits),))


def with_rating(profile: Profile, movie_id: MovieId, half_stars: int) -> Profile:
    """Return the profile as it will be once this rating is stored."""
    others = tuple(rating for rating in profile.ratings if rating.movie_id != movie_id)
    newest = max((rating.rated_at for rating in others), default=_LONG_AGO)
    return replace(profile, ratings=(*others, Rating(movie_id, Stars.from_half_stars(half_stars), newest)))


def next_film(service: Service, turn: Turn, profile: Profile, also_skipped: MovieId | None = None) -> Movie | None:
    """Return the next film to ask for; a few are asked for, should one not be in the catalogue.

    None also where a later tap draws over the card that would ask.
    """
    if turn.is_drawn_over:
        return None
    unasked = service.store.read(
        lambda tx: tx.marks.movies(turn.person, "unseen") | tx.marks.movies(turn.person, "later")
    )
    skipped = unasked if also_skipped is None else unasked | {also_skipped}
    wanted = service.recommender_of(turn.person).questions(profile, 3, skipped=skipped)
    known = service.store.read(lambda tx: tx.movies.many(wanted))
    return next((known[movie_id] for movie_id in wanted if movie_id in known), None)


@in_visit
def _show(visit: Visit, movie: Movie | None) -> Reply:
    return Reply(drawn(visit, movie))


@in_visit
def _save_answer(visit: Visit, action: Answer, following: Movie | None) -> Reply:
    rated = visit.movie(action.movie_id)
    if rated is None:
        return Reply(drawn(visit, following), toasts.film_gone(visit.words))
    said = named(visit.words, rated)
    just = JustRated(said, action.half_stars, _before(visit, action))
    _save(visit, rated.id, action.half_stars)
    answered = drawn(visit, _unless_enough(visit, following), Answers(just))
    return Reply(answered, toasts.rated(visit.words, said, action.half_stars))


@in_visit
def _save_unseen(visit: Visit, action: Skip, following: Movie | None) -> Reply:
    movie = visit.movie(action.movie_id)
    if movie is None:
        return Reply(drawn(visit, following), toasts.film_gone(visit.words))
    visit.tx.marks.put(visit.id, movie.id, "unseen")
    said = Answers(_rated_before(visit, action), skipped=named(visit.words, movie))
    return Reply(drawn(visit, _unless_enough(visit, following), said))


def _rated_before(visit: Visit, action: Skip | Unskip) -> JustRated | None:
    movie = visit.movie(action.rated_id) if action.half_stars else None
    return JustRated(named(visit.words, movie), action.half_stars, action.before) if movie else None


def drawn(visit: Visit, movie: Movie | None, said: Answers = NOTHING_SAID) -> tuple[Outgoing, ...]:
    """Return the message that asks for a film; none where a later tap draws over it."""
    return () if visit.turn.is_drawn_over else (card(visit, movie, said),)


def card(visit: Visit, movie: Movie | None, said: Answers = NOTHING_SAID) -> Outgoing:
    """Ask for a film; without one, say why there is none."""
    rated = visit.tx.ratings.count(visit.id)
    if movie is None and wishes_of(visit.person).allow_nothing:
        return nothing_allowed(visit.words, edits=visit.edits)
    if movie is None:
        end = interview.enough if _is_enough(visit) else interview.exhausted
        return end(visit.words, rated, visit.new_round(), said, edits=visit.edits)
    facts = facts_of(movie, visit.tx.facts.get(movie.id))
    return interview.question_card(visit.words, movie, rated, said, facts=facts, edits=visit.edits)


def _unless_enough(visit: Visit, following: Movie | None) -> Movie | None:
    return None if _is_enough(visit) else following


def _is_enough(visit: Visit) -> bool:
    """Tell whether this very answer was the last that is needed; whoever goes on is not stopped again."""
    rated, unseen = visit.tx.ratings.count(visit.id), visit.tx.marks.count(visit.id, "unseen")
    return rated == ENOUGH_RATED or (rated < ENOUGH_RATED and rated + unseen == MOST_CARDS)


def _save(visit: Visit, movie_id: MovieId, half_stars: int) -> None:
    visit.tx.ratings.put(visit.id, movie_id, half_stars, update_id=visit.turn.update_id)


def _before(visit: Visit, action: Answer) -> int:
    """Return what Undo shall bring back; a second delivery finds its own rating and falls back on the button."""
    stored = visit.tx.ratings.get(visit.id, action.movie_id)
    if stored is None or stored.stars.half_stars == action.half_stars:
        return action.before
    return stored.stars.half_stars
