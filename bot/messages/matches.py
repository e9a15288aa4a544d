"""Matches in words: the question to another person, and what two people hear once both agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.callbacks import AnswerMatch, encode
from bot.messages.films import genre_names, label
from bot.messages.nights import invitation_link
from bot.messages.words import Html, Words
from bot.outgoing import Button, Outgoing
from recommender.domain import Movie


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one of the two hears.

    Attributes:
        alike: in percent; None where too little is known of one of them.
        mine, theirs: genres that one likes more than the other.
        films: for both, under titles in the language of who hears it.
    """

    alike: int | None
    mine: Sequence[str]
    theirs: Sequence[str]
    films: Sequence[Movie]


def to_pass_on(words: Words, name: str, code: str, bot: str) -> Outgoing:
    """Give in private the link to send to the other one."""
    link = invitation_link(bot, f"match_{code}")
    share = f"https://t.me/share/url?{urlencode({'url': link, 'text': words.plain('match.share_text')})}"
    who = words.html("match.pass_on_to", name=name) if name else words.html("match.pass_on")
    return Outgoing(f"{who}\n{link}", ((Button(words.plain("match.share"), url=share),),))


def asked_in_group(words: Words, name: str, code: str, bot: str) -> Outgoing:
    """Ask somebody in a group; the answer is given in private."""
    text = words.html("match.asked_name", name=name) if name else words.html("match.asked")
    button = Button(words.plain("match.look"), url=invitation_link(bot, f"match_{code}"))
    return Outgoing(text, ((button,),))


def stranger_in_group(words: Words, bot: str) -> Outgoing:
    """Say in a group that who asks must be known first."""
    button = Button(words.plain("match.begin"), url=invitation_link(bot, "match"))
    return Outgoing(words.html("match.stranger"), ((button,),))


def question(words: Words, match: int) -> Outgoing:
    """Ask for consent, saying what both will see."""
    yes = Button(words.plain("match.yes"), encode(AnswerMatch(match, True)))
    no = Button(words.plain("match.no"), encode(AnswerMatch(match, False)))
    return Outgoing(words.html("match.question"), ((yes, no),))


def result(words: Words, found: Comparison, *, edits: int | None = None) -> Outgoing:
    """Tell how alike, on what they differ, and films for both."""
    alike = words.html("match.unknown") if found.alike is None else words.html("match.alike", percent=found.alike)
    lines: list[str] = [alike]
    lines += [words.html("match.mine", genres=genre_names(words, found.mine))] if found.mine else []
    lines += [words.html("match.theirs", genres=genre_names(words, found.theirs))] if found.theirs else []
    lines += [] if found.mine or found.theirs else [words.html("match.no_difference")]
    titles = [f"{number}. {Html.of(label(movie))}" for number, movie in enumerate(found.films, 1)]
    lines += ["", words.html("match.films"), *titles] if titles else []
    return Outgoing("\n".join(lines), (), edits)


def own_link(words: Words) -> Outgoing:
    return Outgoing(words.html("match.own_link"))


def for_another(words: Words) -> Outgoing:
    return Outgoing(words.html("match.for_another"))


def over(words: Words) -> Outgoing:
    return Outgoing(words.html("match.over"))


def refused(words: Words, *, edits: int | None = None) -> Outgoing:
    """Confirm to who refused that nothing was shown."""
    return Outgoing(words.html("match.refused"), (), edits)


def not_wanted(words: Words) -> Outgoing:
    """Tell who asked."""
    return Outgoing(words.html("match.not_wanted"))
