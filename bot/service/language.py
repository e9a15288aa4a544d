"""Which language the bot speaks with a person."""

from __future__ import annotations

from bot.callbacks import Language
from bot.languages import LANGUAGES
from bot.messages import commands
from bot.service.service import Reply, Visit, in_visit


@in_visit
def ask(visit: Visit) -> Reply:
    """Offer every language in its own name."""
    return Reply((commands.language_question(visit.service.words, visit.words),))


@in_visit
def choose(visit: Visit, action: Language) -> Reply:
    """Speak this language from now on, whatever Telegram's is."""
    language = next((one.code for one in LANGUAGES if one.number == action.language), None)
    if language is None:
        return visit.expired()
    visit.tx.people.set_language(visit.id, language)
    return Reply((commands.language_saved(visit.service.words[language], edits=visit.edits),))
