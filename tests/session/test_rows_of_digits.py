"""A recurrent layer reads a digit row by row, as it comes: the samples need no preparation of their own."""

from __future__ import annotations

from nnstudio.data.load import load
from nnstudio.data.recipe import Recipe
from nnstudio.engine.checks import check_design
from nnstudio.engine.design import design_of
from nnstudio.engine.layers import LSTM, Dense
from nnstudio.engine.optimizers import Adam
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import evaluate, train


def test_an_lstm_learns_from_rows_within_an_epoch() -> None:
    data = load(Recipe())
    design = design_of(LSTM(24), Dense(10, activation="softmax"), optimizer=Adam(0.01))
    report = check_design(design, data.facts)
    assert report.problems == () and report.layers[0].output_shape == (24,)
    plan = TrainingPlan(epochs=1, batch_size=32)
    state = RunState.start(design, plan, data.facts.sample_shape, *data.split(plan.validation_split))
    for _ in train(state):
        pass
    assert evaluate(state.network.predictor, data.test)["accuracy"] > 0.5
