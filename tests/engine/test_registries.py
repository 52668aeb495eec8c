"""What everything that a person chooses promises, and every metric, tested over the registries."""

from __future__ import annotations

import numpy as np
import pytest

from nnstudio.engine.constraints import CONSTRAINTS
from nnstudio.engine.initializers import INITIALIZERS
from nnstudio.engine.layers import LAYERS
from nnstudio.engine.losses import LOSSES
from nnstudio.engine.metrics import METRICS, Accuracy, MeanAbsoluteError, Metric
from nnstudio.engine.optimizers import OPTIMIZERS
from nnstudio.engine.regularizers import REGULARIZERS
from nnstudio.engine.schedules import SCHEDULES
from nnstudio.settings import problems_with, settings_of

of_every_metric = pytest.mark.parametrize("kind", METRICS)
of_everything = pytest.mark.parametrize(
    "kind",
    [*LAYERS, *LOSSES, *OPTIMIZERS, *SCHEDULES, *INITIALIZERS, *REGULARIZERS, *CONSTRAINTS, *METRICS],
)


@of_everything
def test_a_default_value_is_free_of_problems_and_equal_to_another(kind: type) -> None:
    assert problems_with(kind()) == ()
    assert kind() == kind() and hash(kind()) == hash(kind())


@of_everything
def test_its_first_sentence_and_every_setting_say_what_they_are(kind: type) -> None:
    assert (kind.__doc__ or "").strip().split("\n")[0].rstrip().rfind(".") > 0
    assert all(declared.help.endswith(".") for declared in settings_of(kind))


@of_every_metric
@pytest.mark.parametrize(
    ("y", "outputs"), [([0, 1, 1], 1), ([0, 2, 1], 3), ([[0.0], [1.0], [1.0]], 1), (np.eye(3), 3)]
)
def test_a_metric_has_one_number_per_sample(kind: type[Metric], y: object, outputs: int) -> None:
    values = kind().per_sample(np.array(y), np.full((3, outputs), 0.25, np.float32))
    assert values.shape == (3,)
    assert np.isfinite(values).all()


def test_accuracy_is_resolved_by_shapes_as_in_keras() -> None:
    p = np.array([[0.2, 0.5, 0.3], [0.9, 0.0, 0.1]])
    assert Accuracy().per_sample(np.array([1, 2]), p).tolist() == [1.0, 0.0]
    assert Accuracy().per_sample(np.array([[1], [2]]), p).tolist() == [1.0, 0.0]
    assert Accuracy().per_sample(np.array([[0, 1, 0], [0, 0, 1]]), p).tolist() == [1.0, 0.0]
    one = np.array([[0.5], [0.51], [0.2]])
    assert Accuracy().per_sample(np.array([0, 1, 1]), one).tolist() == [1.0, 1.0, 0.0]


def test_mean_absolute_error_takes_values_and_class_numbers() -> None:
    p = np.array([[0.25, 0.75], [1.0, 0.0]])
    assert MeanAbsoluteError().per_sample(np.array([[1.0, 1.0], [1.0, 0.5]]), p).tolist() == [0.5, 0.25]
    assert MeanAbsoluteError().per_sample(np.array([1, 0]), p).tolist() == [0.25, 0.0]
