"""AFM: a factorisation machine that attends to the pairs that matter (Xiao et al. 2017, "Attentional FMs", 3)."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import FIELDS, project_fields, stack_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

PAIRS: Final = tuple(combinations(range(FIELDS), 2))
# Every pair of fields of every film is attended to, so the attention network is small.
ATTENTION: Final = 8

SPACE: Final[Space] = {**SHARED, **EMBEDDED, "dropout": MLP["dropout"]}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    stacked = stack_fields(project_fields(embedded, config.film_size // 2))  # (B, C, n, d)
    products = ops.take(stacked, [a for a, _ in PAIRS], axis=2) * ops.take(stacked, [b for _, b in PAIRS], axis=2)
    seen = layers.Dense(ATTENTION, activation="relu", name="attention")(products)  # (B, C, pairs, ATTENTION)
    weights = layers.Softmax(axis=2)(layers.Dense(1, use_bias=False, name="attention_weight")(seen))  # (B, C, pairs, 1)
    # Paid out of one: the sum is scaled by the number of pairs, so that even attention is a factorisation machine.
    pooled = ops.sum(products * weights, axis=2) * len(PAIRS)  # (B, C, d)
    dropped = layers.Dropout(config.dropout)(pooled)
    second_order = layers.Dense(2, use_bias=False, kernel_initializer="zeros", name="second_order")(dropped)
    return name_heads(inputs, first_order + second_order, f"afm_{config.seed}")
