"""KerasSnippet: the few lines with which an exported file predicts elsewhere, for people to copy."""

from __future__ import annotations

from nnstudio.data.fitted import Fitted
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.column_json import columns_to_json, scaler_to_json
from nnstudio.formats.plain.sources import with_all_they_call
from nnstudio.formats.script_words import literal

_IMPORTS = "import numpy as np\nfrom keras.models import load_model"
_ONNX_IMPORTS = "import numpy as np\nimport onnxruntime"


def keras_snippet(model: TrainedModel, file_name: str) -> str:
    """Return code that loads ``file_name`` in Keras and predicts raw samples as nnstudio does."""
    lines = [_IMPORTS, "", f"model = load_model({file_name!r}, compile=False)"]
    lines += [*_inputs(model), *_scaling(model), "outputs = model.predict(x)", *_meaning(model)]
    return "\n".join(lines) + "\n"


def onnx_snippet(model: TrainedModel, file_name: str, scales: bool) -> str:
    """Return code that runs ``file_name`` with onnxruntime; what ``scales`` by itself takes raw samples."""
    lines = [_ONNX_IMPORTS, "", f"session = onnxruntime.InferenceSession({file_name!r})"]
    lines += [*_inputs(model), *([] if scales else _scaling(model))]
    lines += ["outputs = session.run(None, {'input': x.astype('float32')})[0]", *_meaning(model)]
    return "\n".join(lines) + "\n"


def _inputs(model: TrainedModel) -> list[str]:
    """Return the lines that make ``x`` of raw samples."""
    fitted = model.fitted or Fitted()
    if fitted.columns:
        rows = [{column.name: _example(column.categories) for column in fitted.columns}]
        lines = ["", with_all_they_call(["inputs_of"]), ""]
        lines += [f"columns = {literal(columns_to_json(fitted.columns))}", f"rows = {literal(rows)}"]
        return [*lines, "x = inputs_of(rows, columns)"]
    shape = ", ".join(map(str, model.snapshot.input_shape))
    return [f"x = np.zeros((1, {shape}), 'float32')  # your raw samples instead of zeros"]


def _scaling(model: TrainedModel) -> list[str]:
    """Return the lines that scale ``x``."""
    scaler = scaler_to_json((model.fitted or Fitted()).scaler)
    signs = {"offset": "-", "spread": "/"}
    return [
        f"x = x {sign} np.array({literal(scaler[name])}, 'float32')"
        for name, sign in signs.items()
        if scaler[name] is not None
    ]


def _example(categories: tuple[str, ...]) -> str | float:
    return categories[0] if categories else 0.0


def _meaning(model: TrainedModel) -> list[str]:
    if not model.class_names:
        return ["print(outputs)"]
    names = f"class_names = {literal(list(model.class_names))}"
    if model.snapshot.predictor().output_shape == (1,):
        return [names, "print([class_names[int(output[0] > 0.5)] for output in outputs])"]
    return [names, "print([class_names[output.argmax()] for output in outputs])"]
