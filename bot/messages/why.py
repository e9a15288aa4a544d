"""Why a film: the reason, the ratings that count most for it, and what it is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dial import Dial
from bot.messages.films import Film, label, stars_text
from bot.messages.lists import Pick, chance, reason
from bot.messages.words import Html, Words


@dataclass(frozen=True, slots=True)
class Why:
    """What is known of a film's way to somebody.

    Attributes:
        pick: with the chance and the reason; None where the recommender does not know the film.
        cited: the likes without which it would be less likely to be liked, the weightiest first.
        rated: how many of the person's ratings count.
        is_rated: whether the film is among them, and was left out of it all.
    """

    pick: Pick | None
    cited: Sequence[Film] = ()
    rated: int = 0
    is_rated: bool = False


def why_text(words: Words, why: Why, dial: Dial) -> Html:
    """Say in a few sentences why a film is one for the person, as far as that is true."""
    if why.pick is None:
        return words.html("why.unknown")
    if why.pick.like_probability is None:
        return Html("\n".join((_first(words, why.pick, dial), words.html("why.no_model"))))
    told = [_first(words, why.pick, dial)]
    if len(why.cited) > 1:
        names = words.plain("film.name_separator").join(_cited(words, film) for film in why.cited)
        told.append(words.html("why.cited", films=Html.of(names)))
    told.append(_basis(words, why))
    return Html("\n".join(told))


def _first(words: Words, pick: Pick, dial: Dial) -> Html:
    said = reason(words, pick, dial)
    if pick.like_probability is None:
        return words.html("why.reason", reason=said)
    told = chance(words, pick.like_probability, is_personal=pick.is_personal)
    return words.html("why.chance", chance=told, reason=said)


def _basis(words: Words, why: Why) -> Html:
    if not why.rated:
        return words.html("why.basis_none")
    return words.count("why.basis_without" if why.is_rated else "why.basis", why.rated)


def _cited(words: Words, film: Film) -> str:
    return f"{label(film.movie)} {stars_text(film.stars) if film.stars else ''}".rstrip()
