"""One fix makes any design right for any data, and leaves alone what is right already."""

from __future__ import annotations

import pytest

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.fit_whole import misfit_words, whole_fix
from nnstudio.engine.fitting import fitting_output
from nnstudio.engine.layers import (
    LSTM,
    Activation,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Reshape,
    Softmax,
)
from nnstudio.engine.losses import MeanSquaredError
from nnstudio.engine.metrics import Accuracy, MeanAbsoluteError
from nnstudio.task import DataFacts, Task

DIGITS = DataFacts("MNIST", (28, 28), Task.MANY_CLASSES, tuple("0123456789"), training_count=9)
IRIS = DataFacts("iris", (4,), Task.MANY_CLASSES, ("a", "b", "c"), training_count=9)
PIMA = DataFacts("pima", (8,), Task.TWO_CLASSES, ("0", "1"), training_count=9)
SINE = DataFacts("Sine", (1,), Task.REGRESSION, outputs=1, training_count=9)
PAIR = DataFacts("pair", (3,), Task.REGRESSION, outputs=2, training_count=9)
LEAVES = DataFacts("leaves", (32, 24, 3), Task.MANY_CLASSES, ("oak", "ash", "elm"), training_count=9)
DATA = (DIGITS, IRIS, PIMA, SINE, PAIR, LEAVES)

PLAIN = design_of(Flatten(), Dense(16, activation="relu"), Dropout(0.2), Dense(10, activation="softmax"))
DESIGNS = {
    "plain": PLAIN,
    "layers for rows": design_of(Dense(8), Dense(1, activation="sigmoid")),
    "images": design_of(
        Reshape(target_shape=(28, 28, 1)), Conv2D(4), MaxPooling2D(), Flatten(), Dense(10), Softmax()
    ),
    "rows in time": design_of(LSTM(8), Dense(10, activation="softmax")),
    "no dense": design_of(Flatten(), Activation(activation="relu")),
    "ends in a picture": design_of(Dense(5)),
    "values": design_of(Dense(1), loss=MeanSquaredError(), metrics=(MeanAbsoluteError(),)),
}


@pytest.mark.parametrize("facts", DATA, ids=lambda facts: facts.name)
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_the_fix_makes_it_ready(design: Design, facts: DataFacts) -> None:
    fix = whole_fix(design, facts)
    if fix is None:
        assert check_design(design, facts).ready
        return
    fitted = fix.apply(design)
    report = check_design(fitted, facts)
    assert report.problems == ()
    assert report.layers[-1].output_shape == (fitting_output(facts).units,)
    assert whole_fix(fitted, facts) is None


def test_hidden_layers_stay_as_they_are() -> None:
    fix = whole_fix(PLAIN, PIMA)
    assert fix is not None
    fitted = fix.apply(PLAIN)
    assert fitted.layers[:-1] == PLAIN.layers[:-1]
    assert fix.label == "Fit the output and loss: Dense 1, sigmoid, binary crossentropy"
    assert fitted.layers[-1].name == PLAIN.layers[-1].name


def test_only_what_does_not_fit_is_named() -> None:
    fix = whole_fix(PLAIN, IRIS)
    assert fix is not None and fix.label == "Fit the output: Dense 3, softmax, categorical crossentropy"
    images = whole_fix(DESIGNS["images"], SINE)
    assert images is not None and images.label.startswith("Fit the input, output and loss: ")


def test_metrics_follow_the_task() -> None:
    to_values, to_classes = whole_fix(PLAIN, SINE), whole_fix(DESIGNS["values"], IRIS)
    assert to_values is not None and to_classes is not None
    assert to_values.apply(PLAIN).metrics == ()
    assert to_classes.apply(DESIGNS["values"]).metrics == (Accuracy(), MeanAbsoluteError())


def test_a_design_that_can_learn_is_left_alone() -> None:
    two_outputs = design_of(Dense(2, activation="softmax"))
    assert whole_fix(two_outputs, PIMA) is None
    assert whole_fix(Design(), PIMA) is None


def test_the_words_say_what_the_data_have_and_what_the_network_gives() -> None:
    report = check_design(PLAIN, PIMA)
    assert misfit_words(report, PIMA) == "pima has 2 classes, but the network gives 10 numbers."
    assert "Reshape" in misfit_words(check_design(DESIGNS["images"], PIMA), PIMA)
