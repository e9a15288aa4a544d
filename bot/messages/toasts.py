"""The short answers that appear over the chat when a button is tapped; Telegram takes 200 characters."""

from __future__ import annotations

from bot.callbacks import Mark
from bot.messages.films import label, stars_text
from bot.messages.words import Words
from recommender.domain import Movie, Stars


def rated(words: Words, movie: Movie, half_stars: int) -> str:
    """Confirm a rating, or that it was removed."""
    if not half_stars:
        return words.plain("rating.removed")
    return words.plain("rating.saved", title=label(movie), stars=stars_text(Stars.from_half_stars(half_stars)))


def undone(words: Words) -> str:
    return words.plain("interview.undone")


def marked(words: Words, mark: Mark, *, on: bool, left_watchlist: bool = False) -> str:
    """Say what a mark means, or that it is off, and that the film left the watchlist if it did."""
    said = words.plain(f"mark.{mark.name.lower()}_{'on' if on else 'off'}")
    return f"{said} {words.plain('mark.left_watchlist')}" if left_watchlist else said


def counted(words: Words, *, on: bool) -> str:
    """Say whether a rating tells of the person's taste from now on."""
    return words.plain("rating.counts" if on else "rating.counts_not")


def followed(words: Words, name: str, *, on: bool) -> str:
    """Say what following somebody means, or that it is over."""
    return words.plain("follows.on" if on else "follows.off", name=name)


def too_many_followed(words: Words) -> str:
    return words.plain("follows.too_many")


def alike_below(words: Words) -> str:
    return words.plain("toast.alike")


def consent_saved(words: Words, *, agreed: bool) -> str:
    """Say what an answer to the training question means."""
    return words.plain("consent.saved_yes" if agreed else "consent.saved_no")


def expired(words: Words) -> str:
    return words.plain("notice.expired")


def delayed(words: Words) -> str:
    """Say that nothing can be saved now, and that what was done is not lost."""
    return words.plain("toast.delayed")


def unknown_person(words: Words) -> str:
    return words.plain("notice.unknown_person")


def private_only(words: Words) -> str:
    return words.plain("notice.private_only")


def night(words: Words, what: str) -> str:
    """Say what became of a tap on a movie night's button."""
    return words.plain(f"night.toast_{what}")


def film_gone(words: Words) -> str:
    return words.plain("notice.film_gone")
