"""Domain values made into Outgoing, in the person's language; every word a person sees."""

from bot.messages.words import LANGUAGES, Words, language_of, load_words

__all__ = ["LANGUAGES", "Words", "language_of", "load_words"]
