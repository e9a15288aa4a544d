"""What the bot knows of a person and their rights over it: privacy, export, deletion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.callbacks import Consent, DeleteMe, KeepMe, encode
from bot.messages.clipping import escape
from bot.messages.words import Html, Words
from bot.outgoing import Button, Document, Outgoing

# What each table that holds anything of a person is called, in the order in which it is told.
KEPT: Final[Mapping[str, str]] = {
    "people": "privacy.kept_people",
    "chosen_genres": "privacy.kept_chosen_genres",
    "ratings": "privacy.kept_ratings",
    "marks": "privacy.kept_marks",
    "follows": "privacy.kept_follows",
    "twin_records": "privacy.kept_twin_records",
    "batches": "privacy.kept_batches",
    "batch_films": "privacy.kept_batch_films",
    "impressions": "privacy.kept_impressions",
    "searches": "privacy.kept_searches",
    "wishes": "privacy.kept_wishes",
    "night_members": "privacy.kept_night_members",
    "matches": "privacy.kept_matches",
    "schedules": "privacy.kept_schedules",
    "inbox": "privacy.kept_inbox",
    "outbox": "privacy.kept_outbox",
}


def kept_of_people(words: Words) -> Outgoing:
    """Name everything that is kept of a person."""
    kept = words.plain("privacy.joint").join(words.plain(key) for key in KEPT.values())
    return Outgoing(words.html("privacy.kept", kept=Html(escape(kept))))


def rights(words: Words) -> Outgoing:
    """Say what a person can have done."""
    return Outgoing(words.html("privacy.text"))


def question(words: Words) -> Outgoing:
    """Ask about training again: the question is another one than was answered."""
    yes = Button(words.plain("consent.yes"), encode(Consent(True, 0)))
    no = Button(words.plain("consent.no"), encode(Consent(False, 0)))
    return Outgoing(f"{words.html('consent.changed')} {words.html('consent.question')}", ((yes,), (no,)))


def privacy(words: Words, *, agreed: bool, edits: int | None = None) -> Outgoing:
    """Say what a person can have done, with the switch for training."""
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
