"""Which language the bot speaks with a person."""

from __future__ import annotations

from bot.callbacks import Language
from bot.messages import LANGUAGES, commands
from bot.service.service import Reply, Service, Turn, Visit


def ask(service: Service, turn: Turn) -> Reply:
    """Offer every language in its own name."""
    return service.visit(turn, lambda visit: Reply((commands.language_question(service.words, visit.words),)))


def choose(service: Service, turn: Turn, action: Language) -> Reply:
    """Speak this language from now on, whatever Telegram's is."""
    language = LANGUAGES[action.language]

    def decide(visit: Visit) -> Reply:
        visit.tx.people.set_language(visit.id, language)
        return Reply((commands.language_saved(service.words[language], edits=visit.edits),))

    return service.visit(turn, decide)
