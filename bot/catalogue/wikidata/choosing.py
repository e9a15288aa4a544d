"""Which item of Wikidata is which film of ours: by ids where title or year agree, else by title, year and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.catalogue.known_movies import KnownMovie
from bot.catalogue.titles import fold, normalise_title
from bot.catalogue.wikidata.items import Item
from bot.facts import FilmFacts


@dataclass(frozen=True, slots=True)
class Choice:
    """The item that is the film; None where there is none, or where several may be it."""

    item: Item | None
    is_ambiguous: bool = False


def choose_by_id(known: KnownMovie, facts: FilmFacts, items: Sequence[Item]) -> Choice:
    """Choose among the items that bear an id of the film.

    Args:
        facts: what is known of the film already.
    """
    return _best(known, facts, [item for item in items if _same_title(known, facts, item) or _near(known, item)])


def choose_by_title(known: KnownMovie, facts: FilmFacts, items: Sequence[Item]) -> Choice:
    """Choose among the items that have its title, give or take a year."""
    fitting = [
        item
        for item in items
        if _same_title(known, facts, item)
        and _near(known, item)
        and _people_agree(facts, item)
        and _ids_agree(known, item)
    ]
    return _best(known, facts, fitting)


def _best(known: KnownMovie, facts: FilmFacts, items: Sequence[Item]) -> Choice:
    """Return the one that agrees in most; none where two agree equally."""
    if not items:
        return Choice(None)

    def agreement(item: Item) -> tuple[bool, bool, bool]:
        shared = bool(_folded(facts.directors) & _folded(item.facts.directors))
        return _same_title(known, facts, item), shared, item.year == known.movie.year

    ranked = sorted(items, key=agreement, reverse=True)
    if len(ranked) > 1 and agreement(ranked[0]) == agreement(ranked[1]):
        return Choice(None, is_ambiguous=True)
    return Choice(ranked[0])


def _same_title(known: KnownMovie, facts: FilmFacts, item: Item) -> bool:
    ours = _titles((known.movie.title, facts.original_title, facts.zh_title or "", *facts.other_titles))
    return bool(ours & _titles((*item.names, item.facts.zh_title or "", *item.facts.other_titles)))


def _titles(titles: Iterable[str]) -> set[str]:
    return {normalise_title(title) for title in titles if title} - {""}


def _near(known: KnownMovie, item: Item) -> bool:
    """Tell that the years are the same, give or take one."""
    ours, theirs = known.movie.year, item.year
    return ours is not None and theirs is not None and abs(ours - theirs) <= 1


def _people_agree(facts: FilmFacts, item: Item) -> bool:
    """Tell that no director says these are two films."""
    ours, theirs = _folded(facts.directors), _folded(item.facts.directors)
    return not (ours and theirs) or bool(ours & theirs)


def _ids_agree(known: KnownMovie, item: Item) -> bool:
    return not (known.imdb_id and item.imdb_ids) or known.imdb_id in item.imdb_ids


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}
