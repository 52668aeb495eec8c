"""Tests of formats.keras_config and keras_compile: a design becomes Keras' JSON and comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Activation, Dense, Dropout
from nnstudio.engine.losses import LOSSES, MeanSquaredError
from nnstudio.engine.metrics import (
    AUC,
    METRICS,
    Accuracy,
    BinaryAccuracy,
    MeanAbsoluteError,
    TopKCategoricalAccuracy,
)
from nnstudio.engine.optimizers import OPTIMIZERS, SGD, Adam, Guess, Optimizer
from nnstudio.engine.schedules import (
    Constant,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    LinearWarmup,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
    Schedule,
)
from nnstudio.errors import FileError
from nnstudio.formats.keras_compile import read_training_config, training_config
from nnstudio.formats.keras_config import model_config, read_model_config, with_file_names
from nnstudio.formats.short_numbers import with_short_numbers
from nnstudio.formats.unsaid import unsaid_in, with_unsaid
from nnstudio.task import Shape
from tests.formats.registry_models import designs, owners, told_otherwise

CASES = [pytest.param(design, shape, id=name) for name, design, shape in designs()]


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))


def opened(design: Design, shape: Shape) -> tuple[Design, Shape]:
    """Return what is read from Keras' own parts of a file."""
    notes: list[str] = []
    config = through_json(model_config(design.layers, shape))
    learning = through_json(training_config(design.loss, design.optimizer, design.metrics, 3))
    layers, found_shape = read_model_config(config, notes)
    found = replace(Design(layers), **read_training_config(learning, notes))
    assert notes == []
    return found, found_shape


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_a_design_comes_back_equal(design: Design, shape: Shape) -> None:
    found, found_shape = opened(design, shape)
    unsaid = through_json(unsaid_in(design, found))
    assert found_shape == shape
    assert with_unsaid(found, unsaid, shape) == design


@pytest.mark.parametrize(("design", "shape"), CASES)
def test_keras_is_told_whatever_it_has_words_for(design: Design, shape: Shape) -> None:
    found, _ = opened(design, shape)
    ours = (*design.layers, design.loss, *design.metrics)
    theirs = (*found.layers, found.loss, *found.metrics)
    assert [type(mine) for mine in ours] == [type(read) for read in theirs]
    assert [told_otherwise(*pair) for pair in zip(ours, theirs, strict=True)] == [set()] * len(ours)


@pytest.mark.parametrize("kind", [kind for kind in OPTIMIZERS if kind is not Guess])
def test_keras_is_told_how_an_optimizer_is_set(kind: type[Optimizer]) -> None:
    for _, mine in owners(kind):
        plain = replace(mine, schedule=Constant())
        assert told_otherwise(plain, opened_optimizer(plain)) == set()


def test_keras_gets_the_nearest_optimizer_where_it_has_none_like_it() -> None:
    assert opened_optimizer(Guess(learning_rate=0.5)) == SGD(learning_rate=0.5)


def opened_optimizer(optimizer: Optimizer) -> Optimizer:
    notes: list[str] = []
    found = read_training_config(through_json(training_config(LOSSES[0](), optimizer, (), 3)), notes)
    assert notes == []
    return found["optimizer"]


EXACT = (
    ExponentialDecay(7, 0.5),
    ExponentialDecay(7, 0.5, staircase=True),
    InverseTimeDecay(3, 0.25),
    PiecewiseConstantDecay((4, 9), (0.5, 2.0)),
    PolynomialDecay(12, 0.125, 2.0),
    PolynomialDecay(5, 0.125, cycle=True),
    CosineDecay(15, 0.25),
    CosineDecay(9, 0.25, warmup_steps=6),
    LinearWarmup(8),
)
FOLLOWING = (PolynomialDecay(), CosineDecay(), OneCycle())


@pytest.mark.parametrize("schedule", EXACT)
def test_a_schedule_that_keras_has_is_written_as_its_own(schedule: Schedule) -> None:
    mine = SGD(learning_rate=0.3, schedule=schedule)
    read = opened_optimizer(mine)
    for step in range(20):
        expected = mine.learning_rate * schedule.factor(step, 0)
        assert read.learning_rate * read.schedule.factor(step, 0) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("schedule", FOLLOWING)
def test_a_schedule_that_follows_the_training_is_left_to_nnstudio(schedule: Schedule) -> None:
    assert opened_optimizer(SGD(learning_rate=0.3, schedule=schedule)) == SGD(learning_rate=0.3)


def test_numbers_are_written_as_keras_needs_them() -> None:
    """Keras refuses a learning rate of 1 that is not written as 1.0."""
    design = design_of(Dense(2), optimizer=SGD(learning_rate=1))
    config = training_config(design.loss, design.optimizer, (), 2)["optimizer_config"]["config"]
    assert json.dumps(config) == ('{"name": "SGD", "learning_rate": 1.0, "momentum": 0.0, "nesterov": false}')


@pytest.mark.parametrize(("outputs", "kind"), [(1, "BinaryAccuracy"), (3, "CategoricalAccuracy")])
def test_the_accuracy_is_named_by_what_it_looks_at(outputs: int, kind: str) -> None:
    config = training_config(LOSSES[0](), Adam(), (Accuracy(),), outputs)
    assert config["metrics"] == [{"class_name": kind, "config": {"name": "accuracy", "dtype": "float32"}}]


def test_names_that_keras_refuses_are_replaced_and_stay_unique() -> None:
    names = ["größe", "a b", "a/b", "_x", "", "top_level_model_weights", "ok-1.2"]
    found = with_file_names(tuple(Dense(2, name=name) for name in names))
    assert [layer.name for layer in found] == [
        *("gr__e", "a_b", "a_b_1", "x", "dense", "top_level_model_weights_1", "ok-1.2")
    ]


def keras_3(*entries: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a stack as Keras 3 writes it."""
    policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}
    first = {
        "class_name": "InputLayer",
        "config": {"batch_shape": [None, 4], "dtype": "float32", "name": "i"},
    }
    layers = [{"class_name": kind, "config": {"dtype": policy, **config}} for kind, config in entries]
    return {
        "class_name": "Sequential",
        "config": {"name": "s", "trainable": True, "layers": [first, *layers]},
    }


def test_what_keras_3_writes_is_read() -> None:
    notes: list[str] = []
    dense = {
        "name": "d",
        "units": 3,
        "activation": None,
        "kernel_initializer": {
            "module": "keras.initializers",
            "class_name": "GlorotUniform",
            "config": {"seed": None, "input_axes": None},
        },
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "quantization_config": None,
    }
    dropout = {"name": "o", "rate": 0.2, "seed": 7, "noise_shape": None}
    layers, shape = read_model_config(keras_3(("Dense", dense), ("Dropout", dropout)), notes)
    assert layers == (Dense(3, name="d"), Dropout(0.2, name="o"))
    assert (shape, notes) == ((4,), [])


def test_the_list_of_keras_2_0_is_read() -> None:
    entry = {"class_name": "Activation", "config": {"name": "a", "batch_input_shape": [None, 2, 3]}}
    layers, shape = read_model_config({"class_name": "Sequential", "config": [entry]}, [])
    assert (layers, shape) == ((Activation(name="a"),), (2, 3))


def test_what_only_changes_learning_is_left_out_with_a_note() -> None:
    notes: list[str] = []
    regularizer = {"class_name": "OrthogonalRegularizer", "config": {"factor": 0.01}}
    config = {"units": 2, "kernel_regularizer": regularizer, "kernel_initializer": "my_own"}
    layers, _ = read_model_config(keras_3(("Dense", config)), notes)
    assert layers == (Dense(2, name="dense"),)
    assert [note.split("; ")[0] for note in notes] == [
        'Layer "Dense": nnstudio does not know its kernel_regularizer',
        'Layer "Dense": nnstudio does not know its kernel_initializer',
        "Layers without a proper name of their own got one.",
    ]


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ([1, 2], "does not describe a network"),
        ("Sequential", "does not describe a network"),
        ({"class_name": "Ensemble", "config": {}}, "a Ensemble model"),
        ({"class_name": "Sequential", "config": {"layers": {}}}, "list of at most 1,000 layers"),
        ({"class_name": "Sequential", "config": {"layers": ["Dense"]}}, "layer without settings"),
        ({"class_name": "Sequential", "config": {"layers": []}}, "which shape a sample has"),
        (keras_3(), "without layers"),
        (keras_3(("Lambda", {})), 'no layers like "Lambda" \\(Lambda\\)'),
        (keras_3(("Dense", {"units": 0})), "Units must be at least 1"),
        (keras_3(("Dense", {"units": True})), "Units must be a whole number"),
        (keras_3(("Dense", {"units": 10**400})), "Units must be at least 1"),
        (keras_3(("Dense", {"name": 5})), "Name must be a text"),
        (keras_3(("Dense", {"activation": "a\nb" * 1000})), "Activation must be one of"),
        (keras_3(("Dropout", {"rate": 1.5})), "Rate must be at least 0 and below 1"),
        (keras_3(("Flatten", {"data_format": "channels_first"})), "does not know the setting data_format"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_short_sentence(config: Any, words: str) -> None:
    with pytest.raises(FileError, match=words) as caught:
        read_model_config(config, [])
    assert len(str(caught.value)) < 500
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("length", [0, -4, 2.5, "4", True, 2**40])
def test_only_whole_lengths_make_a_shape(length: Any) -> None:
    config = keras_3(("Flatten", {}))
    config["config"]["layers"][0]["config"]["batch_shape"] = [None, length]
    with pytest.raises(FileError, match="whole numbers are expected"):
        read_model_config(config, [])


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_is_known_by_class_and_by_name(metric: Any) -> None:
    spellings = (metric.__name__, metric.keras_name, {"class_name": metric.__name__, "config": {}})
    for spelling in spellings:
        assert read_training_config({"metrics": [spelling]}, [])["metrics"] == (metric(),)


@pytest.mark.parametrize("kind", ["BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"])
def test_the_accuracy_that_keras_chose_by_shapes_stays_open_to_choice(kind: str) -> None:
    entry = {"class_name": kind, "config": {"name": "accuracy", "dtype": "float32"}}
    assert read_training_config({"metrics": [entry]}, [])["metrics"] == (Accuracy(),)


def test_settings_of_metrics_come_back() -> None:
    metrics = (BinaryAccuracy(threshold=0.25), TopKCategoricalAccuracy(k=2), AUC(curve="PR"))
    config = through_json(training_config(LOSSES[0](), Adam(), metrics, 3))
    assert config["metrics"][1]["config"] == {
        "name": "top_k_categorical_accuracy",
        "dtype": "float32",
        "k": 2,
    }
    assert read_training_config({"metrics": config["metrics"]}, [])["metrics"] == metrics


def test_other_spellings_of_how_to_learn_are_read() -> None:
    notes: list[str] = []
    wrapped = {
        "class_name": "MeanMetricWrapper",
        "config": {"name": "accuracy", "fn": "categorical_accuracy"},
    }
    config = {
        "loss": ["mse"],
        "metrics": [[wrapped, "mae", "acc"]],
        "optimizer_config": {
            "class_name": "Custom>SGD",
            "config": {"lr": 0.5, "jit_compile": True, "decay": 0.0},
        },
    }
    found = read_training_config(config, notes)
    assert found == {
        "loss": MeanSquaredError(),
        "metrics": (Accuracy(), MeanAbsoluteError()),
        "optimizer": SGD(learning_rate=0.5),
    }
    assert notes == []


@pytest.mark.parametrize(
    "config",
    [
        None,
        {"loss": "my_loss"},
        {"loss": "mse", "optimizer_config": {"class_name": "Lion", "config": {}}},
        {"loss": "mse", "optimizer_config": {"class_name": "SGD", "config": {"learning_rate": -1.0}}},
        {"loss": "mse", "optimizer_config": {"class_name": "SGD", "config": {"nesterov": "yes"}}},
    ],
)
def test_damage_in_how_to_learn_is_told_and_leaves_the_defaults(config: Any) -> None:
    notes: list[str] = []
    assert "optimizer" not in read_training_config(config, notes)
    assert notes


def test_numbers_that_keras_widened_become_what_was_typed() -> None:
    assert with_short_numbers(Adam(learning_rate=0.0010000000474974513)) == Adam(learning_rate=0.001)
    assert with_short_numbers(Adam(learning_rate=0.0012345678901)) == Adam(learning_rate=0.0012345678901)
