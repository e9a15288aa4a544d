"""An import as it goes, and its undo: some films at a time, each time one transaction that a restart goes on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from bot.messages import past
from bot.messages.words import Words
from bot.service.past import imported
from bot.service.service import Service
from bot.storage import Batch, BatchFilm, Before, MarkKind, NewRating, Standing, Tx
from recommender.domain import MovieId

# Films changed at a time: little enough that no tap waits for it.
SOME: Final = 100
# How often its message says how far an import is.
_TOLD: Final = 10
# What importing a film does: something, nothing since it is so already, or nothing since something newer is known.
Verdict = Literal["change", "same", "keep"]
_MARKS: Final[Mapping[str, MarkKind]] = {"seen": "seen", "later": "later", "never": "never"}


def judge(film: BatchFilm, standing: Standing) -> Verdict:
    """Say what importing a film does, by what stands of it: of two ratings the newer holds."""
    before = standing.before
    if film.said == "rated":
        if not before.half_stars:
            return "change"
        if before.half_stars == film.half_stars:
            return "same"
        is_newer = film.said_at is not None and before.rated_at is not None and film.said_at > before.rated_at
        return "change" if is_newer else "keep"
    if before.half_stars or standing.bears(_MARKS[film.said], "never"):
        return "same"
    return "same" if film.said == "later" and standing.bears("seen") else "change"


def go_on(service: Service, batch: Batch) -> bool:
    """Import, or take back, some more films; says whether there are more."""
    step = _import_some if batch.state == "importing" else _undo_some
    return service.store.write(lambda tx: step(tx, service, batch)).result()


def _import_some(tx: Tx, service: Service, found: Batch) -> bool:
    batch = tx.batches.get(found.id)
    if batch is None or batch.state != "importing":
        return False
    films = tx.batch_films.known(batch.id, first=batch.done, limit=SOME)
    verdicts = _import_films(tx, batch, films)
    done = batch.done + len(films)
    counts = {
        "done": done,
        "changed": batch.changed + verdicts.count("change"),
        "kept": batch.kept + verdicts.count("keep"),
    }
    words = service.words_for(tx.people.get(batch.person))
    if films and done < batch.films:
        tx.batches.note(batch.id, **counts)
        _tell_progress(tx, words, batch, done)
        return True
    tx.batches.change(batch.id, "imported", **counts)
    ended = tx.batches.get(batch.id) or batch
    tx.outbox.add(batch.person, imported(tx, words, ended, edits=batch.message_id))
    return False


def _tell_progress(tx: Tx, words: Words, batch: Batch, done: int) -> None:
    """Edit the message now and then; one too old to be edited waits for the end."""
    if batch.message_id is not None and done * _TOLD // batch.films > batch.done * _TOLD // batch.films:
        tx.outbox.add(batch.person, past.going_on(words, done, batch.films, edits=batch.message_id))


def _import_films(tx: Tx, batch: Batch, films: Sequence[BatchFilm]) -> list[Verdict]:
    known = {film.movie_id: film for film in films if film.movie_id is not None}
    known = {movie_id: known[movie_id] for movie_id in tx.movies.many(known)}  # some may have left the catalogue
    standings = tx.standings.of(batch.person, list(known))
    verdicts = {movie_id: judge(film, standings[movie_id]) for movie_id, film in known.items()}
    changing = {movie_id: film for movie_id, film in known.items() if verdicts[movie_id] == "change"}
    rated = {movie_id: film for movie_id, film in changing.items() if film.said == "rated"}
    tx.standings.rate(
        batch.person, [_rating(tx.now, film, standings[movie_id].before) for movie_id, film in rated.items()]
    )
    watched = [movie_id for movie_id in rated if standings[movie_id].bears("later")]
    tx.standings.unmark(batch.person, [(movie_id, "later") for movie_id in watched])
    marks = [(movie_id, _MARKS[film.said], tx.now) for movie_id, film in changing.items() if film.said != "rated"]
    tx.standings.mark(batch.person, marks)
    changes = [(film.position, standings[movie_id].before) for movie_id, film in changing.items()]
    tx.batch_films.note_changes(batch.id, changes)
    return list(verdicts.values())


def _rating(now: datetime, film: BatchFilm, before: Before) -> NewRating:
    assert film.movie_id is not None, "only films of the catalogue are imported"
    # Nobody rates in the future: such a date is a mistake that would come before all others for ever.
    return NewRating(film.movie_id, film.half_stars, min(film.said_at or now, now), before.update_id or 0)


def _undo_some(tx: Tx, service: Service, found: Batch) -> bool:
    batch = tx.batches.get(found.id)
    if batch is None or batch.state != "undoing":
        return False
    films = tx.batch_films.known(batch.id, first=batch.done, limit=SOME)
    left = batch.kept + _undo_films(tx, batch, [film for film in films if film.changed_at is not None])
    if films and batch.done + len(films) < batch.films:
        tx.batches.note(batch.id, done=batch.done + len(films), kept=left)
        return True
    tx.batches.change(batch.id, "undone", kept=left)
    tx.batch_films.clear(batch.id)
    words = service.words_for(tx.people.get(batch.person))
    tx.outbox.add(batch.person, past.undone(words, left, edits=batch.message_id))
    return False


def _undo_films(tx: Tx, batch: Batch, films: Sequence[BatchFilm]) -> int:
    """Put back what stood before; what the person changed since stays, and is counted."""
    standings = tx.standings.of(batch.person, [film.movie_id for film in films if film.movie_id is not None])
    rated: list[tuple[MovieId, Before]] = []
    marked: list[tuple[MovieId, MarkKind]] = []
    for film in films:
        if film.movie_id is None or not _is_untouched(film, standings[film.movie_id]):
            continue
        if film.said == "rated":
            rated.append((film.movie_id, film.before or Before()))
        else:
            marked.append((film.movie_id, _MARKS[film.said]))
    tx.standings.unmark(batch.person, marked)
    tx.standings.unrate(batch.person, [movie_id for movie_id, _ in rated])
    again = [_rating_before(movie_id, before) for movie_id, before in rated]
    tx.standings.rate(batch.person, [rating for rating in again if rating is not None])
    later = [(movie_id, before.later_at) for movie_id, before in rated]
    tx.standings.mark(batch.person, [(movie_id, "later", moment) for movie_id, moment in later if moment is not None])
    return len(films) - len(rated) - len(marked)


def _is_untouched(film: BatchFilm, standing: Standing) -> bool:
    """Say whether what the import wrote still stands as it wrote it."""
    if film.said == "rated":
        return standing.before.stored_at == film.changed_at and standing.before.source == "import"
    return (standing.marks or {}).get(_MARKS[film.said]) == film.changed_at


def _rating_before(movie_id: MovieId, before: Before) -> NewRating | None:
    """Return the rating that stood before, to the letter; None where there was none."""
    if before.half_stars is None or before.rated_at is None or before.source is None:
        return None
    return NewRating(
        movie_id, before.half_stars, before.rated_at, before.update_id or 0, before.source, before.stored_at
    )
