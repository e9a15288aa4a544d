"""A history as a sequence: how long ago each film was met, the newest few, and a transformer's blocks."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

# Places begin as loud as films: attention finds order sooner than with .02 (Sun et al. 2019, section 4.3).
PLACES_SPREAD: Final = 0.2


@keras.saving.register_keras_serializable("reelmate")
class Recency(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Number a history from its end: 1 for the newest film, 0 for padding.  (B, H) -> (B, H)"""

    def call(self, met: keras.KerasTensor) -> keras.KerasTensor:
        length = ops.cast(ops.sum(met, axis=1, keepdims=True), "int32")  # (B, 1)
        return ops.maximum(length - ops.arange(met.shape[1], dtype="int32"), 0)


@keras.saving.register_keras_serializable("reelmate")
class Newest(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Cut a history to its newest films, padded in front so that the newest is last.

    Vectors (B, H, e), recency (B, H) -> (B, count, e); absent ones are nought.
    """

    def __init__(self, count: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.count = count

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        vectors, recency = inputs
        places = ops.expand_dims(ops.arange(self.count, 0, -1, dtype="int32"), 1)  # (count, 1)
        picks = ops.cast(ops.equal(ops.expand_dims(recency, 1), places), vectors.dtype)  # (B, count, H)
        return ops.einsum("bth,bhe->bte", picks, vectors)

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "count": self.count}


def rated_vectors(films: keras.KerasTensor, stars: keras.KerasTensor) -> keras.KerasTensor:
    """Return each film met with what was thought of it.  (B, H, d), (B, H) -> (B, H, d)

    Films are made as loud as the rest, by the root of their size (Vaswani et al. 2017, section 3.4).
    """
    size = films.shape[-1]
    return films * size**0.5 + layers.Dense(size, use_bias=False, name="stars_given")(ops.expand_dims(stars, 2))


def embed_places(recency: keras.KerasTensor, longest: int, size: int) -> keras.KerasTensor:
    """Return a vector for how many films ago each was met.  (B, T) -> (B, T, size)"""
    loud = keras.initializers.RandomNormal(stddev=PLACES_SPREAD)
    return layers.Embedding(longest + 1, size, embeddings_initializer=loud, name="places")(recency)


def attend(
    sequence: keras.KerasTensor, met: keras.KerasTensor, *, blocks: int, dropout: float, causal: bool
) -> keras.KerasTensor:
    """Run a transformer's blocks, each film seeing those before it or, unless causal, all.  (B, T, d) -> (B, T, d)

    Self-attention and a feed-forward layer, with a residual and a normalisation each (Vaswani et al. 2017, section 3).
    """
    size = sequence.shape[-1]
    visible = ops.expand_dims(ops.cast(met, "bool"), 1)  # (B, 1, T)
    for block in range(blocks):
        attention = layers.MultiHeadAttention(1, size, dropout=dropout, name=f"attention_{block}")
        normal = layers.LayerNormalization(epsilon=1e-6, name=f"before_attention_{block}")(sequence)
        seen = attention(normal, normal, attention_mask=visible, use_causal_mask=causal)
        sequence = sequence + layers.Dropout(dropout)(seen)
        normal = layers.LayerNormalization(epsilon=1e-6, name=f"before_dense_{block}")(sequence)
        hidden = layers.Dense(2 * size, activation="relu", name=f"dense_{block}_inner")(normal)
        sequence = sequence + layers.Dropout(dropout)(layers.Dense(size, name=f"dense_{block}_outer")(hidden))
    return layers.LayerNormalization(epsilon=1e-6, name="attended")(sequence)


def score_two_ways(films: keras.KerasTensor, person: keras.KerasTensor) -> keras.KerasTensor:
    """Return products of each film with the person and what they like.  (B, C, d), (B, d) -> (B, C, 2)"""
    likes = layers.Dense(person.shape[-1], use_bias=False, name="likes")(person)
    return ops.einsum("bcd,bod->bco", films, ops.stack([person, likes], axis=1))
