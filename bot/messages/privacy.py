"""What the bot knows of a person and their rights over it: privacy, export, deletion."""

from __future__ import annotations

from bot.callbacks import Consent, DeleteMe, KeepMe, encode
from bot.messages.words import Words
from bot.outgoing import Button, Document, Outgoing


def privacy(words: Words, *, agreed: bool, edits: int | None = None) -> Outgoing:
    """Explain what is kept, with the switch for training."""
    state = words.html("privacy.consent_yes" if agreed else "privacy.consent_no")
    switch = words.plain("privacy.withdraw" if agreed else "privacy.agree")
    button = Button(switch, encode(Consent(not agreed, 0)))
    return Outgoing(f"{words.html('privacy.text')}\n\n{state}", ((button,),), edits)


def export(words: Words, *, rated: int, everything: bytes, letterboxd: bytes) -> tuple[Outgoing, Outgoing]:
    """Hand over both files."""
    return (
        Outgoing(words.count("export.json", rated), document=Document("reelmate.json", everything)),
        Outgoing(words.html("export.csv"), document=Document("reelmate-letterboxd.csv", letterboxd)),
    )


def nothing_to_export(words: Words) -> Outgoing:
    return Outgoing(words.html("export.nothing"))


def export_waits(words: Words) -> Outgoing:
    """Answer who asks again before the files are there."""
    return Outgoing(words.html("export.waits"))


def delete_question(words: Words, rated: int) -> Outgoing:
    """Ask once before everything goes."""
    yes = Button(words.plain("delete.yes"), encode(DeleteMe()))
    return Outgoing(
        words.count("delete.question", rated), ((yes,), (Button(words.plain("delete.no"), encode(KeepMe())),))
    )


def deleted(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("delete.done"), (), edits)


def kept(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("delete.kept"), (), edits)


def nothing_to_delete(words: Words) -> Outgoing:
    return Outgoing(words.html("delete.nothing"))
