"""Known facts: what the data of the templates come to, known without reading them."""

from __future__ import annotations

from nnstudio.task import DataFacts, Task

DIGITS = DataFacts(
    "MNIST sample", (28, 28), Task.MANY_CLASSES, tuple("0123456789"), training_count=4000, test_count=1000
)
PATIENTS = DataFacts(
    "Drug trial",
    (1,),
    Task.TWO_CLASSES,
    ("no side effects", "side effects"),
    training_count=2100,
    test_count=420,
)
CIRCLE = DataFacts(
    "Circle", (2,), Task.TWO_CLASSES, ("inside", "outside"), training_count=800, test_count=200
)
SINE = DataFacts("Sine", (1,), Task.REGRESSION, training_count=800, test_count=200)
ONE_WEIGHT = DataFacts("One weight", (1,), Task.REGRESSION, training_count=1, test_count=1)
