"""Bringing one's past along: a file is kept to be read, shown, imported or forgotten, and its import undone."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.callbacks import DropBatch, ImportBatch, ShowBatch, UndoBatch
from bot.histories import MAX_BYTES, Refusal
from bot.messages import past, toasts
from bot.messages.clipping import clip
from bot.messages.past import UNKNOWN_SIZE, Summary, UnknownFilm
from bot.messages.words import Words
from bot.outgoing import Outgoing
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage import APPLYING, BATCHES_KEPT, Batch, BatchFilm, BatchId, BatchState, Tx
from recommender.domain import MovieId

# Of one person; an album holds ten.
MOST_RECEIVED: Final = 10
# Read and not imported yet, of one person; the oldest is forgotten for the next.
MOST_READ: Final = 10
# What of a file can be looked at: before its import, and after.
_SHOWN: Final[tuple[BatchState, ...]] = ("read", "imported")
_LONGEST_NAME: Final = 120
_LONGEST_FILE_ID: Final = 200
_EXPORTS: Final = (".csv", ".tsv", ".json", ".zip")
_NO_EXPORT: Final = ("image/", "audio/", "video/")
# Of what is not sure, so many films that may be meant are named.
_MOST_PERHAPS: Final = 3


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as Telegram describes it; `size` in bytes, None where it does not tell."""

    file_id: str
    name: str
    mime_type: str
    size: int | None = None
    has_caption: bool = False


def may_be_export(sent: SentFile) -> bool:
    """Say whether a file is to be read: it has a name or a kind, and is no picture and no sound.

    One with a caption is meant by it, unless it is named as exports are.
    """
    if sent.name.casefold().endswith(_EXPORTS):
        return True
    kinds = [kind for kind in (sent.mime_type, mimetypes.guess_type(sent.name)[0]) if kind]
    is_media = any(kind.startswith(_NO_EXPORT) for kind in kinds)
    return bool(sent.name or kinds) and not is_media and not sent.has_caption


@in_visit
def explain(visit: Visit) -> Reply:
    """Say how to get the file from each site."""
    return Reply((past.how_to(visit.words),))


@in_visit
def receive(visit: Visit, sent: SentFile) -> Reply:
    """Keep a file to be fetched and read."""
    if sent.size is not None and sent.size > MAX_BYTES:
        return _refuse(visit, Refusal.TOO_BIG)
    if len(sent.file_id) > _LONGEST_FILE_ID:
        return _refuse(visit, Refusal.NOT_FETCHED)
    if visit.tx.batches.count(visit.id, "received") >= MOST_RECEIVED:
        return _refuse(visit, Refusal.TOO_MANY_WAITING)
    visit.tx.batches.receive(visit.id, sent.file_id, clip(sent.name, _LONGEST_NAME))
    return Reply()


@in_visit
def import_batch(visit: Visit, action: ImportBatch) -> Reply:
    """Begin to import what a file says; one at a time each."""
    batch = _mine(visit, action.batch)
    if batch is None:
        return _over(visit)
    if batch.state != "read":
        return Reply()  # the message says already how it goes
    if visit.tx.batches.count(visit.id, *APPLYING):
        return Reply(toast=past.one_at_a_time(visit.words))
    visit.tx.batches.change(batch.id, "importing", message_id=visit.edits, done=0, changed=0, kept=0)
    return Reply((past.going_on(visit.words, 0, batch.films, edits=visit.edits),))


@in_visit
def drop_batch(visit: Visit, action: DropBatch) -> Reply:
    """Forget a file that is not imported."""
    batch = _mine(visit, action.batch)
    if batch is None:
        return _over(visit)
    if batch.state != "read":
        return Reply()
    visit.tx.batches.drop(batch.id)
    return Reply((past.dropped(visit.words, edits=visit.edits),))


@in_visit
def undo_batch(visit: Visit, action: UndoBatch) -> Reply:
    """Begin to put back what stood before an import."""
    batch = _mine(visit, action.batch)
    if batch is None or (batch.state == "imported" and visit.tx.now - batch.acted_at > BATCHES_KEPT):
        return _over(visit)
    if batch.state != "imported":
        return Reply()
    if visit.tx.batches.count(visit.id, *APPLYING):
        return Reply(toast=past.one_at_a_time(visit.words))
    visit.tx.batches.change(batch.id, "undoing", message_id=visit.edits, done=0, kept=0)
    return Reply((past.undoing(visit.words, edits=visit.edits),))


def show_batch(service: Service, turn: Turn, action: ShowBatch) -> Reply:
    """Show what a file says in all, or a page of the films that were not found with what may be meant."""
    batch_id, offset = BatchId(action.batch), (action.page - 1) * UNKNOWN_SIZE
    if action.page == 0:
        return _show_summary(service, turn, action)
    films = service.store.read(lambda tx: tx.batch_films.unknown(batch_id, offset=offset, limit=UNKNOWN_SIZE))
    return _show_unknown(service, turn, action, [(film, _perhaps(service, film)) for film in films])


def summary_of(tx: Tx, batch: Batch, *, changed: bool = False) -> Summary:
    """Return what a file comes to; of an import, what it changed."""
    return Summary(
        batch=batch.id,
        site=batch.site,
        rows=batch.rows,
        matched=batch.matched,
        films=tx.batch_films.count_by_said(batch.id, changed=changed),
        fresh=batch.changed,
        kept=batch.kept,
        unknown=tx.batch_films.count_unknown(batch.id),
        twice=batch.twice,
        series=batch.series,
        unreadable=batch.unreadable,
    )


def imported(tx: Tx, words: Words, batch: Batch, *, edits: int | None) -> Outgoing:
    """Say what an import changed."""
    days = BATCHES_KEPT // timedelta(days=1)
    return past.imported(words, summary_of(tx, batch, changed=True), days=days, edits=edits)


@in_visit
def _show_summary(visit: Visit, action: ShowBatch) -> Reply:
    batch = _mine(visit, action.batch)
    if batch is None or batch.state not in _SHOWN:
        return _over(visit)
    if batch.state == "imported":
        return Reply((imported(visit.tx, visit.words, batch, edits=visit.edits),))
    return Reply((past.summary(visit.words, summary_of(visit.tx, batch), edits=visit.edits),))


@in_visit
def _show_unknown(visit: Visit, action: ShowBatch, films: list[tuple[BatchFilm, list[MovieId]]]) -> Reply:
    batch = _mine(visit, action.batch)
    if batch is None or batch.state not in _SHOWN or not films:
        return _over(visit)
    movies = visit.tx.movies.many(movie_id for _, perhaps in films for movie_id in perhaps)
    shown = [
        UnknownFilm(film.title, film.year, [movies[one] for one in perhaps if one in movies]) for film, perhaps in films
    ]
    total = visit.tx.batch_films.count_unknown(batch.id)
    return Reply((past.unknown_films(visit.words, batch.id, shown, action.page, total, edits=visit.edits),))


def _perhaps(service: Service, film: BatchFilm) -> list[MovieId]:
    """Return the films of that name, else the one whose name is nearest."""
    called = service.titles.called(film.title)
    if called or not film.title:
        return called[:_MOST_PERHAPS]
    asked = film.title if film.year is None else f"{film.title} {film.year}"
    return [match.movie_id for match in service.titles.search(asked, 1)]


def _mine(visit: Visit, number: int) -> Batch | None:
    batch = visit.tx.batches.get(BatchId(number))
    return batch if batch is not None and batch.person == visit.id else None


def _over(visit: Visit) -> Reply:
    return Reply((past.over(visit.words, edits=visit.edits),), toasts.expired(visit.words))


def _refuse(visit: Visit, refusal: Refusal) -> Reply:
    return Reply((_refused(visit, refusal),))


def _refused(visit: Visit, refusal: Refusal) -> Outgoing:
    return past.refused(visit.words, refusal.value)
