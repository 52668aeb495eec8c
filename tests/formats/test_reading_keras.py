"""Tests of how the words of Keras 2 and Keras 3 are read: their aliases and forms, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from nnstudio.engine.constraints import MaxNorm
from nnstudio.engine.initializers import GlorotUniform, RandomUniform, VarianceScaling, Zeros
from nnstudio.engine.layers import (
    GRU,
    LAYERS,
    LSTM,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    GlobalMaxPooling2D,
    LayerNormalization,
    LeakyReLU,
    MaxPooling2D,
    Softmax,
    UpSampling2D,
    ZeroPadding2D,
)
from nnstudio.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, Huber, KLDivergence
from nnstudio.engine.metrics import Accuracy, BinaryAccuracy, F1Score, MeanSquaredError, Precision
from nnstudio.engine.optimizers import SGD, Adam, AdamW, Nadam, RMSprop
from nnstudio.engine.regularizers import L1L2, L2
from nnstudio.engine.schedules import Constant, CosineDecay, ExponentialDecay, InverseTimeDecay
from nnstudio.errors import FileError
from nnstudio.formats.keras_compile import read_training_config
from nnstudio.formats.keras_config import read_model_config
from nnstudio.formats.keras_dialect import Dialect
from nnstudio.formats.keras_words import words_of
from nnstudio.settings import settings_of

KERAS_2, KERAS_3 = Dialect.KERAS_2, Dialect.KERAS_3
Json = dict[str, Any]


def layer(kind: str, dialect: Dialect = KERAS_3, shape: tuple[int, ...] = (4, 4, 3), /, **config: Any) -> Any:
    """Return what is read of one layer, and the notes about it."""
    notes: list[str] = []
    first = {"class_name": "InputLayer", "config": {"batch_shape": [None, *shape]}}
    entry = {"class_name": kind, "config": {"name": "x", **config}}
    stack = {"class_name": "Sequential", "config": {"layers": [first, entry]}}
    ((read,), _) = read_model_config(stack, notes, dialect)
    return read, notes


def named(kind: str, **config: Any) -> Json:
    return {"module": "keras.any", "class_name": kind, "config": config, "registered_name": None}


READ: list[tuple[str, Dialect, Json, Any]] = [
    ("LeakyReLU", KERAS_2, {"alpha": 0.5}, LeakyReLU(0.5, name="x")),
    ("LeakyReLU", KERAS_3, {"negative_slope": 0.5}, LeakyReLU(0.5, name="x")),
    ("Activation", KERAS_3, {"activation": "swish"}, Activation("silu", name="x")),
    ("Activation", KERAS_2, {"activation": "softmax_v2"}, Activation("softmax", name="x")),
    ("Activation", KERAS_3, {"activation": "hard_sigmoid"}, Activation("hard_sigmoid", name="x")),
    ("Activation", KERAS_2, {"activation": "hard_sigmoid"}, Activation("hard_sigmoid_keras2", name="x")),
    ("Activation", Dialect.NNSTUDIO, {"activation": "hard_sigmoid"}, Activation("hard_sigmoid", name="x")),
    (
        "Activation",
        KERAS_3,
        {"activation": {"module": "builtins", "class_name": "function", "config": "relu"}},
        Activation("relu", name="x"),
    ),
    ("Softmax", KERAS_2, {"axis": -1}, Softmax(name="x")),
    ("Softmax", KERAS_2, {"axis": 3}, Softmax(name="x")),
    ("LayerNormalization", KERAS_3, {"axis": [-1]}, LayerNormalization(name="x")),
    ("LayerNormalization", KERAS_2, {"axis": [3]}, LayerNormalization(name="x")),
    ("BatchNormalization", KERAS_3, {"axis": -1}, BatchNormalization(name="x")),
    ("BatchNormalization", KERAS_2, {"axis": [3]}, BatchNormalization(name="x", unbiased_variance=True)),
    ("BatchNormalizationV1", KERAS_2, {"fused": False}, BatchNormalization(name="x")),
    ("Flatten", KERAS_2, {"data_format": "channels_last"}, Flatten(name="x")),
    ("Dropout", KERAS_3, {"rate": 0.25, "seed": 3, "noise_shape": None}, Dropout(0.25, name="x")),
    ("Conv2D", KERAS_2, {"filters": 2, "kernel_size": 3, "groups": 1}, Conv2D(2, (3, 3), name="x")),
    (
        "Conv2D",
        KERAS_3,
        {"filters": 2, "kernel_size": [3, 1], "strides": [2, 1], "dilation_rate": [1, 1], "groups": 1},
        Conv2D(2, (3, 1), (2, 1), name="x"),
    ),
    ("MaxPooling2D", KERAS_3, {"pool_size": [3, 3], "strides": [3, 3]}, MaxPooling2D((3, 3), name="x")),
    ("MaxPooling2D", KERAS_2, {"pool_size": 3, "strides": 2}, MaxPooling2D((3, 3), (2, 2), name="x")),
    ("GlobalMaxPooling2D", KERAS_2, {"data_format": None}, GlobalMaxPooling2D(name="x")),
    ("ZeroPadding2D", KERAS_3, {"padding": [[1, 2], [3, 4]]}, ZeroPadding2D((1, 2, 3, 4), name="x")),
    ("ZeroPadding2D", KERAS_2, {"padding": [1, 2]}, ZeroPadding2D((1, 1, 2, 2), name="x")),
    ("ZeroPadding2D", KERAS_2, {"padding": 3}, ZeroPadding2D((3, 3, 3, 3), name="x")),
    ("UpSampling2D", KERAS_2, {"size": 3}, UpSampling2D((3, 3), name="x")),
    ("Dense", KERAS_2, {"units": 2, "kernel_initializer": "uniform"}, RandomUniform()),
    ("Dense", KERAS_2, {"units": 2, "kernel_initializer": "zero"}, Zeros()),
    (
        "Dense",
        KERAS_2,
        {
            "units": 2,
            "kernel_initializer": named(
                "VarianceScaling", scale=1.0, mode="fan_avg", distribution="uniform", seed=None
            ),
        },
        VarianceScaling(1.0, "fan_avg", "uniform"),
    ),
    (
        "Dense",
        KERAS_3,
        {"units": 2, "kernel_initializer": named("GlorotUniform", seed=None, input_axes=None)},
        GlorotUniform(),
    ),
    ("Dense", KERAS_2, {"units": 2, "kernel_regularizer": "l2"}, L2()),
    ("Dense", KERAS_2, {"units": 2, "kernel_regularizer": named("L1L2", l1=0.0, l2=0.5)}, L1L2(0.0, 0.5)),
    (
        "Dense",
        KERAS_2,
        {"units": 2, "kernel_constraint": named("MaxNorm", max_value=3, axis=0)},
        MaxNorm(3.0, (0,)),
    ),
    (
        "Dense",
        KERAS_3,
        {"units": 2, "kernel_constraint": named("max_norm", max_value=3, axis=[0, 1])},
        MaxNorm(3.0, (0, 1)),
    ),
]


@pytest.mark.parametrize(("kind", "dialect", "config", "wanted"), READ)
def test_every_form_of_keras_is_read(kind: str, dialect: Dialect, config: Json, wanted: Any) -> None:
    """What is wanted is the layer, or of a Dense layer the one value that the config sets."""
    read, notes = layer(kind, dialect, **config)
    if kind == "Dense":
        read = getattr(read, list(config)[-1])
    assert read == wanted
    assert notes == []


def test_recurrent_layers_of_both_kerases_are_read() -> None:
    idle = {"return_state": False, "stateful": False, "unroll": True, "seed": None, "implementation": 1}
    gates = {"recurrent_activation": "hard_sigmoid"}
    old, notes = layer("LSTM", KERAS_2, (4, 3), units=2, time_major=False, **idle, **gates)
    assert (old, notes) == (LSTM(2, recurrent_activation="hard_sigmoid_keras2", name="x"), [])
    new, notes = layer("GRU", KERAS_3, (4, 3), units=2, zero_output_for_mask=False, **idle, **gates)
    assert (new, notes) == (GRU(2, recurrent_activation="hard_sigmoid", name="x"), [])


@pytest.mark.parametrize("kind", LAYERS)
def test_what_keras_is_told_besides_is_no_setting(kind: type) -> None:
    words = words_of(kind)
    keys = {words.form(declared.name).keys[0] for declared in settings_of(kind)}
    assert not keys & words.besides.keys()
    assert {*words.forms, *words.unsaid, *words.follows} <= {declared.name for declared in settings_of(kind)}


def test_only_images_have_the_other_variance_of_keras_2() -> None:
    read, _ = layer("BatchNormalization", KERAS_2, (5,), axis=[1])
    assert read == BatchNormalization(name="x")


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        ("Flatten", {"data_format": "channels_first"}),
        ("Softmax", {"axis": 1}),
        ("BatchNormalization", {"axis": 1}),
        ("BatchNormalization", {"axis": [1, 2]}),
        ("BatchNormalization", {"renorm": True}),
        ("LayerNormalization", {"axis": [1, 2, 3]}),
        ("LayerNormalization", {"rms_scaling": True}),
        ("Dropout", {"rate": 0.5, "noise_shape": [1, 4]}),
        ("Dense", {"units": 2, "quantization_config": {"mode": "int8"}}),
        ("Dense", {"units": 2, "lora_rank": 2}),
        ("Conv2D", {"filters": 2, "kernel_size": [1, 1], "groups": 3}),
        ("Conv2D", {"filters": 2, "kernel_size": [1, 1], "data_format": "channels_first"}),
        *(("LSTM", {"units": 2, key: True}) for key in ("return_state", "stateful", "time_major")),
    ],
)
def test_what_would_change_the_numbers_is_refused_by_name(kind: str, config: Json) -> None:
    key = list(config)[-1]
    with pytest.raises(FileError, match=f'^Layer "x": nnstudio does not know the setting {key} = '):
        layer(kind, **config)


def test_what_matters_only_while_training_is_left_out_with_a_note() -> None:
    read, notes = layer("Dense", KERAS_2, units=2, activity_regularizer=named("L2", l2=0.1))
    assert read == Dense(2, name="x")
    assert notes == ['Layer "x": nnstudio does not know activity_regularizer; training goes on without it.']


@pytest.mark.parametrize(
    "padding",
    [[1], [1, 2, 3], [[1, 2]], [[1, 2], [3]], [[1, 2], 3.0], "same", None, [[1, [2]], [3, 4]], [-1, 2]],
)
def test_padding_that_has_no_four_sides_is_refused(padding: Any) -> None:
    with pytest.raises(FileError, match=r'^Layer "x": Padding must be '):
        layer("ZeroPadding2D", padding=padding)


@pytest.mark.parametrize(
    ("dtype", "told"),
    [
        ("float32", False),
        (named("DTypePolicy", name="float32"), False),
        ("float64", True),
        (named("DTypePolicy", name="mixed_float16"), True),
    ],
)
def test_numbers_of_another_precision_are_told(dtype: Any, told: bool) -> None:
    _, notes = layer("Dense", units=2, dtype=dtype)
    assert [note.startswith("Keras computes some of this network with") for note in notes] == [True] * told


# --- how it learns


def learning(dialect: Dialect = KERAS_3, outputs: int = 3, **config: Any) -> tuple[Any, list[str]]:
    notes: list[str] = []
    found = read_training_config(config, notes, dialect, outputs)
    return found, [note for note in notes if not note.startswith("The file's ")]


def optimizer(name: str, dialect: Dialect = KERAS_2, **config: Any) -> tuple[Any, list[str]]:
    found, notes = learning(dialect, optimizer_config={"class_name": name, "config": config})
    return found.get("optimizer"), notes


def rate(kind: str, **config: Any) -> Json:
    return {"module": "keras.optimizers.schedules", "class_name": kind, "config": {**config, "name": None}}


NEW = {"is_legacy_optimizer": False}
OPTIMIZERS: list[tuple[str, Dialect, Json, Any]] = [
    ("adam", KERAS_3, {}, Adam()),
    ("Custom>AdamW", KERAS_2, {"weight_decay": 0.5, **NEW}, AdamW(weight_decay=0.5)),
    ("Adam", KERAS_3, {"weight_decay": None, "use_ema": False, "ema_momentum": 0.99}, Adam()),
    ("Adam", KERAS_2, {"lr": 0.5, "decay": 0.0, "epsilon": None, "amsgrad": True}, Adam(0.5, amsgrad=True)),
    ("RMSprop", KERAS_3, {"rho": 0.5}, RMSprop(rho=0.5)),
    ("RMSprop", KERAS_2, {"rho": 0.5}, RMSprop(rho=0.5, legacy_epsilon=True)),
    ("RMSprop", Dialect.NNSTUDIO, {"rho": 0.5}, RMSprop(rho=0.5)),
    ("rmsprop", KERAS_2, {}, RMSprop()),
    ("RMSprop", KERAS_2, {"rho": 0.5, **NEW}, RMSprop(rho=0.5)),
    ("Custom>RMSprop", KERAS_2, {"rho": 0.5}, RMSprop(rho=0.5)),
    ("SGD", KERAS_2, {"learning_rate": 0.5, "decay": 0.25}, SGD(0.5, InverseTimeDecay(1, 0.25))),
    (
        "SGD",
        KERAS_3,
        {
            "learning_rate": rate(
                "ExponentialDecay", initial_learning_rate=0.5, decay_steps=9.0, decay_rate=0.5
            )
        },
        SGD(0.5, ExponentialDecay(9, 0.5)),
    ),
    (
        "SGD",
        KERAS_3,
        {"learning_rate": rate("CosineDecay", initial_learning_rate=0.5, decay_steps=9, alpha=0.25)},
        SGD(0.5, CosineDecay(9, 0.25)),
    ),
    (
        "SGD",
        KERAS_3,
        {
            "learning_rate": rate(
                "CosineDecay", initial_learning_rate=0.0, decay_steps=9, warmup_target=0.5, warmup_steps=4
            )
        },
        SGD(0.5, CosineDecay(9, warmup_steps=4)),
    ),
]


@pytest.mark.parametrize(("name", "dialect", "config", "wanted"), OPTIMIZERS)
def test_every_form_of_an_optimizer_is_read(name: str, dialect: Dialect, config: Json, wanted: Any) -> None:
    assert optimizer(name, dialect, **config) == (wanted, [])


@pytest.mark.parametrize(
    "schedule",
    [
        rate("CosineDecayRestarts", initial_learning_rate=0.5, first_decay_steps=9),
        rate("CosineDecay", initial_learning_rate=0.5, decay_steps=9, warmup_target=1.0, warmup_steps=4),
        rate("ExponentialDecay", initial_learning_rate=0.5, decay_steps=0, decay_rate=0.5),
        rate("PolynomialDecay", initial_learning_rate=0.5, decay_steps=9, end_learning_rate=-1.0),
        {"class_name": "registered>Mine", "config": {"initial_learning_rate": 0.5}},
    ],
)
def test_of_an_unknown_schedule_the_first_rate_stays(schedule: Json) -> None:
    notes: list[str] = []
    config = {"optimizer_config": {"class_name": "SGD", "config": {"learning_rate": schedule}}}
    found = read_training_config({**config, "loss": "mse"}, notes)
    assert found["optimizer"] == SGD(0.5, Constant())
    assert [note.split(":")[0] for note in notes] == ["The file's learning rate stays as it begins"]


@pytest.mark.parametrize(
    "schedule", [rate("PiecewiseConstantDecay", boundaries=[3], values="x"), {}, {"a": 1}]
)
def test_a_learning_rate_that_says_nothing_leaves_the_default_optimizer(schedule: Json) -> None:
    assert optimizer("SGD", learning_rate=schedule)[0] is None


def test_settings_of_an_optimizer_that_nnstudio_has_not_are_told() -> None:
    _, notes = optimizer("Adam", KERAS_3, use_ema=True, gradient_accumulation_steps=4)
    assert [note.split(";")[0] for note in notes] == [
        "nnstudio's Adam has no gradient_accumulation_steps",
        "nnstudio's Adam has no use_ema",
    ]
    assert optimizer("Nadam", decay=0.004) == (
        Nadam(),
        ["nnstudio's Nadam has no decay; training goes on without it."],
    )


@pytest.mark.parametrize(
    ("loss", "wanted"),
    [
        ("bce", BinaryCrossentropy()),
        ("kullback_leibler_divergence", KLDivergence()),
        ("huber_loss", Huber()),
        (named("Huber", name="huber_loss", reduction="auto", delta=2.0, fn="huber"), Huber(2.0)),
        (
            named(
                "CategoricalCrossentropy", from_logits=True, label_smoothing=0.25, axis=-1, reduction="auto"
            ),
            CategoricalCrossentropy(True, 0.25),
        ),
        ({"module": "builtins", "class_name": "function", "config": "kl_divergence"}, KLDivergence()),
        (["bce"], BinaryCrossentropy()),
    ],
)
def test_every_form_of_a_loss_is_read(loss: Any, wanted: Any) -> None:
    found, notes = learning(loss=loss)
    assert (found["loss"], notes) == (wanted, [])


def test_a_loss_for_an_output_by_name_is_that_of_the_only_one() -> None:
    found, notes = learning(loss={"out": "bce"})
    assert found["loss"] == BinaryCrossentropy()
    assert notes == ["The file names the output that its loss is for: here there is one output only."]


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("CategoricalCrossentropy", "reduction", "sum"),
        ("SparseCategoricalCrossentropy", "ignore_class", 0),
    ],
)
def test_what_a_loss_of_nnstudio_does_otherwise_is_told(kind: str, key: str, value: Any) -> None:
    _, notes = learning(loss=named(kind, **{key: value}))
    assert notes == [f"nnstudio's loss {kind} has no {key}; training goes on without it."]


@pytest.mark.parametrize(
    ("metric", "outputs", "wanted"),
    [
        ("acc", 3, Accuracy()),
        ("mse", 3, MeanSquaredError()),
        ("binary_accuracy", 3, BinaryAccuracy()),
        (named("CategoricalAccuracy", name="accuracy", dtype="float32"), 3, Accuracy()),
        (named("MeanMetricWrapper", name="accuracy", fn="sparse_categorical_accuracy"), 3, Accuracy()),
        (named("BinaryAccuracy", name="accuracy", threshold=0.5), 1, Accuracy()),
        (named("BinaryAccuracy", name="accuracy", threshold=0.5), 3, BinaryAccuracy()),
        (named("BinaryAccuracy", name="accuracy", threshold=0.25), 1, BinaryAccuracy(0.25)),
        (named("Precision", thresholds=None, top_k=None, class_id=None), 3, Precision()),
        (named("Precision", thresholds=[0.25]), 3, Precision(0.25)),
        (named("F1Score", average=None, threshold=None), 3, F1Score("macro")),
    ],
)
def test_every_form_of_a_metric_is_read(metric: Any, outputs: int, wanted: Any) -> None:
    found, notes = learning(outputs=outputs, metrics=[[metric]])
    assert (found["metrics"], notes) == ((wanted,), [])
