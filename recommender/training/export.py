"""A Keras model as ONNX bytes: what the bot's process runs without Keras."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final

import keras

# Of the converter's passes, in its order, those that find something in a network of ours; each looks at all of it
# again and again, so that they are a third of an export.
PASSES: Final = (
    "optimize_transpose",
    "fold_constants",
    "merge_duplication",
    "reshape_optimizer",
    "global_pool_optimizer",
    "remove_identity",
    "remove_back_to_back",
    "einsum_optimizer",
)


def onnx_bytes(model: keras.Model) -> bytes:
    """Return the model as ONNX with dynamic batch and films; inputs and outputs keep their names.

    The same weights give the same bytes: the converter's names and order depend on the process, so both are made anew.
    """
    with warnings.catch_warnings():
        # tf2onnx still asks NumPy for aliases that it has renamed.
        warnings.simplefilter("ignore")
        network = _convert(model)
    _renumber(network.graph)
    return bytes(network.SerializeToString(deterministic=True))


def _convert(model: keras.Model) -> Any:
    """Do what Keras' own export does, in three fifths of its time: it traces once, and runs no pass in vain.

    For that it uses parts of Keras and tf2onnx that are not public; what they do may change with another version.
    """
    import tensorflow as tf
    from keras.src.export.tf2onnx_lib import patch_tf2onnx
    from tf2onnx import optimizer, tf_loader
    from tf2onnx.tfonnx import process_tf_graph

    patch_tf2onnx()  # for NumPy 2
    specs = {node.name: tf.TensorSpec(node.shape, node.dtype, node.name) for node in model.inputs}
    function = tf.function(lambda feeds: model(feeds, training=False), autograph=False).get_concrete_function(specs)
    inputs = {tensor.name: tensor.op.name for tensor in function.inputs if tensor.dtype != tf.resource}
    outputs = {tensor.name: name for name, tensor in function.structured_outputs.items()}
    with tf.device("/cpu:0"):
        frozen = tf_loader.from_function(function, list(inputs), list(outputs))
        with tf.Graph().as_default() as graph:
            tf.import_graph_def(frozen, name="")
            converted = process_tf_graph(
                graph, input_names=list(inputs), output_names=list(outputs), tensors_to_rename=inputs | outputs
            )
    known = optimizer._get_optimizers()
    return _simplify(converted, [known[name] for name in PASSES]).make_model("reelmate")


def _simplify(graph: Any, passes: Sequence[Callable[[], Any]]) -> Any:
    """Run the passes over a graph of the converter's, over and over, until none finds anything.

    The converter's own loop tidies the graph up after every pass, which takes longer than most passes do.
    """
    iteration, fruitful = 0, list(passes)
    while fruitful:
        fruitful = [one for one in passes if _run(one(), graph, iteration)]
        iteration += 1
    graph.topological_sort(graph.get_nodes())
    return graph


def _run(one: Any, graph: Any, iteration: int) -> bool:
    """Run a pass; return whether it found anything."""
    one.opt_iteration = iteration
    one._optimize(graph)
    if one.graph_been_opt:
        graph.update_proto()
        graph.delete_unused_nodes(graph.outputs)
    return bool(one.graph_been_opt)


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
