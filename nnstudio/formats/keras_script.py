"""KerasScript: the whole study as a Python program for Keras: it builds, compiles, fits and evaluates.

Its data lie beside it as `data_for_scripts` wrote them: raw, and parted as nnstudio parted them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.dataset import Dataset
from nnstudio.engine.class_weights import Balanced, ClassWeights, Given
from nnstudio.engine.layout import lay_out
from nnstudio.engine.losses import SparseCategoricalCrossentropy
from nnstudio.experiments.study import Study
from nnstudio.formats.column_json import scaler_to_json
from nnstudio.formats.keras_calls import KERAS_2, layer_call, loss_call, metric_call, optimizer_call
from nnstudio.formats.keras_config import with_file_names
from nnstudio.formats.keras_design import notes_for_keras
from nnstudio.formats.script_words import comment_lines, indented, literal, one_line

_HEAD = '''"""{title}: builds, trains and evaluates the network with {version}; its data are in {data}."""

import sys
from pathlib import Path

import numpy as np

{imports}

EPOCHS, BATCH_SIZE = {epochs}, {batch_size}
CLASS_NAMES = {class_names}


def prepare(raw):
    """Return raw samples scaled as nnstudio scales them."""
    x = np.asarray(raw, "float32")
{prepare}
    return x


def targets(y):
    """Return targets as the loss wants them."""
{targets}


def load_data(path):
    with np.load(path, allow_pickle=False) as data:
        parts = [(data[f"x_{{part}}"], data[f"y_{{part}}"]) for part in {parts}]
    return [(prepare(x), targets(y)) for x, y in parts]


def build_model():
    model = keras.Sequential(
        [
            {input},
{layers}
        ]
    )
    model.compile(
        loss={loss},
        optimizer={optimizer},
        metrics=[{metrics}],
    )
    return model


def main():
    keras.utils.set_random_seed({seed})
    data = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name({data!r})
    {unpacked} = load_data(data)
    model = build_model()
    model.summary()
    model.fit(
        x_train,
        y_train,
        epochs=EPOCHS,
        batch_size=BATCH_SIZE,
        {validation},
{fit}
    )
    if len(x_test):
        print(model.evaluate(x_test, y_test, verbose=0, return_dict=True))
    model.save(Path(__file__).with_suffix(".{ending}"))


if __name__ == "__main__":
    main()
'''
_IMPORTS = {
    KERAS_2: "from tensorflow import keras\nfrom tensorflow.keras import layers",
    "Keras 3": "import keras\nfrom keras import layers",
}


def keras_script(study: Study, dataset: Dataset, version: str, title: str, data: str) -> str:
    """Return the program, in the spelling of ``version``; its data lie in the file ``data``.

    What nnstudio does and Keras does not is said in comments.
    """
    named, plan = with_file_names(study.design.layers), study.plan
    shape = dataset.facts.sample_shape
    outputs = lay_out(named, shape).shapes[-1][-1]
    loss = study.design.loss
    program = _HEAD.format(
        title=one_line(title),
        version=version,
        data=data,
        imports=_IMPORTS[version],
        epochs=plan.epochs,
        batch_size=plan.batch_size,
        **_validation(study, dataset),
        class_names=literal(list(dataset.class_names)),
        prepare=indented(_scaling(dataset)),
        targets=indented(_targets(study, dataset, outputs)),
        input=f"{'keras.Input' if version != KERAS_2 else 'layers.InputLayer'}({_input(shape, version)})",
        layers="\n".join(f"            {layer_call(layer, version)}," for layer in named),
        loss=loss_call(loss),
        optimizer=optimizer_call(study.design.optimizer),
        metrics=", ".join(metric_call(metric, loss, outputs) for metric in study.design.metrics),
        seed=plan.seed,
        fit=indented(_fit(study, dataset), 8),
        ending="h5" if version == KERAS_2 else "keras",
    )
    return program + comment_lines((*notes_for_keras(study.design, shape), *_plan_notes(study)))


def data_for_scripts(dataset: Dataset) -> dict[str, Array]:
    """Return the arrays that both kinds of programs read, raw, by their names."""
    parts = {"train": dataset.training, "test": dataset.test, "validation": dataset.validation}
    there = {name: part for name, part in parts.items() if part is not None}
    return {f"{axis}_{name}": getattr(part, axis) for name, part in there.items() for axis in "xy"}


def _validation(study: Study, dataset: Dataset) -> dict[str, str]:
    """Return how the program validates: with a share of what trains, or with samples of their own."""
    own = dataset.validation is not None
    parts = ["train", "test", *(["validation"] if own else [])]
    share = f"validation_split={study.plan.validation_split}"
    return {
        "parts": literal(parts),
        "unpacked": ", ".join(f"(x_{part}, y_{part})" for part in parts),
        "validation": "validation_data=(x_validation, y_validation)" if own else share,
    }


def _input(shape: tuple[int, ...], version: str) -> str:
    return f"input_shape={shape}" if version == KERAS_2 else f"shape={shape}"


def _scaling(dataset: Dataset) -> Iterator[str]:
    scaler = scaler_to_json(dataset.scaler)
    if scaler["offset"] is not None:
        yield f'x = x - np.array({literal(scaler["offset"])}, "float32")'
    if scaler["spread"] is not None:
        yield f'x = x / np.array({literal(scaler["spread"])}, "float32")'


def _targets(study: Study, dataset: Dataset, outputs: int) -> Iterator[str]:
    if isinstance(study.design.loss, SparseCategoricalCrossentropy):
        yield "return y"
    elif dataset.facts.is_classes and outputs > 1:
        yield f"return keras.utils.to_categorical(y, {outputs})"
    else:
        yield f'return y.reshape(len(y), {outputs}).astype("float32")'


def _fit(study: Study, dataset: Dataset) -> Iterator[str]:
    plan = study.plan
    yield f"shuffle={plan.shuffle},"
    weights = _class_weights(plan.class_weight, dataset)
    if weights:
        yield f"class_weight={weights},"
    watched = "val_loss" if plan.validation_split or dataset.validation is not None else "loss"
    rules = [rule for rule in (plan.early_stopping, plan.reduce_on_plateau) if rule is not None]
    if rules:
        yield "callbacks=["
        yield from (f"    keras.callbacks.{type(rule).__name__}({_rule(rule, watched)})," for rule in rules)
        yield "],"


def _rule(rule: Any, watched: str) -> str:
    settings = {"monitor": watched, **{field.name: getattr(rule, field.name) for field in fields(rule)}}
    return ", ".join(f"{name}={value!r}" for name, value in settings.items())


def _class_weights(rule: ClassWeights, dataset: Dataset) -> str:
    if not isinstance(rule, Balanced | Given) or not dataset.facts.is_classes:
        return ""
    counts = np.bincount(dataset.training.y, minlength=dataset.facts.classes)
    return repr({index: round(float(weight), 6) for index, weight in enumerate(rule.of(counts))})


def _plan_notes(study: Study) -> Iterator[str]:
    if study.plan.augmentation is not None:
        yield "nnstudio changes the training samples a little each time; this program does not."
