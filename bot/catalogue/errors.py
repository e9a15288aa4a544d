"""Everything the catalogue can raise on purpose.

CatalogueError
├── SourceError       a file to import that is missing, damaged or not what it claims to be
├── CorpusFolderError a stored corpus that is missing, damaged or foreign
├── KnownPeopleError  ratings of people who are stored already under another name
├── DownloadError     a release that could not be fetched whole
└── WikidataError     an endpoint that gives no answer, or none that can be used
"""

from __future__ import annotations


class CatalogueError(Exception):
    """Root of the catalogue's errors; its text is one sentence that says what to do."""


class SourceError(CatalogueError):
    """A file to import cannot be read; names the file, the line where there is one, and the reason."""

    def __init__(self, reason: str, *, file: str = "", line: int | None = None) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {reason}" if place else reason)
        self.reason = reason
        self.file = file
        self.line = line


class CorpusFolderError(CatalogueError):
    """A folder under `corpora` cannot be used."""


class KnownPeopleError(CatalogueError):
    """The people of a release are stored already, as another corpus."""


class DownloadError(CatalogueError):
    """A release could not be downloaded, or what came differs from its checksum."""


class WikidataError(CatalogueError):
    """Wikidata's endpoint cannot be asked, or what it answers is of no use."""
