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
    maker = {name: node for node in graph.node for name in node.output}
    constants = {constant.name: constant for constant in graph.initializer}
    names = {value.name: value.name for value in [*graph.input, *graph.output]}
    nodes: list[Any] = []
    used: list[Any] = []

    def visit(name: str) -> None:
        if name in constants and name not in names:
            names[name] = f"constant_{len(used)}"
            used.append(constants[name])
        node = maker.get(name)
        if node is None or any(node is other for other in nodes):
            return
        for source in node.input:
            visit(source)
        nodes.append(node)
        for place, target in enumerate(node.output):
            names.setdefault(target, f"value_{len(nodes)}_{place}")

    for output in sorted(graph.output, key=lambda value: value.name):
        visit(output.name)
    for number, node in enumerate(nodes):
        node.name, node.doc_string = f"{node.op_type}_{number}", ""
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    for constant in used:
        constant.name = names[constant.name]
    kept_nodes, kept_constants = [_copy(node) for node in nodes], [_copy(constant) for constant in used]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(kept_nodes)
    graph.initializer.extend(kept_constants)
    for kind in (graph.input, graph.output):
        ordered = sorted((_copy(value) for value in kind), key=lambda value: value.name)
        del kind[:]
        kind.extend(ordered)
        for value in kind:
            for place, size in enumerate(value.type.tensor_type.shape.dim):
                if size.dim_param:
                    size.dim_param = ("people", "films")[place]
    graph.name, graph.doc_string = "reelmate", ""


def _copy(message: Any) -> Any:
    fresh = type(message)()
    fresh.CopyFrom(message)
    return fresh
