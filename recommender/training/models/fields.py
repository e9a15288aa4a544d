"""Fields of a ranker: what is known of a film and a person as vectors of one size, and all of it side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import keras
import keras_rs
from keras import layers, ops

from recommender.training.models.shared import Embedded

# Of the film: ids, genres, pair features. Of the person: those of Embedded.fields.
FILM_FIELDS: Final = 3
FIELDS: Final = FILM_FIELDS + 5


def project_fields(embedded: Embedded, size: int, initializer: str = "glorot_uniform") -> list[keras.KerasTensor]:
    """Return all fields in one size, films' first.  3 of (B, C, size), 5 of (B, size)"""
    known = (embedded.film_ids, embedded.film_genres, embedded.pairs, *embedded.fields)
    return [layers.Dense(size, use_bias=False, kernel_initializer=initializer)(field) for field in known]


def stack_fields(fields: Sequence[keras.KerasTensor]) -> keras.KerasTensor:
    """Stack projected fields, the person's beside each film's.  -> (B, C, n, size)"""
    films = ops.stack(fields[:FILM_FIELDS], axis=2)  # (B, C, 3, size)
    person = ops.expand_dims(ops.stack(fields[FILM_FIELDS:], axis=1), 1)  # (B, 1, n - 3, size)
    return ops.concatenate([films, person + ops.zeros_like(films[:, :, :1])], axis=2)


def pool_pairs(stacked: keras.KerasTensor) -> keras.KerasTensor:
    """Sum the products of all pairs of fields, element by element.  (B, C, n, d) -> (B, C, d)

    Linear in the number of fields: Rendle 2010, "Factorization Machines", lemma 3.1.
    """
    return (ops.square(ops.sum(stacked, axis=2)) - ops.sum(ops.square(stacked), axis=2)) / 2


def side_by_side(embedded: Embedded) -> keras.KerasTensor:
    """Return all that is known of film and person as one vector a film: the stacking layer.  (B, C, D)"""
    person = ops.expand_dims(embedded.person, 1) + ops.zeros_like(embedded.film[..., :1])  # (B, C, ...)
    return layers.Concatenate(name="stacking")([embedded.film, embedded.pairs, person])


@keras.saving.register_keras_serializable("reelmate")
class FieldDots(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Multiply every two fields: keras-rs' DotInteraction, which knows no films axis, for all films at once.

    Films' fields first: n of (B, C, d) or (B, d) -> (B, C, n (n - 1) / 2)
    """

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.dots = keras_rs.layers.DotInteraction()

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.dots.build([(None, shapes[0][-1]) for _ in shapes])

    def call(self, fields: list[keras.KerasTensor]) -> keras.KerasTensor:
        people, films, size = ops.shape(fields[0])
        each = [field if len(field.shape) == 3 else ops.expand_dims(field, 1) for field in fields]
        flat = [ops.reshape(ops.broadcast_to(field, (people, films, size)), (-1, size)) for field in each]
        return ops.reshape(self.dots(flat), (people, films, len(fields) * (len(fields) - 1) // 2))

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return (*shapes[0][:2], len(shapes) * (len(shapes) - 1) // 2)
