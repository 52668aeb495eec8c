"""OnnxRecurrent: recurrent layers in ONNX: a loop whose body is one step, so that any activation goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.layers import GRU, LSTM, SimpleRNN
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.formats.onnx_activations import activated
from nnstudio.formats.onnx_graph import Names, OnnxGraph
from nnstudio.task import Shape

# Puts one step into a body: what the input brings and the states before in, the states behind out.
Step = Callable[[OnnxGraph, Any, Weights, str, Names], Names]
_TURN = (1, 0, 2)


def recurrent(graph: OnnxGraph, layer: Recurrent, weights: Weights, shape: Shape, x: str) -> str:
    """Return the last state (batch, units), or all of them (batch, steps, units)."""
    step, states = _STEPS[type(layer)]
    start = _zeros(graph, x, layer.units)
    brought = graph.add("MatMul", graph.add("Transpose", x, perm=_TURN), graph.constant(weights["kernel"]))
    if "bias" in weights:
        brought = graph.add("Add", brought, graph.constant(_input_bias(weights["bias"])))
    outputs = graph.add_many(
        "Scan",
        states + 1,
        *(start,) * states,
        brought,
        body=_body(graph.inner(), layer, weights, step, states),
        num_scan_inputs=1,
        scan_input_directions=[int(layer.go_backwards)],
    )
    return graph.add("Transpose", outputs[-1], perm=_TURN) if layer.return_sequences else outputs[0]


def _zeros(graph: OnnxGraph, x: str, units: int) -> str:
    samples = graph.add("Gather", graph.add("Shape", x), graph.whole(0))
    return graph.add("ConstantOfShape", graph.add("Concat", samples, graph.whole(units), axis=0))


def _input_bias(bias: Array) -> Array:
    return bias if bias.ndim == 1 else bias[0]


def _body(inner: OnnxGraph, layer: Recurrent, weights: Weights, step: Step, states: int) -> Any:
    from onnx import TensorProto, helper

    brought, *before = (inner.name(word) for word in ("brought", *("before",) * states))
    behind = step(inner, layer, weights, brought, before)
    seen = inner.add("Identity", behind[0])
    wide = {brought: weights["kernel"].shape[-1]}

    def declared(name: str) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, wide.get(name, layer.units)])

    return helper.make_graph(
        inner.nodes,
        inner.name("step"),
        [declared(name) for name in (*before, brought)],
        [declared(name) for name in (*behind, seen)],
        inner.constants,
    )


def _simple(graph: OnnxGraph, layer: SimpleRNN, weights: Weights, brought: str, before: Names) -> Names:
    state = graph.add("MatMul", before[0], graph.constant(weights["recurrent_kernel"]))
    return [_behind(graph, layer.activation, graph.add("Add", brought, state))]


def _behind(graph: OnnxGraph, activation: str, total: str) -> str:
    """Return what an activation makes; a linear one makes nothing, but outputs need a node of their own."""
    done = activated(graph, activation, total)
    return graph.add("Identity", done) if done == total else done


def _lstm(graph: OnnxGraph, layer: LSTM, weights: Weights, brought: str, before: Names) -> Names:
    state = graph.add("MatMul", before[0], graph.constant(weights["recurrent_kernel"]))
    i, f, g, o = _cut(graph, graph.add("Add", brought, state), 4, layer.units)
    i, f, o = (activated(graph, layer.recurrent_activation, gate) for gate in (i, f, o))
    new = graph.add("Mul", i, activated(graph, layer.activation, g))
    memory = graph.add("Add", graph.add("Mul", f, before[1]), new)
    return [graph.add("Mul", o, activated(graph, layer.activation, memory)), memory]


def _gru(graph: OnnxGraph, layer: GRU, weights: Weights, brought: str, before: Names) -> Names:
    h, kernel, split = before[0], weights["recurrent_kernel"], 2 * layer.units
    gates, new = _cut_at(graph, brought, split, layer.units)
    if layer.reset_after:
        state = graph.add("MatMul", h, graph.constant(kernel))
        if "bias" in weights:
            state = graph.add("Add", state, graph.constant(weights["bias"][1]))
        to_gates, to_new = _cut_at(graph, state, split, layer.units)
    else:
        to_gates = graph.add("MatMul", h, graph.constant(kernel[:, :split]))
    z, r = _cut(graph, graph.add("Add", gates, to_gates), 2, layer.units)
    z, r = (activated(graph, layer.recurrent_activation, gate) for gate in (z, r))
    if layer.reset_after:
        kept = graph.add("Mul", r, to_new)
    else:
        kept = graph.add("MatMul", graph.add("Mul", r, h), graph.constant(kernel[:, split:]))
    g = activated(graph, layer.activation, graph.add("Add", new, kept))
    rest = graph.add("Mul", graph.add("Sub", graph.constant(1), z), g)
    return [graph.add("Add", graph.add("Mul", z, h), rest)]


def _cut(graph: OnnxGraph, x: str, count: int, units: int) -> Names:
    return graph.add_many("Split", count, x, graph.whole(*(units,) * count), axis=-1)


def _cut_at(graph: OnnxGraph, x: str, first: int, second: int) -> Names:
    return graph.add_many("Split", 2, x, graph.whole(first, second), axis=-1)


_STEPS: dict[type, tuple[Step, int]] = {SimpleRNN: (_simple, 1), LSTM: (_lstm, 2), GRU: (_gru, 1)}
