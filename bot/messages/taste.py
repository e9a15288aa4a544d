"""A person's taste and year: the picture, the same in words below it, and the ways on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callbacks import Ask, ShareTaste, ShowTaste, ShowYear, encode
from bot.drawings import Bar, Line, Scale, TasteCard
from bot.messages.clipping import clip
from bot.messages.facts import own_title
from bot.messages.films import Film, genre_names, label, stars_text
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing

# What has room in the picture.
_BARS, _TAGS, _PEOPLE, _COLUMNS = 6, 6, 5, 12
# In words fewer are enough.
_NAMED: Final = 3
_NAME_UNITS: Final = 40
_MOST_STARS: Final = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """Something borne by films: its name, over how many, their mean stars, and those stars by which it is ranked."""

    name: str
    films: int
    mean: float
    score: float


@dataclass(frozen=True, slots=True)
class TasteReport:
    """A taste to be told; names of tags and people are in the person's language, genres are the domain's.

    Attributes:
        decades: films by the first year of each decade, in order.
        fame: how well known the films are, 0 to 1; None where nobody knows.
    """

    rated: int
    genres: Sequence[Counted]
    tags: Sequence[str]
    people: Sequence[Counted]
    decades: Mapping[int, int]
    fame: float | None
    films: Sequence[Film]


@dataclass(frozen=True, slots=True)
class YearReport:
    """A year to be told: films rated in each month, what was rated best, and which other years can be told."""

    year: int
    is_over: bool
    months: Sequence[int]
    genres: Sequence[Counted]
    films: Sequence[Film]
    others: Sequence[int]


def taste(words: Words, report: TasteReport, *, dark: bool, edits: int | None = None) -> Outgoing:
    """Show a taste."""
    heading, rated = words.html("taste.title"), words.count("taste.rated", report.rated)
    text = "\n".join((f"🎨 <b>{heading}</b> · {rated}", *_in_words(words, report)))
    return Outgoing(text, _ways_on(words, dark=dark), edits, picture=_drawn(words, report, dark=dark))


def shared_taste(words: Words, report: TasteReport, *, bot: str, dark: bool) -> Outgoing:
    """Send a taste to be forwarded: what is liked, no rating, and at its foot which bot knows that."""
    card = _drawn(words, report, dark=dark)
    bare = replace(
        card,
        title=words.plain("taste.shared_title"),
        subtitle="",
        bars=tuple(replace(bar, note="") for bar in card.bars),
        columns=tuple(replace(column, note="") for column in card.columns),
        people=tuple(clip(one.name, _NAME_UNITS) for one in report.people[:_PEOPLE]),
        films=tuple(replace(line, note="") for line in card.films),
        drawn_by=f"@{bot}" if bot else "",
    )
    return Outgoing(words.html("taste.shared"), picture=bare)


def too_few(words: Words, rated: int, enough: int) -> Outgoing:
    """Say how many ratings it takes, and lead to them."""
    return Outgoing(words.html("taste.too_few", rated=rated, enough=enough), _rate(words))


def year(words: Words, report: YearReport, *, dark: bool, edits: int | None = None) -> Outgoing:
    """Show a year."""
    title = words.plain("year.title" if report.is_over else "year.so_far", year=report.year)
    rated = words.count("year.rated", sum(report.months))
    most = max(report.months)
    card = TasteCard(
        title,
        str(rated),
        columns_heading=words.plain("year.months"),
        columns=tuple(
            Bar(words.month(month), films / most, str(films or "")) for month, films in enumerate(report.months, 1)
        ),
        bars_heading=words.plain("taste.genres"),
        bars=_bars(words, report.genres),
        films_heading=words.plain("year.films"),
        films=_lines(words, report.films),
        dark=dark,
    )
    lines = (
        _line(words, "taste.genres", _genres(words, report.genres)),
        _line(words, "year.films", _titles(words, report.films)),
    )
    text = "\n".join((f"📅 <b>{Html.of(title)}</b> · {rated}", *(line for line in lines if line)))
    return Outgoing(text, _years(words, report, dark=dark), edits, picture=card)


def no_year(words: Words, enough: int) -> Outgoing:
    """Say how many ratings a year takes, and lead to them."""
    return Outgoing(words.html("year.too_few", enough=enough), _rate(words))


def _drawn(words: Words, report: TasteReport, *, dark: bool) -> TasteCard:
    most = max(report.decades.values(), default=1)
    columns = [
        Bar(words.plain("taste.decade", short=f"{decade % 100:02}"), films / most, str(films or ""))
        for decade, films in report.decades.items()
    ]
    scale = None if report.fame is None else Scale(report.fame, words.plain("taste.least"), words.plain("taste.most"))
    return TasteCard(
        words.plain("taste.title"),
        str(words.count("taste.rated", report.rated)),
        bars_heading=words.plain("taste.genres"),
        bars=_bars(words, report.genres),
        columns_heading=words.plain("taste.decades"),
        columns=tuple(columns[-_COLUMNS:]),
        scale_heading=words.plain("taste.fame"),
        scale=scale,
        tags_heading=words.plain("taste.tags"),
        tags=tuple(report.tags[:_TAGS]),
        people_heading=words.plain("taste.people"),
        people=tuple(f"{clip(one.name, _NAME_UNITS)} · {one.films}" for one in report.people[:_PEOPLE]),
        films_heading=words.plain("taste.films"),
        films=_lines(words, report.films),
        dark=dark,
    )


def _in_words(words: Words, report: TasteReport) -> list[Html]:
    decades = sorted(report.decades, key=lambda decade: -report.decades[decade])[:1]
    films = _titles(words, report.films)
    lines = (
        _line(words, "taste.genres", _genres(words, report.genres)),
        _line(words, "taste.tags", report.tags[:_NAMED]),
        _line(words, "taste.decades", [words.plain("taste.mostly", decade=decade) for decade in decades]),
        _line(words, "taste.fame", [] if report.fame is None else [words.plain(_fame_key(report.fame))]),
        _line(words, "taste.people", [one.name for one in report.people[:_NAMED]]),
        _line(words, "taste.films", films) or words.html("taste.no_likes"),
    )
    return [line for line in lines if line]


def _fame_key(fame: float) -> str:
    """Return how well known films are beside what people watch all in all: a third of it is less, a third is more."""
    return "taste.fame_low" if fame < 1 / 3 else "taste.fame_middle" if fame < 2 / 3 else "taste.fame_high"


def _line(words: Words, heading: str, names: Iterable[str]) -> Html:
    said = words.plain("genres.separator").join(clip(name, _NAME_UNITS) for name in names)
    return words.html("taste.line", heading=words.plain(heading), names=Html(Html.of(said))) if said else Html("")


def _genres(words: Words, genres: Sequence[Counted]) -> list[str]:
    return [genre_names(words, (one.name,)) for one in genres[:_NAMED]]


def _titles(words: Words, films: Sequence[Film]) -> list[str]:
    return [own_title(words, film.movie, film.facts) for film in films]


def _bars(words: Words, genres: Sequence[Counted]) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            genre_names(words, (one.name,)),
            one.score / _MOST_STARS,
            f"{words.number(one.mean, decimals=1)}★ · {one.films}",
        )
        for one in genres[:_BARS]
    )


def _lines(words: Words, films: Sequence[Film]) -> tuple[Line, ...]:
    return tuple(
        Line(
            label(replace(film.movie, title=own_title(words, film.movie, film.facts))),
            stars_text(film.stars) if film.stars else "",
        )
        for film in films
    )


def _ways_on(words: Words, *, dark: bool) -> Keyboard:
    share = Button(words.plain("taste.share"), encode(ShareTaste(dark)))
    my_year = Button(words.plain("taste.year"), encode(ShowYear(0, dark)))
    return ((_other_side(words, ShowTaste(not dark), dark=dark), share), (my_year,))


def _years(words: Words, report: YearReport, *, dark: bool) -> Keyboard:
    others = tuple(Button(f"📅 {year}", encode(ShowYear(year, dark))) for year in report.others)
    back = Button(words.plain("taste.mine"), encode(ShowTaste(dark)))
    rows: Keyboard = ((_other_side(words, ShowYear(report.year, not dark), dark=dark), back),)
    return (*rows, others) if others else rows


def _other_side(words: Words, action: ShowTaste | ShowYear, *, dark: bool) -> Button:
    return Button(words.plain("taste.light" if dark else "taste.dark"), encode(action))


def _rate(words: Words) -> Keyboard:
    return ((Button(words.plain("button.rate"), encode(Ask())),),)
