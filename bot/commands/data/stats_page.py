"""The operator's figures as a page: numbers and charts, without a script, for the loopback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Final

from bot.commands.data.charts import Bar, columns, interval, rows
from bot.service.experiment import Experiment, Side, Verdict
from bot.service.statistics import Share, Statistics

VERDICTS: Final[dict[Verdict, str]] = {
    "alone": "One bundle has served so far: there is nothing to compare.",
    "wait": "No verdict yet.",
    "better": "The newer bundle is better.",
    "worse": "The newer bundle is worse.",
    "even": "No difference is shown.",
}
VERDICTS_OF_CHALLENGE: Final[dict[Verdict, str]] = {
    **VERDICTS,
    "better": "The challenger is better.",
    "worse": "The challenger is worse.",
}
SIDE_BY_SIDE: Final = (
    "Both serve at the same time, each its own people, as a keyed hash says; lists since the beginning count. The "
    "verdict waits for {enough} people a side."
)
IN_TURN: Final = (
    "The bundles served in turn, so that films, people and the season differ, too. Each person counts for one of them, "
    "as a keyed hash says."
)
STEPS: Final = ("started", "answered the question", "chose genres", "saw a list", "rated a film", "rated five")
SLOTS: Final = {
    "top": "best fit",
    "wildcard": "wildcard",
    "nearest": "nearest to the wish",
    "alike": "like another film",
    "later": "from the watchlist",
    "again": "to see again",
    "followed": "somebody followed",
}
REASONS: Final = {"film": "because of a film", "genre": "because of a genre", "liked_with": "liked with a genre"}
STYLE: Final = """
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5d6b7c;--back:#f6f7f9;--card:#fff;--bar:#2f7dd1;--track:#e4e9ef}
@media(prefers-color-scheme:dark){
:root{--ink:#e6ebf2;--soft:#9aa8b8;--back:#12161c;--card:#1b2129;--bar:#5aa2ee;--track:#2a323d}}
body{margin:0;padding:24px;background:var(--back);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
main{max-width:1400px;margin:auto;display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr))}
header,section{background:var(--card);border-radius:12px;padding:16px 20px}
header{grid-column:1/-1}
h1,h2{margin:0 0 8px;font-size:20px}
h2{font-size:16px}
dl{display:flex;flex-wrap:wrap;gap:8px 32px;margin:8px 0 0}
dt,p,.soft{color:var(--soft);font-size:13px;margin:0}
dd{margin:0;font-size:22px;font-weight:600}
svg{width:100%;display:block}
text{fill:var(--ink);font-size:13px}
.bar{fill:var(--bar)}
.track{fill:var(--track)}
.axis{stroke:var(--soft)}
"""


def as_page(found: Statistics) -> str:
    """Return the page."""
    days = found.activity.days
    dates = [day.date.isoformat() for day in days]
    sections = (
        _head(found),
        _section("Ratings a day", columns([day.ratings for day in days], dates)),
        _section("Lists a day", columns([day.lists for day in days], dates)),
        _section("Onboarding", rows(_funnel(found)), "How many of all people came how far."),
        _experiment(found.experiment),
        _section("Liked, by place on the page", rows(_bars(found.by_place))),
        _section("Liked, by slot", rows(_bars(found.by_slot, SLOTS))),
        _section("Liked, by reason", rows(_bars(found.by_reason, REASONS | {"none": "no single reason"}))),
        _section("Liked, by bundle", rows(_bars(found.by_bundle))),
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
    return f"<!doctype html><html lang=en><title>Reelmate</title>{head}<main>{''.join(sections)}</main></html>"


def _head(found: Statistics) -> str:
    people, retrained = found.activity.people, found.last_retrain
    numbers: dict[str, int | str] = {
        "people": people.total,
        "new in 7 days": people.new,
        "active in 7 days": people.active,
        "films shown": found.total.shown,
        "watched after": found.watched,
        "liked after": found.total.liked,
        "last training": "none yet" if retrained is None else f"{retrained:%Y-%m-%d %H:%M}",
        "bundle": found.bundle or "none yet",
    }
    told = "".join(f"<div><dt>{name}</dt><dd>{escape(_said(value))}</dd></div>" for name, value in numbers.items())
    return f"<header><h1>Reelmate</h1><p>As of {found.at:%Y-%m-%d %H:%M} UTC</p><dl>{told}</dl></header>"


def _said(value: int | str) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _section(title: str, drawn: str, said: str = "") -> str:
    return f"<section><h2>{escape(title)}</h2>{drawn}{f'<p>{escape(said)}</p>' if said else ''}</section>"


def _funnel(found: Statistics) -> list[Bar]:
    counts = asdict(found.activity.funnel).values()
    most = max(1, found.activity.funnel.started)
    return [
        Bar(name, count / most, f"{count:,} · {count / most:.0%}") for name, count in zip(STEPS, counts, strict=True)
    ]


def _bars(shares: Sequence[Share], names: dict[str, str] | None = None) -> list[Bar]:
    """Return how many of the films shown were liked; the longest bar fills the room."""
    most = max((share.like_rate for share in shares), default=0.0) or 1.0
    return [
        Bar((names or {}).get(one.name, one.name), one.like_rate / most, f"{one.like_rate:.1%} of {one.shown:,}")
        for one in shares
    ]


def _experiment(found: Experiment) -> str:
    challenge = found.challenge
    said = [
        (VERDICTS_OF_CHALLENGE if challenge else VERDICTS)[found.verdict],
        *(_side(side) for side in (found.newer, found.older) if side),
    ]
    if found.verdict == "wait":
        said.append(f"{found.enough} people are needed for each.")
    drawn = "" if found.low is None or found.high is None else interval(found.low, found.high)
    told, shown = f"<p>{escape(' '.join(said))}</p>{drawn}", "newer minus older"
    if challenge is None:
        return _section(f"A/B: likes a list, {shown}", told, IN_TURN)
    shown = f"challenger minus champion, side by side since {challenge.began_at:%Y-%m-%d %H:%M} UTC"
    return _section(f"A/B: likes a list, {shown}", told, SIDE_BY_SIDE.format(enough=found.enough))


def _side(side: Side) -> str:
    likes = "-" if side.likes_per_list is None else f"{side.likes_per_list:.2f}"
    return f"{side.bundle}: {likes} likes a list by {side.people:,} people."
