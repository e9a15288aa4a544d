"""`reelmate corpora`: what has been imported to learn from, and the way to be rid of it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

import numpy as np

from bot.catalogue.corpora import corpus_folder, list_corpora, load_corpus, read_card, remove_corpus
from bot.catalogue.popularity import films_of, settle_popularity
from bot.commands.data.database import open_store
from bot.commands.data.imports import StoredCatalogue
from bot.commands.invocation import Invocation
from bot.commands.output import print_json, print_table, say
from bot.storage.engine import sqlite_file

_MOST_RATED: Final = 5


def list_stored(invocation: Invocation, *, as_json: bool) -> None:
    """Print every stored corpus, by name.

    Raises:
        CorpusFolderError: a card is damaged.
    """
    cards = list_corpora(invocation.settings().data_dir)
    if as_json:
        print_json({"corpora": [asdict(card) for card in cards]})
    elif cards:
        rows = [[card.name, *_counts(card.movie_count, card.user_count, card.rating_count)] for card in cards]
        print_table(("corpus", "films", "people", "ratings"), rows)
    else:
        say("There is no corpus yet: `reelmate import movielens ml-latest-small` fetches one.")


def show_stored(invocation: Invocation, name: str, *, as_json: bool) -> None:
    """Print what a corpus holds, from when, and what it may be used for.

    Raises:
        CorpusFolderError: there is none of this name, or it is damaged.
    """
    folder = corpus_folder(invocation.settings().data_dir, name)
    card, corpus = read_card(folder), load_corpus(folder)
    ratings = np.bincount(corpus.movie_rows, minlength=len(corpus.movies))  # (movies,)
    most = [corpus.movies[row].label for row in np.argsort(-ratings, kind="stable")[:_MOST_RATED]]
    days = [
        datetime.fromtimestamp(int(time), UTC).date().isoformat() for time in (corpus.times.min(), corpus.times.max())
    ]
    if as_json:
        print_json({"corpus": asdict(card), "first_day": days[0], "last_day": days[1], "most_rated": most})
        return
    say(card.licence)
    counts = _counts(card.movie_count, card.user_count, card.rating_count)
    say(f"{name}: {counts[0]} films, {counts[2]} ratings of {counts[1]} {'simulated ' * card.simulated}people.")
    say(f"Rated from {days[0]} to {days[1]}, {corpus.stars.mean():.2f} stars in the mean.")
    say(f"Most rated: {', '.join(most)}.")


def remove_stored(invocation: Invocation, name: str) -> None:
    """Remove a corpus, and what it alone says of how well known films are.

    Raises:
        CorpusFolderError: there is none of this name.
        StorageError: the database cannot be opened; nothing is removed then.
    """
    settings = invocation.settings()
    file, films = sqlite_file(settings.database_url), films_of(settings.data_dir, name)
    is_in_catalogue = bool(films) and (file is None or file.exists())
    with open_store(settings) if is_in_catalogue else nullcontext() as store:
        remove_corpus(settings.data_dir, name)
        if store is not None:
            settle_popularity(settings.data_dir, StoredCatalogue(store), films)
    say(f"{name} is removed; its films stay in the catalogue, as well known as other sources say.")
    say("Run `reelmate retrain` for a model that has not learned from it.")


def _counts(*numbers: int) -> list[str]:
    return [f"{number:,}" for number in numbers]
