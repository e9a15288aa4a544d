"""What is known of a film beside its title: how it is called here, who made it, how long it runs, and its plot line."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.clipping import clip
from bot.messages.words import Html, Words
from recommender.domain import Movie

_CHINESE = "zh"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card tells of a film; what is not known is empty or None.

    Attributes:
        original_title: in its own script, where it differs from the title.
        zh_title: as mainland China knows it; None where no title is in use.
        zh_directors: their Chinese names, and those of English credits where none is certain.
        plot, plot_zh: one line each.
    """

    original_title: str = ""
    zh_title: str | None = None
    directors: tuple[str, ...] = ()
    runtime_min: int | None = None
    plot: str = ""
    plot_zh: str = ""
    zh_directors: tuple[str, ...] = ()


NOTHING_KNOWN = Facts()


def own_title(words: Words, movie: Movie, facts: Facts) -> str:
    """Return what a film is called in the person's language."""
    return (facts.zh_title if words.language == _CHINESE else None) or movie.title


def heading(words: Words, movie: Movie, facts: Facts = NOTHING_KNOWN) -> Html:
    """Return "Title (1999)" as the person's language has it, and the original title beside it where that is another."""
    title = own_title(words, movie, facts)
    original = facts.original_title or movie.title
    year = "" if movie.year is None else f" ({movie.year})"
    head = words.html("film.head", label=f"{clip(title)}{year}")
    return head if original == title else words.html("film.head_beside", head=head, original=original)


def fact_lines(words: Words, facts: Facts) -> list[Html]:
    """Return who made it and how long it runs, then the plot line, as far as they are known."""
    directors = facts.zh_directors if words.language == _CHINESE and facts.zh_directors else facts.directors
    made = [Html.of(name) for name in directors[:2]]
    made += [words.html("film.minutes", minutes=facts.runtime_min)] if facts.runtime_min else []
    plot = facts.plot_zh if words.language == _CHINESE else facts.plot
    return [Html(" · ".join(made))] * bool(made) + [Html.of(plot)] * bool(plot)
