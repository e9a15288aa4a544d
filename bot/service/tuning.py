"""Tuning a list: what its knobs stand at, and the list they lead to."""

from __future__ import annotations

from typing import Final

from bot.callbacks import Place, Tune, TuneGenre, Wish
from bot.callbacks.tuning import Knobs
from bot.messages import tuning
from bot.messages.films import CardOrigin
from bot.messages.tuning import Tuning
from bot.messages.wishes import understood
from bot.service.finding import tuned
from bot.service.genres import set_wish, wishes_of
from bot.service.part_names import names_of
from bot.service.service import Reply, Visit, in_visit
from bot.storage.people import GenreWish, Person

_WISHES: Final[dict[Wish, GenreWish]] = {Wish.NONE: "none", Wish.CHOSEN: "chosen", Wish.EXCLUDED: "excluded"}


@in_visit
def tune(visit: Visit, action: Tune) -> Reply:
    """Turn the message into the knobs of its list."""
    return _show(visit, visit.person, action, action.knobs)


@in_visit
def tune_genre(visit: Visit, action: TuneGenre) -> Reply:
    """Bring one genre to the wanted side; the grid stays. It takes the place of genres that were asked for in words."""
    visit.tx.wishes.drop(visit.id, action.fresh)
    return _show(visit, set_wish(visit, action.genre, _WISHES[action.wish]), action, Knobs.GENRES)


def _show(visit: Visit, person: Person, action: Tune | TuneGenre, which: Knobs) -> Reply:
    # The tuned list has a round of its own from the first knob on, so that showing it twice shows it once.
    fresh = action.fresh or _begin(visit, action)
    back = CardOrigin(Place.LIST, action.key, action.page_code)
    wanted, wish = CardOrigin(Place.LIST, fresh, action.wanted), visit.tx.wishes.get(visit.id, fresh)
    asked = None if wish is None else understood(visit.words, tuned(wanted, wish), names_of(visit, wish))
    knobs = Tuning(back, wanted, asked)
    return Reply((tuning.knobs(visit.words, wishes_of(person), knobs, which, edits=visit.edits),))


def _begin(visit: Visit, action: Tune | TuneGenre) -> int:
    """Open the round of the tuned list, which keeps to what the list before was asked for."""
    fresh, wish = visit.new_round(), visit.tx.wishes.get(visit.id, action.key)
    if wish is not None:
        visit.tx.wishes.add(visit.id, fresh, wish)
    return fresh
