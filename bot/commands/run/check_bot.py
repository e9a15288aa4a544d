"""What `reelmate doctor` sees of a bot that runs on this data directory: its vital signs, as it wrote them last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.commands.errors import CommandError
from bot.commands.run.finding import Finding
from bot.commands.run.heartbeat import FILE, read_beat
from bot.settings import Settings

_FACT: Final = ". Received: "
_REMEDY: Final = "; "


def check_bot(settings: Settings) -> Iterator[Finding]:
    """Show what the bot says of itself; each complaint as what it found and what to do."""
    if not (settings.data_dir / FILE).exists():
        yield Finding("Bot", "note", "none runs on this data directory", "`reelmate run` starts one.")
        return
    try:
        report = read_beat(settings.data_dir)
    except CommandError as error:
        yield Finding("Bot", "fault", "it gives no sign any more", _capital(str(error)))
        return
    if not report.bad:
        yield Finding("Bot", "ok", "it runs, and all is well")
    for sign in report.bad:
        expectation, _, fact = sign.complaint.partition(_FACT)
        remedy = expectation.partition(_REMEDY)[2] or expectation
        yield Finding(f"Bot: {sign.name}", "fault", fact or expectation, f"{_capital(remedy)}.")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
