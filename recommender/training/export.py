"""A Keras model as ONNX bytes: what the bot's process runs without Keras."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np


def onnx_bytes(model: keras.Model) -> bytes:
    """Return the model as ONNX with dynamic batch and films; inputs and outputs keep their names.

    The same weights give the same bytes: the converter's names and order depend on the process, so both are made anew.
    """
    import onnx

    model({node.name: np.zeros([size or 1 for size in node.shape], dtype=node.dtype) for node in model.inputs})
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # tf2onnx still asks NumPy for aliases that it has renamed.
        warnings.simplefilter("ignore")
        path = Path(folder) / "ranker.onnx"
        model.export(path, format="onnx", verbose=False)
        network = onnx.load(path)
    _renumber(network.graph)
    return bytes(network.SerializeToString(deterministic=True))


def _renumber(graph: Any) -> None:
    """Order nodes depth first from the outputs and name everything by that order."""
    nodes, constants = _reached(graph)
    names = {value.name: value.name for value in [*graph.input, *graph.output]}
    names |= {constant.name: f"constant_{number}" for number, constant in enumerate(constants)}
    for number, node in enumerate(nodes):
        for place, target in enumerate(node.output):
            names.setdefault(target, f"value_{number}_{place}")
        node.name, node.doc_string = f"{node.op_type}_{number}", ""
        node.domain = node.domain or ""  # the converter says now and then that it is the usual one
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names[name] for name in node.output]
    for constant in constants:
        constant.name = names[constant.name]
    for kind in (graph.input, graph.output):
        _replace(kind, sorted(kind, key=lambda value: str(value.name)))
        for value in kind:
            _name_axes(value)
    _replace(graph.node, nodes)
    _replace(graph.initializer, constants)
    del graph.value_info[:]
    graph.name, graph.doc_string = "reelmate", ""


def _reached(graph: Any) -> tuple[list[Any], list[Any]]:
    """Return the nodes and constants that the outputs need, each after what it needs."""
    maker = {name: node for node in graph.node for name in node.output}
    constants = {constant.name: constant for constant in graph.initializer}
    nodes: dict[str, Any] = {}
    used: dict[str, Any] = {}

    def visit(name: str) -> None:
        if name in constants:
            used.setdefault(name, constants[name])
        node = maker.get(name)
        if node is not None and node.output[0] not in nodes:
            for source in node.input:
                visit(source)
            nodes[node.output[0]] = node

    for output in sorted(str(value.name) for value in graph.output):
        visit(output)
    return list(nodes.values()), list(used.values())


def _name_axes(value: Any) -> None:
    for axis, size in zip(("people", "films"), value.type.tensor_type.shape.dim, strict=False):
        if size.dim_param:
            size.dim_param = axis


def _replace(messages: Any, by: list[Any]) -> None:
    copies = [_copy(message) for message in by]
    del messages[:]
    messages.extend(copies)


def _copy(message: Any) -> Any:
    fresh = type(message)()
    fresh.CopyFrom(message)
    return fresh
