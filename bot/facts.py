"""What is known of a film besides its title, year and genres, whoever wrote it down. Values only."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """Facts of one film; what is not known is empty or None.

    Attributes:
        wikidata_id: its item at Wikidata, such as "Q47703".
        original_title: in its own script.
        zh_title: as mainland China knows it.
        other_titles: what people also type.
        directors, cast: by importance.
        countries: ISO 3166 codes.
        runtime_min: of the usual release.
        sitelinks: how many wikis have a page about it.
    """

    wikidata_id: str | None = None
    original_title: str = ""
    zh_title: str | None = None
    other_titles: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    runtime_min: int | None = None
    sitelinks: int | None = None

    def completed_by(self, other: FilmFacts) -> FilmFacts:
        """Return these facts, with the other's in place of those that are missing."""
        missing = [field.name for field in fields(self) if not getattr(self, field.name)]
        return replace(self, **{name: getattr(other, name) for name in missing})


NO_FACTS = FilmFacts()
