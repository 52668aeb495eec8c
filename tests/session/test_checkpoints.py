"""The weights kept on the way are those that the same training has there when it is computed anew."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from nnstudio.engine.progress import Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.session.training_run import Phase, TrainingRun
from tests.session.small import small_dataset, small_study


def test_every_checkpoint_is_what_a_recomputation_has_after_as_many_batches(qtbot: QtBot) -> None:
    study, dataset = small_study(epochs=3), small_dataset()
    run = TrainingRun(study, dataset)
    for steps in (7, 6, None):  # held at batches that no epoch ends with
        run.start(steps=steps)
        qtbot.waitUntil(lambda: run.phase is not Phase.RUNNING)
        assert run.join(60)
    training, validation = dataset.split(study.plan.validation_split)
    state = RunState.start(study.design, study.plan, dataset.facts.sample_shape, training, validation)
    weights = {0: state.network.parameters.copy()}
    for event in train(state):
        if isinstance(event, Step):
            weights[event.iteration] = state.network.parameters.copy()
    found = [checkpoint.iteration for checkpoint in run.timeline]
    assert {0, 7, 13, 30} <= set(found) and found == sorted(set(found))
    for checkpoint in run.timeline:
        assert np.array_equal(checkpoint.parameters, weights[checkpoint.iteration])


def test_a_network_taken_from_the_way_has_the_record_until_there(qtbot: QtBot) -> None:
    run = TrainingRun(small_study(epochs=3), small_dataset())
    run.start()
    qtbot.waitUntil(lambda: run.phase is Phase.FINISHED)
    kept = run.kept()
    for checkpoint in kept.timeline:
        model = kept.model(checkpoint)
        assert model is not None and len(model.history.steps) == checkpoint.iteration
        assert len(model.history.epochs) == int(checkpoint.position)
        assert np.array_equal(model.snapshot.parameters, checkpoint.parameters)
    whole = kept.model()
    assert whole is not None and (len(whole.history.steps), len(whole.history.epochs)) == (30, 3)
