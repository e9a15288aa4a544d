"""Every command and button of the bot on one screen."""

from typing import Any, Final

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    PollHandler,
    filters,
)

from bot.callbacks import (
    Adjust,
    Answer,
    Ask,
    ChooseGenre,
    CountVotes,
    EndNight,
    ExcludeGenre,
    JoinNight,
    LeaveOutSeen,
    Rate,
    ShowNightFilms,
    Skip,
    TuneGenre,
    Unseen,
    Unskip,
)
from bot.handlers.answers import Answers
from bot.handlers.buttons import by_action, tapping
from bot.handlers.command_words import WrittenCommand, command_meant
from bot.handlers.commands import (
    answer_text,
    digest_command,
    fetch_real_ratings,
    language_command,
    rate,
    read_media,
    recommend,
    show_admin,
    start,
    unknown_command,
)
from bot.handlers.context import ChatApplication, Context, Handler, Wiring, alone, text_of
from bot.handlers.corrections import NewOrCorrected
from bot.handlers.documents import read_document
from bot.handlers.elsewhere import document_in_group, in_group, membership, moved, unknown_in_group
from bot.handlers.guests import called
from bot.handlers.inline import answer_inline, read_via_bot
from bot.handlers.nights import match, poll_changed
from bot.retraining.real_ratings import COMMAND as REAL_RATINGS
from bot.service import (
    card_sides,
    cards,
    digest,
    follows,
    interview,
    language,
    lists,
    matches,
    nights,
    notices,
    onboarding,
    own_films,
    past,
    privacy,
    saved_lists,
    search,
    shelves,
    taste,
    tuning,
    unasked,
    wishes,
)

# What other bots call it.
SYNONYMS: Final = {
    "watchlist": "later",
    "settings": "notify",
    "stop": "notify",
    "delete": "deleteme",
    "rated": "ratings",
}

COMMANDS: Final[dict[str, Handler]] = {
    "start": start,
    "recommend": recommend,
    "rate": rate,
    "later": alone(saved_lists.later),
    "ratings": alone(saved_lists.ratings),
    "following": alone(follows.following),
    "again": alone(own_films.see_again),
    "taste": alone(taste.show),
    "year": alone(taste.show_newest_year),
    "movienight": alone(nights.begin),
    "match": match,
    "genres": alone(onboarding.genres),
    "digest": digest_command,
    "notify": alone(unasked.show_settings),
    "import": alone(past.explain),
    "privacy": alone(privacy.explain),
    "export": alone(privacy.export),
    "deleteme": alone(privacy.ask_to_delete),
    "language": language_command,
    "help": alone(notices.show_help),
}

# What the tap on a button does; each use case's signature names the button.
BUTTONS: Final = by_action(
    onboarding.consent,
    onboarding.answer_welcome,
    onboarding.choose_genre,
    onboarding.exclude_genre,
    onboarding.set_wildcards,
    onboarding.show_genres,
    onboarding.genres_done,
    interview.ask,
    interview.answer,
    interview.adjust,
    interview.undo,
    interview.unseen,
    interview.skip,
    interview.unskip,
    interview.stop,
    shelves.show,
    shelves.choose,
    shelves.leave,
    cards.open_card,
    cards.rate,
    cards.undo_rate,
    cards.set_mark,
    cards.show_page,
    card_sides.show_side,
    card_sides.count,
    card_sides.send_picture,
    card_sides.share,
    follows.follow,
    follows.follow_on_page,
    search.none_of_these,
    lists.show_alike,
    own_films.pick_later,
    tuning.tune,
    tuning.tune_genre,
    wishes.take_away,
    digest.choose,
    digest.ask_hour,
    digest.choose_hour,
    digest.ask_place,
    digest.choose_zone,
    digest.choose_time,
    taste.show_side,
    taste.share,
    taste.show_year,
    unasked.open_settings,
    unasked.set_unasked,
    nights.join,
    nights.leave_out_seen,
    nights.show_films,
    nights.count_votes,
    nights.end,
    matches.answer,
    language.choose,
    past.import_batch,
    past.drop_batch,
    past.undo_batch,
    past.show_batch,
    privacy.delete,
    privacy.keep,
)

# What is done in groups, too; everything else there has a sentence.
IN_GROUPS: Final = ("movienight", "match")
GROUP_BUTTONS: Final = (JoinNight, LeaveOutSeen, ShowNightFilms, CountVotes, EndNight)

# Taps that draw all of their message: of several in a row the last one draws it, and each takes effect.
DRAWN_ANEW: Final = (
    Adjust,
    Answer,
    Ask,
    ChooseGenre,
    ExcludeGenre,
    Rate,
    Skip,
    TuneGenre,
    Unseen,
    Unskip,
)

_NEW: Final = filters.UpdateType.MESSAGE
_PRIVATE: Final = _NEW & filters.ChatType.PRIVATE
_GROUP: Final = _NEW & filters.ChatType.GROUPS


async def by_word(update: Update, context: Context) -> None:
    """A command written as a plain word; a word for films may be a film's title: Film (1965)."""
    meant, wiring = command_meant(text_of(update)), context.wiring
    assert meant is not None
    called = await wiring.offload.run(wiring.service.titles.called, text_of(update)) if meant == "recommend" else []
    await (answer_text if called else COMMANDS[meant])(update, context)


def all_handlers() -> list[BaseHandler[Any, Context, None]]:
    """Return the handlers in the order in which they are tried."""
    said = filters.ChatType.PRIVATE & NewOrCorrected()
    return [
        CallbackQueryHandler(tapping(BUTTONS, GROUP_BUTTONS, DRAWN_ANEW)),
        InlineQueryHandler(answer_inline),
        *(CommandHandler(name, handler, said) for name, handler in COMMANDS.items()),
        *(CommandHandler(name, COMMANDS[meant], said) for name, meant in SYNONYMS.items()),
        *(CommandHandler(name, COMMANDS[name], _GROUP) for name in IN_GROUPS),
        CommandHandler(REAL_RATINGS, fetch_real_ratings, said),  # in no menu: it is for demos and operators
        CommandHandler("admin", show_admin, said),  # in no menu: it is for whom the operator listed
        MessageHandler(said & filters.COMMAND, unknown_command([*COMMANDS, *SYNONYMS])),
        MessageHandler(_PRIVATE & filters.TEXT & filters.VIA_BOT, read_via_bot),
        MessageHandler(said & WrittenCommand(), by_word),
        MessageHandler(said & filters.TEXT, answer_text),
        MessageHandler(_PRIVATE & filters.Document.ALL, read_document),
        MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, read_media),
        CommandHandler([*COMMANDS, *SYNONYMS], in_group, _GROUP),
        MessageHandler(_GROUP & filters.COMMAND, unknown_in_group),
        MessageHandler(_GROUP & filters.Document.ALL, document_in_group),
        MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, moved),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, called),
        PollHandler(poll_changed),
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


__all__ = [
    "BUTTONS",
    "COMMANDS",
    "DRAWN_ANEW",
    "SYNONYMS",
    "Answers",
    "ChatApplication",
    "Context",
    "Wiring",
    "all_handlers",
]
