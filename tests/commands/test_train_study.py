"""The console trains a study, tells what the training does by itself, and refuses what cannot be trained."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnstudio.commands.progress_line import ProgressLine
from nnstudio.commands.training import train_study
from nnstudio.engine.class_weights import Given
from nnstudio.engine.plateau import ReduceLROnPlateau
from nnstudio.engine.progress import Epoch
from nnstudio.engine.stopping import EarlyStopping
from nnstudio.errors import DataError
from nnstudio.experiments.study import Study
from tests.session.small import small_dataset, small_study

NEVER_ENOUGH = 1e5  # no loss is lower by so much


def study_of(**plan: Any) -> Study:
    study = small_study()
    return replace(study, plan=replace(study.plan, **plan))


def test_an_early_end_is_told_and_leaves_the_best_weights(capsys: pytest.CaptureFixture[str]) -> None:
    stopping = EarlyStopping(patience=2, min_delta=NEVER_ENOUGH)
    model = train_study(study_of(epochs=50, early_stopping=stopping), small_dataset())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("epoch ")] == ["1/50", "2/50", "3/50"]
    assert "  Ended early after epoch 3: the validation loss did not become lower for 2 epochs." in lines
    assert len(model.history.epochs) == 3
    assert model.snapshot.epoch == model.history.best_epoch()


def test_a_reduced_learning_rate_is_told_and_used(capsys: pytest.CaptureFixture[str]) -> None:
    rule = ReduceLROnPlateau(factor=0.5, patience=1, min_delta=NEVER_ENOUGH)
    model = train_study(study_of(epochs=3, reduce_on_plateau=rule), small_dataset())
    assert capsys.readouterr().out.count("The learning rate is 0.0005 from here on") == 1
    rates = model.history.steps.column("learning_rate")
    assert np.unique(rates).tolist() == [0.0005, 0.001]


def test_a_plan_that_does_not_fit_the_data_is_refused_with_its_reason() -> None:
    with pytest.raises(DataError, match="each of the 10 classes, not 2 class weights"):
        train_study(study_of(class_weight=Given((1.0, 2.0))), small_dataset())


def test_notes_stand_below_the_line_of_their_epoch() -> None:
    stream = io.StringIO()
    ProgressLine(epochs=5, batches=4, stream=stream).show(
        Epoch(1, 4, {"loss": 0.5}, ("First.", "Second.")), 1.0
    )
    assert stream.getvalue() == "epoch 1/5  loss 0.5000\n  First.\n  Second.\n"
