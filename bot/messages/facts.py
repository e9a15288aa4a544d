"""What is known of a film beside its title: how it is called here, who made it, how long it runs, and its plot line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.messages.clipping import clip
from bot.messages.words import Html, Words
from recommender.domain import Movie

_ENGLISH, _CHINESE = "en", "zh"
MOST_ACTORS: Final = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card tells of a film; what is not known is empty or None.

    Attributes:
        original_title: in its own script, where it differs from the title.
        zh_title: as mainland China knows it; None where no title is in use.
        zh_directors, zh_cast: their Chinese names, and those of English credits where none is certain.
        plot, plot_zh: one line each.
        original_language: what is mostly spoken in it, by ISO 639; empty where that is not known.
    """

    original_title: str = ""
    zh_title: str | None = None
    directors: tuple[str, ...] = ()
    runtime_min: int | None = None
    plot: str = ""
    plot_zh: str = ""
    zh_directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    zh_cast: tuple[str, ...] = ()
    original_language: str = ""

    def people(self) -> dict[str, str]:
        """Return their Chinese names by those of the credits: directors first, each once."""
        pairs = ((self.directors, self.zh_directors), (self.cast, self.zh_cast))
        return {name: chinese for names, own in pairs for name, chinese in zip(names, own or names, strict=True)}


NOTHING_KNOWN = Facts()


def own_title(words: Words, movie: Movie, facts: Facts) -> str:
    """Return what a film is called in the person's language."""
    if words.language == _ENGLISH:
        return movie.title
    own = facts.original_title if facts.original_language == words.language else ""
    return (facts.zh_title if words.language == _CHINESE else own) or movie.title


def heading(words: Words, movie: Movie, facts: Facts = NOTHING_KNOWN) -> Html:
    """Return "Title (1999)" as the person's language has it, and the original title beside it where that is another."""
    title = own_title(words, movie, facts)
    original = facts.original_title or movie.title
    year = "" if movie.year is None else f" ({movie.year})"
    head = words.html("film.head", label=f"{clip(title)}{year}")
    return head if original == title else words.html("film.head_beside", head=head, original=original)


def fact_lines(words: Words, facts: Facts) -> list[Html]:
    """Return who made it and how long it runs, then the plot line, as far as they are known."""
    made = [Html.of(part) for part in made_by(words, facts)]
    plot = {_ENGLISH: facts.plot, _CHINESE: facts.plot_zh}.get(words.language, "")
    return [Html(" · ".join(made))] * bool(made) + [Html.of(plot)] * bool(plot)


def made_by(words: Words, facts: Facts) -> list[str]:
    """Return who made it and how long it runs, as far as they are known."""
    minutes = [words.plain("film.minutes", minutes=facts.runtime_min)] if facts.runtime_min else []
    return [own_name(words, facts, name) for name in facts.directors[:2]] + minutes


def cast_line(words: Words, facts: Facts) -> list[Html]:
    """Return who plays in it, as far as that is known."""
    names = [own_name(words, facts, name) for name in facts.cast[:MOST_ACTORS]]
    return [words.html("film.cast", names=words.plain("film.name_separator").join(names))] if names else []


def own_name(words: Words, facts: Facts, name: str) -> str:
    """Return what somebody of the credits is called in the person's language."""
    return facts.people().get(name, name) if words.language == _CHINESE else name
