"""A file that was fetched: read, matched with the catalogue, stored, and shown before anything changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from bot.histories import History, HistoryError, Joined, Pace, Refusal, Wanted, join, read_history
from bot.messages import past
from bot.outgoing import Outgoing
from bot.service.past import MOST_READ, summary_of
from bot.service.past_applying import Verdict, judge
from bot.service.past_matching import find_movies
from bot.service.service import Service
from bot.storage import UNKNOWN_FROM, Batch, BatchFilm, Tx

# Films stored, or looked up, at a time: little enough that no tap waits for it.
SOME: Final = 400
# A file that ended the process so often is not read again.
MOST_ATTEMPTS: Final = 3


def begin(service: Service, batch: Batch) -> bool:
    """Count an attempt to read a file; False once it was tried too often, and its person is told."""
    if batch.attempts >= MOST_ATTEMPTS:
        refuse(service, batch, Refusal.FAILED)
        return False
    service.store.write(lambda tx: tx.batches.note(batch.id, attempts=batch.attempts + 1)).result()
    return True


def read(service: Service, batch: Batch, content: bytes, is_stopping: Callable[[], bool]) -> None:
    """Read a file and show what is in it, or say why it is not taken.

    Raises:
        StoppedError: the bot is about to end; the file is read after the next start.
    """
    pace = Pace(is_stopping=is_stopping)
    try:
        history = read_history(batch.file_name, content, pace)
        joined = join(history.entries, find_movies(service, history.entries, pace), pace)
    except HistoryError as error:
        refuse(service, batch, error.refusal)
    else:
        _store(service, batch, history, joined)


def refuse(service: Service, batch: Batch, refusal: Refusal) -> None:
    """Say why a file is not taken, and forget it."""

    def effect(tx: Tx) -> None:
        if tx.batches.get(batch.id) is not None:
            tx.batches.drop(batch.id)
            words = service.words_for(tx.people.get(batch.person))
            tx.outbox.add(batch.person, past.refused(words, refusal.value))

    service.store.write(effect).result()


def _store(service: Service, batch: Batch, history: History, joined: Joined) -> None:
    """Store the films in small transactions, and with the last of them say what is in the file."""
    known = [one for one in joined.wanted if one.movie_id is not None]
    unknown = [one for one in joined.wanted if one.movie_id is None]
    films = [*_films(known, 0), *_films(unknown, UNKNOWN_FROM)]
    service.store.write(lambda tx: tx.batch_films.clear(batch.id)).result()
    fresh = kept = 0
    for start in range(0, len(films), SOME):
        some = films[start : start + SOME]
        verdicts = service.store.write(partial(_store_some, batch=batch, films=some)).result()
        fresh, kept = fresh + verdicts.count("change"), kept + verdicts.count("keep")
    counts: dict[str, str | int] = {
        "site": " · ".join(history.sites)[:80],
        "rows": joined.rows,
        "matched": joined.matched,
        "twice": joined.twice,
        "series": history.series,
        "unreadable": history.unreadable,
        "films": len(known),
        "changed": fresh,
        "kept": kept,
    }
    service.store.write(lambda tx: _show(tx, service, batch, counts)).result()


def _films(wanted: Sequence[Wanted], first: int) -> list[BatchFilm]:
    return [
        BatchFilm(position, one.movie_id, one.title, one.year, one.says, one.half_stars, one.said_at)
        for position, one in enumerate(wanted, first)
    ]


def _store_some(tx: Tx, batch: Batch, films: Sequence[BatchFilm]) -> list[Verdict]:
    """Store some films; returns what importing each of the known ones would do."""
    if tx.batches.get(batch.id) is None:  # its person had everything erased
        return []
    tx.batch_films.add(batch.id, batch.person, films)
    known = {film.movie_id: film for film in films if film.movie_id is not None}
    standings = tx.standings.of(batch.person, list(known))
    return [judge(film, standings[movie_id]) for movie_id, film in known.items()]


def _show(tx: Tx, service: Service, batch: Batch, counts: Mapping[str, str | int]) -> None:
    if tx.batches.get(batch.id) is None:
        return
    tx.batches.change(batch.id, "read", file_id="", file_name="", **counts)
    tx.batches.drop_read(batch.person, but=MOST_READ)
    stored = tx.batches.get(batch.id)
    if stored is not None:
        tx.outbox.add(batch.person, _summary(tx, service, stored))


def _summary(tx: Tx, service: Service, batch: Batch) -> Outgoing:
    words = service.words_for(tx.people.get(batch.person))
    return past.summary(words, summary_of(tx, batch))
