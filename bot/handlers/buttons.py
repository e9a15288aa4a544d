"""Taps: every action of callbacks.py with its use case, and what happens to a tap that means nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatType

from bot import callbacks
from bot.callbacks import Action, Frequency, decode
from bot.handlers.context import Context
from bot.service import cards, digest, interview, language, notices, onboarding, privacy
from bot.service.service import Reply, Service, Turn

WithAction = Callable[[Service, Turn, Any], Reply]

BUTTONS: Final[Mapping[type[Action], WithAction]] = {
    callbacks.Consent: onboarding.consent,
    callbacks.ChooseGenre: onboarding.choose_genre,
    callbacks.GenresDone: onboarding.genres_done,
    callbacks.Ask: lambda service, turn, _: interview.ask(service, turn),
    callbacks.Answer: interview.answer,
    callbacks.Adjust: interview.adjust,
    callbacks.Undo: interview.undo,
    callbacks.Unseen: interview.unseen,
    callbacks.Stop: lambda service, turn, _: interview.stop(service, turn),
    callbacks.Open: cards.open_card,
    callbacks.Rate: cards.rate,
    callbacks.SetMark: cards.set_mark,
    callbacks.ShowPage: cards.show_page,
    callbacks.Digest: lambda service, turn, action: digest.choose(service, turn, Frequency(action.frequency)),
    callbacks.DigestTime: digest.ask_hour,
    callbacks.DigestHour: digest.ask_offset,
    callbacks.DigestOffset: digest.choose_time,
    callbacks.Language: language.choose,
    callbacks.DeleteMe: lambda service, turn, _: privacy.delete(service, turn),
    callbacks.KeepMe: lambda service, turn, _: privacy.keep(service, turn),
}


async def tap(update: Update, context: Context) -> None:
    """Do what the tapped button means; unknown, forged or truncated data means that it has expired."""
    query = update.callback_query
    chat = update.effective_chat
    if query is None or chat is None or chat.type != ChatType.PRIVATE:
        await context.serve(update, notices.private_only_tap)
        return
    action = decode(query.data)
    if action is None:
        await context.serve(update, notices.expired)
    else:
        await context.serve(update, BUTTONS[type(action)], action)
