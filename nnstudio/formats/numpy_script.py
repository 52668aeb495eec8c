"""NumpyScript: a program of one file that predicts with a network's weights, NumPy, and nothing else.

It is put together from the functions of `nnstudio.formats.plain`, those that the network needs and no more.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.fitted import Fitted
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Layer
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.network import Snapshot
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.column_json import columns_to_json, scaler_to_json
from nnstudio.formats.keras_config import with_file_names
from nnstudio.formats.numpy_calls import call_of
from nnstudio.formats.plain.sources import plain_names, with_all_they_call
from nnstudio.formats.script_words import indented, literal, one_line
from nnstudio.formats.values import Json

_HEAD = '''"""{title}: predicts with NumPy alone; needs its weights, {weights}, beside it.

Run it with samples as they came, not scaled: python {script} {example}
Or use it in a program of your own: from {module} import predict, prepare
"""

{imports}

'''
_TAIL = '''

def prepare(raw):
    """Return samples as the network takes them, scaled as it learnt them, {shape}."""
{prepare}


def predict(x, w):
    """Return the network's output for prepared samples ``x``; ``w`` are its weights by name."""
{predict}
    return x


def main():
    raw = {load}
    outputs = predict(prepare(raw), load_weights(str(Path(__file__).with_name({weights!r})), WEIGHTS))
    for number, output in enumerate(outputs):
        print(number, {told}, *np.round(output.ravel(), 4), sep="\\t")


if __name__ == "__main__":
    main()
'''


def numpy_script(model: TrainedModel, title: str, weights: str, script: str) -> str:
    """Return the program ``script`` that predicts with ``model``.

    Its weights lie in the file ``weights``, an .npz of `weights_by_name` or the exported .h5.
    """
    snapshot, fitted = model.snapshot, model.fitted or Fitted()
    layers = with_file_names(snapshot.design.layers)
    layout = lay_out(layers, snapshot.input_shape)
    lines = list(_lines(Design(layers), layout))
    constants = _constants(layout, layers, fitted, model.class_names)
    tail = _tail(lines, fitted, model, weights)
    functions = with_all_they_call(_plain_names_in(tail))
    head = _HEAD.format(
        title=one_line(title),
        weights=weights,
        script=script,
        example="new.csv" if fitted.columns else "samples.npy",
        module=script.removesuffix(".py"),
        imports=_imports(functions),
    )
    return f"{head}{constants}\n\n{functions}\n{tail}"


def weights_by_name(snapshot: Snapshot) -> dict[str, Array]:
    """Return the weights by "layer/weight", as the program wants them."""
    layers = with_file_names(snapshot.design.layers)
    views = lay_out(layers, snapshot.input_shape).views(snapshot.parameters)
    return {
        f"{layer.name}/{name}": array
        for layer, weights in zip(layers, views, strict=True)
        for name, array in weights.items()
    }


def _lines(design: Design, layout: Layout) -> Iterator[str]:
    for layer, specs, shape in zip(design.layers, layout.specs, layout.shapes, strict=False):
        names = {spec.name: f'w["{layer.name}/{spec.name}"]' for spec in specs}
        expression = call_of(layer, names, shape)
        if expression:
            yield f"x = {expression}"


def _constants(
    layout: Layout, layers: tuple[Layer, ...], fitted: Fitted, class_names: tuple[str, ...]
) -> str:
    names = {
        layer.name: [spec.name for spec in specs]
        for layer, specs in zip(layers, layout.specs, strict=True)
        if specs
    }
    scaler = scaler_to_json(fitted.scaler)
    values: Json = {"WEIGHTS": names, "CLASS_NAMES": list(class_names)}
    values |= {"OFFSET": scaler["offset"], "SPREAD": scaler["spread"]}
    if fitted.columns:
        values["COLUMNS"] = columns_to_json(fitted.columns)
    return "\n".join(f"{name} = {literal(value)}" for name, value in values.items() if value is not None)


def _tail(lines: list[str], fitted: Fitted, model: TrainedModel, weights: str) -> str:
    snapshot = model.snapshot
    shape = ", ".join(map(str, ("samples", *snapshot.input_shape)))
    return _TAIL.format(
        shape=f"({shape})",
        prepare=indented(_prepare_lines(fitted, snapshot)),
        predict=indented(lines or ["x = np.asarray(x)"]),
        load="load_rows(sys.argv[1])" if fitted.columns else 'load_arrays(sys.argv[1], "x_test")',
        weights=weights,
        told=_told(model),
    )


def _prepare_lines(fitted: Fitted, snapshot: Snapshot) -> Iterator[str]:
    if fitted.columns:
        yield "x = inputs_of(raw, COLUMNS)"
    else:
        yield "x = np.asarray(raw, np.float32)"
        yield f"x = x.reshape(-1, {', '.join(map(str, snapshot.input_shape))})"
    offset, spread = fitted.scaler.offset, fitted.scaler.spread
    if offset is not None:
        yield "x = x - np.array(OFFSET, np.float32)"
    if spread is not None:
        yield "x = x / np.array(SPREAD, np.float32)"
    yield "return x"


def _told(model: TrainedModel) -> str:
    """Return the expression that says of ``output`` what it means."""
    if not model.class_names:
        return '""'
    outputs = int(np.prod(model.snapshot.predictor().output_shape))
    return "CLASS_NAMES[int(output[0] > 0.5)]" if outputs == 1 else "CLASS_NAMES[int(output.argmax())]"


def _plain_names_in(text: str) -> set[str]:
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    return names & plain_names()


def _imports(functions: str) -> str:
    lines = ["import csv"] if "csv." in functions else []
    lines.append("import sys")
    lines += ["from math import erf"] if re.search(r"\berf\b", functions) else []
    return "\n".join((*lines, "from pathlib import Path", "", "import numpy as np"))
