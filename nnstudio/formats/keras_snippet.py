"""KerasSnippet: the few lines with which an exported file predicts elsewhere, for people to copy."""

from __future__ import annotations

from nnstudio.data.fitted import Fitted
from nnstudio.experiments.trained import TrainedModel
from nnstudio.formats.column_json import columns_to_json, scaler_to_json
from nnstudio.formats.plain.sources import with_all_they_call
from nnstudio.formats.script_words import literal

_IMPORTS = "import numpy as np\nfrom keras.models import load_model"


def keras_snippet(model: TrainedModel, file_name: str) -> str:
    """Return code that loads ``file_name`` in Keras and predicts raw samples as nnstudio does."""
    fitted = model.fitted or Fitted()
    scaler = scaler_to_json(fitted.scaler)
    lines = [_IMPORTS, "", f"model = load_model({file_name!r}, compile=False)"]
    if fitted.columns:
        rows = [{column.name: _example(column.categories) for column in fitted.columns}]
        lines += ["", with_all_they_call(["inputs_of"]), ""]
        lines += [f"columns = {literal(columns_to_json(fitted.columns))}", f"rows = {literal(rows)}"]
        lines.append("x = inputs_of(rows, columns)")
    else:
        shape = ", ".join(map(str, model.snapshot.input_shape))
        lines.append(f"x = np.zeros((1, {shape}), 'float32')  # your raw samples instead of zeros")
    if scaler["offset"] is not None:
        lines.append(f"x = x - np.array({literal(scaler['offset'])}, 'float32')")
    if scaler["spread"] is not None:
        lines.append(f"x = x / np.array({literal(scaler['spread'])}, 'float32')")
    lines += ["outputs = model.predict(x)", *_meaning(model)]
    return "\n".join(lines) + "\n"


def _example(categories: tuple[str, ...]) -> str | float:
    return categories[0] if categories else 0.0


def _meaning(model: TrainedModel) -> list[str]:
    if not model.class_names:
        return ["print(outputs)"]
    names = f"class_names = {literal(list(model.class_names))}"
    if model.snapshot.predictor().output_shape == (1,):
        return [names, "print([class_names[int(output[0] > 0.5)] for output in outputs])"]
    return [names, "print([class_names[output.argmax()] for output in outputs])"]
