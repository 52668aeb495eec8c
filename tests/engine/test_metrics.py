"""What every metric promises, tested over the registry."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnstudio.engine.layer import Array
from nnstudio.engine.metrics import (
    METRICS,
    Metric,
    figure_title,
    is_share,
)
from tests.engine.metric_data import CLASSES, COUNT, DATA, MANY, OF_CLASS, ROWS, figure

of_every_metric = pytest.mark.parametrize("kind", METRICS)
of_all_data = pytest.mark.parametrize(("y", "p"), DATA.values(), ids=DATA)


@of_every_metric
@of_all_data
@settings(max_examples=10)
@given(ends=st.lists(st.integers(1, COUNT - 1), max_size=4, unique=True).map(sorted))
def test_the_tallies_of_batches_add_up_to_that_of_all(
    kind: type[Metric], y: Array, p: Array, ends: list[int]
) -> None:
    assert figure(kind(), y, p, *ends) == pytest.approx(figure(kind(), y, p), rel=1e-6)


@of_every_metric
@of_all_data
@pytest.mark.filterwarnings("error")
def test_a_tally_is_a_vector_of_float64_and_nothing_is_changed(
    kind: type[Metric], y: Array, p: Array
) -> None:
    before = y.tobytes(), p.tobytes()
    tally = kind().tally(y, p)
    kept = tally.tobytes()
    value = kind().value(tally)
    assert tally.ndim == 1 and tally.dtype == np.float64
    assert type(value) is float and math.isfinite(value)
    assert (y.tobytes(), p.tobytes(), tally.tobytes()) == (*before, kept)


@of_every_metric
@of_all_data
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("wild", [np.nan, np.inf, -np.inf])
def test_outputs_that_are_not_finite_are_no_trouble(
    kind: type[Metric], y: Array, p: Array, wild: float
) -> None:
    with np.errstate(invalid="ignore"):
        value = kind().value(kind().tally(y, np.full_like(p, wild)))
    assert type(value) is float


@of_every_metric
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("y", "p"), [([0], [[0.2]]), ([1], [[0.2]]), ([2], [[0.5, 0.25, 0.25]])])
def test_a_batch_of_one_sample_has_a_figure(kind: type[Metric], y: list[int], p: list[list[float]]) -> None:
    value = kind().value(kind().tally(np.array(y), np.array(p, np.float32)))
    assert math.isfinite(value)


@of_every_metric
def test_a_share_lies_between_0_and_1_and_is_1_where_all_is_right(kind: type[Metric]) -> None:
    if kind.share:
        assert 0.0 <= figure(kind(), OF_CLASS, MANY) <= 1.0
        assert figure(kind(), OF_CLASS, ROWS) == pytest.approx(1.0)
        assert figure(kind(), OF_CLASS, np.roll(ROWS, 1, axis=1)) < 1.0 or kind().k > CLASSES


def test_names_tell_metrics_apart_and_can_be_columns() -> None:
    names = [kind.keras_name for kind in METRICS]
    assert len(set(names)) == len(names) and "loss" not in names
    assert all(name.isidentifier() and not name.startswith("val_") for name in names)
    assert len({kind.title for kind in METRICS}) == len(METRICS)


def test_columns_of_the_history_have_titles_and_only_shares_are_percentages() -> None:
    assert (figure_title("loss"), figure_title("mae")) == ("Loss", "Mean absolute error")
    assert figure_title("something_else") == "Something else"
    assert is_share("accuracy") and is_share("val_f1_score") and is_share("val_precision")
    assert not any(map(is_share, ("loss", "val_loss", "auc", "val_mae", "r2_score", "nothing")))
