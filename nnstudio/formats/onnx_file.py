"""OnnxFile: a network as an .onnx file, for programs that know neither Keras nor nnstudio.

Needs the optional packages onnx, to write it, and onnxruntime, to compare it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from nnstudio import __version__
from nnstudio.data.arrays import Array
from nnstudio.data.scaler import PLAIN, Scaler
from nnstudio.engine.layout import lay_out
from nnstudio.errors import FileError
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.onnx_graph import OnnxGraph
from nnstudio.formats.onnx_layers import put_layer

INPUT, OUTPUT = "input", "output"
HOW_TO_GET = 'pip install "nnstudio[onnx]"'
MISSING = f"ONNX files need a package that is not installed. Install it and start nnstudio anew: {HOW_TO_GET}"
NOT_COMPARED = f"It was not compared with the network: that needs onnxruntime. Install it: {HOW_TO_GET}"
_OPSET, _IR_VERSION = 17, 8  # of 2022: what reads them is everywhere by now
_BATCH = "batch"


def can_write_onnx() -> bool:
    """Return whether the package that writes these files is installed."""
    return find_spec("onnx") is not None


def scaler_inside(model: TrainedModel, scaling: bool) -> Scaler:
    """Return the scaling that becomes part of the network."""
    return model.fitted.scaler if scaling and model.fitted is not None else PLAIN


def onnx_bytes(model: TrainedModel, scaler: Scaler) -> bytes:
    """Return the whole file: (batch, *shape) float32 in, scaled by ``scaler``; the network's output out.

    Raises:
        FileError: the package that writes it is not installed.
    """
    if not can_write_onnx():
        raise FileError(MISSING)
    from onnx import TensorProto, checker, helper

    snapshot, graph = model.snapshot, OnnxGraph()
    layout = lay_out(snapshot.design.layers, snapshot.input_shape)
    x = _scaled(graph, scaler)
    parts = zip(snapshot.design.layers, layout.views(snapshot.parameters), layout.shapes, strict=False)
    for layer, weights, shape in parts:
        x = put_layer(graph, layer, weights, shape, x)
    graph.nodes.append(helper.make_node("Identity", [x], [OUTPUT], OUTPUT))
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [_BATCH, *shape])
        for name, shape in ((INPUT, snapshot.input_shape), (OUTPUT, layout.shapes[-1]))
    ]
    whole = helper.make_model(
        helper.make_graph(graph.nodes, "network", ends[:1], ends[1:], graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
        producer_name="nnstudio",
        producer_version=__version__,
    )
    helper.set_model_props(whole, {"class_names": json.dumps(model.class_names)})
    checker.check_model(whole)
    content: bytes = whole.SerializeToString()
    return content


def onnx_predictor(content: bytes) -> Callable[[Array], Array] | None:
    """Return what predicts with a file; None where onnxruntime is not installed."""
    if find_spec("onnxruntime") is None:
        return None
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def predict(x: Array) -> Array:
        outputs: Array = session.run(None, {INPUT: np.ascontiguousarray(x, np.float32)})[0]
        return outputs

    return predict


def _scaled(graph: OnnxGraph, scaler: Scaler) -> str:
    x = INPUT
    if scaler.offset is not None:
        x = graph.add("Sub", x, graph.constant(scaler.offset))
    return x if scaler.spread is None else graph.add("Div", x, graph.constant(scaler.spread))
