"""Fit cases: designs that do not suit the data, and what is said of them."""

from __future__ import annotations

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import Design, design_of
from nnstudio.engine.layers import Dense
from nnstudio.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    CategoricalHinge,
    Hinge,
    Huber,
    KLDivergence,
    Loss,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    Poisson,
    SparseCategoricalCrossentropy,
)
from nnstudio.engine.metrics import (
    AUC,
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    Metric,
    Precision,
    R2Score,
    TopKCategoricalAccuracy,
)
from nnstudio.engine.problems import Severity
from nnstudio.task import DataFacts, Task

DIGITS = DataFacts("Digits", (6,), Task.MANY_CLASSES, tuple("abcd"), training_count=20)
COINS = DataFacts("Coins", (6,), Task.TWO_CLASSES, ("heads", "tails"), training_count=20)
HOUSES = DataFacts("Houses", (6,), Task.REGRESSION, outputs=2, training_count=20)
PRICES = DataFacts("Prices", (6,), Task.REGRESSION, training_count=20)

WARNING, ERROR = Severity.WARNING, Severity.ERROR
FREE = "softplus" if "softplus" in ACTIVATIONS else "relu"  # what is offered for counts


def design(loss: Loss, units: int, function: str, *metrics: Metric) -> Design:
    """Return a small stack with a given end."""
    return design_of(
        Dense(4, activation="tanh"), Dense(units, activation=function), loss=loss, metrics=metrics
    )


# fmt: off
CASES: tuple[tuple[Design, DataFacts, str, Severity, str, tuple[str, ...]], ...] = (
    (design(CategoricalCrossentropy(), 4, "linear"), DIGITS, "dense_1", WARNING,
     "CategoricalCrossentropy wants probabilities, but the last activation is linear.",
     ("Use softmax", "Switch from_logits on")),
    (design(SparseCategoricalCrossentropy(), 4, "relu"), DIGITS, "dense_1", WARNING,
     "SparseCategoricalCrossentropy wants probabilities, but the last activation is relu.",
     ("Use softmax",)),
    (design(CategoricalCrossentropy(from_logits=True), 4, "softmax"), DIGITS, "dense_1", WARNING,
     "CategoricalCrossentropy from logits does the softmax itself, but the last activation did it already.",
     ("Use linear", "Switch from_logits off")),
    (design(BinaryCrossentropy(from_logits=True), 1, "tanh"), COINS, "dense_1", WARNING,
     "BinaryCrossentropy from logits wants any numbers, but the last activation is tanh.",
     ("Use linear", "Switch from_logits off")),
    (design(BinaryCrossentropy(), 2, "softmax"), COINS, "dense_1", WARNING,
     "BinaryCrossentropy looks at each output by itself, but softmax ties them together.",
     ("Use CategoricalCrossentropy", "Use sigmoid")),
    (design(KLDivergence(), 4, "linear"), DIGITS, "dense_1", WARNING,
     "KLDivergence wants probabilities, but the last activation is linear.",
     ("Use softmax",)),
    (design(KLDivergence(), 2, "softmax"), HOUSES, "loss", WARNING,
     "KLDivergence is for shares that add up to 1, but Houses has values to predict.",
     ("Use MeanSquaredError",)),
    (design(Poisson(), 1, "linear"), PRICES, "dense_1", ERROR,
     "Poisson takes the logarithm of the outputs, but linear can give numbers below 0.",
     (f"Use {FREE}",)),
    (design(Hinge(), 1, "sigmoid"), COINS, "dense_1", WARNING,
     "Hinge tells two classes by the sign, but sigmoid gives no number below 0.",
     ("Use tanh",)),
    (design(MeanSquaredError(), 1, "sigmoid"), PRICES, "dense_1", WARNING,
     "With sigmoid the outputs stay between 0 and 1.",
     ("Use linear",)),
    (design(MeanAbsoluteError(), 2, "tanh"), HOUSES, "dense_1", WARNING,
     "With tanh the outputs stay between -1 and 1.",
     ("Use linear",)),
    (design(MeanSquaredError(), 1, "softmax"), PRICES, "dense_1", ERROR,
     "Softmax over a single output is always 1.",
     ("Use sigmoid",)),
    (design(CategoricalHinge(), 2, "linear"), HOUSES, "loss", ERROR,
     "CategoricalHinge is for classes, but Houses has values to predict.",
     ("Use MeanSquaredError",)),
    (design(Huber(), 4, "softmax"), DIGITS, "loss", WARNING,
     "Huber works for 4 classes, but learns them slowly.",
     ("Use CategoricalCrossentropy",)),
    (design(Huber(), 1, "sigmoid"), COINS, "loss", WARNING,
     "Huber is for values, and learns classes slowly.",
     ("Use BinaryCrossentropy",)),
    (design(MeanAbsolutePercentageError(), 4, "softmax"), DIGITS, "loss", ERROR,
     "MeanAbsolutePercentageError divides by the targets, but those of classes are 0 and 1.",
     ("Use CategoricalCrossentropy",)),
    (design(CategoricalCrossentropy(from_logits=True), 1, "linear"), COINS, "loss", ERROR,
     "CategoricalCrossentropy needs one output per class, but there is one output.",
     ("Use BinaryCrossentropy",)),
    (design(CategoricalCrossentropy(), 4, "softmax", R2Score()), DIGITS, "metrics", WARNING,
     "R2Score is for values, but Digits has 4 classes.",
     ("Remove it",)),
    (design(MeanSquaredError(), 2, "linear", Accuracy()), HOUSES, "metrics", WARNING,
     "Accuracy is for classes, but Houses has values to predict.",
     ("Remove it",)),
    (design(CategoricalCrossentropy(), 4, "softmax", TopKCategoricalAccuracy(k=4)), DIGITS, "metrics",
     WARNING,
     "TopKCategoricalAccuracy calls every answer right: the network has no more than k outputs.",
     ("Remove it",)),
    (design(BinaryCrossentropy(), 1, "sigmoid", CategoricalAccuracy()), COINS, "metrics", WARNING,
     "CategoricalAccuracy needs one output per class, but there is one output.",
     ("Use Accuracy", "Remove it")),
    (design(CategoricalCrossentropy(), 4, "softmax", Accuracy(), BinaryAccuracy()), DIGITS, "metrics",
     WARNING, "BinaryAccuracy counts each output by itself.",
     ("Remove it",)),
    (design(BinaryCrossentropy(from_logits=True), 1, "linear", Accuracy()), COINS, "metrics", WARNING,
     "Accuracy takes outputs above 0.5 for yes, but BinaryCrossentropy divides them at 0.",
     ("Use BinaryAccuracy with a threshold of 0", "Remove it")),
    (design(Hinge(), 1, "tanh", Precision()), COINS, "metrics", WARNING,
     "Precision takes outputs above 0.5 for yes, but Hinge divides them at 0.",
     ("Use BinaryAccuracy with a threshold of 0", "Remove it")),
    (design(BinaryCrossentropy(from_logits=True), 1, "linear", AUC()), COINS, "metrics", WARNING,
     "AUC takes probabilities, but BinaryCrossentropy makes outputs of any size.",
     ("Use AUC from logits", "Remove it")),
    (design(CategoricalCrossentropy(), 4, "softmax", Accuracy(), Accuracy()), DIGITS, "metrics", ERROR,
     "There are two metrics of the kind Accuracy.",
     ("Remove it",)),
)
# fmt: on
