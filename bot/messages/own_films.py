"""Pages of a person's own films: one of the watchlist, and those to see again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Open, Place, ShowPage, encode
from bot.dial import Dial
from bot.messages.films import CardOrigin
from bot.messages.lists import LIST_SIZE, Pick, number_rows, pick_text, turns_of
from bot.messages.onboarding import list_button
from bot.messages.words import Words
from bot.outgoing import Button, Outgoing


def one_to_watch(words: Words, pick: Pick, origin: CardOrigin, *, edits: int | None = None) -> Outgoing:
    """Show one film of the watchlist with its reason, and the way to another."""
    text = f"{words.html('own.one')}\n\n{pick_text(words, None, pick, Dial.WELL_KNOWN, has_reason=True)}"
    card = Open(pick.film.movie.id, Place.LIST, origin.key, origin.page_code)
    another = ShowPage(Place.LIST, origin.key, origin.page_code + 1)
    back = ShowPage(Place.LATER, 0, 0)
    rows = (
        (Button(words.plain("own.card"), encode(card)),),
        (Button(words.plain("own.another"), encode(another)), Button(words.plain("own.watchlist"), encode(back))),
    )
    return Outgoing(text, rows, edits)


def to_see_again(words: Words, picks: Sequence[Pick], origin: CardOrigin, *, edits: int | None = None) -> Outgoing:
    """Show films that were liked long ago, with the stars they were given."""
    blocks = [pick_text(words, number, pick, Dial.WELL_KNOWN, has_reason=False) for number, pick in enumerate(picks, 1)]
    text = "\n\n".join((words.html("own.again"), *blocks, words.html("own.again_hint")))
    turns = turns_of(words, origin, has_next=len(picks) == LIST_SIZE, next_key="button.more")
    rows = number_rows([pick.film for pick in picks], origin)
    return Outgoing(text, (*rows, turns) if turns else rows, edits)


def all_shown(words: Words, round_: int, *, edits: int | None = None) -> Outgoing:
    """Say that a round of one's own films is over."""
    back = Button(words.plain("own.watchlist"), encode(ShowPage(Place.LATER, 0, 0)))
    return Outgoing(words.html("own.end"), ((back, list_button(words, round_)),), edits)


def none(words: Words, *, edits: int | None = None) -> Outgoing:
    """Say that there is nothing of one's own to choose from."""
    return Outgoing(words.html("own.none"), (), edits)
