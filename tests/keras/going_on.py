"""A training of two epochs that Keras and nnstudio both go on with, so that their losses can be compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.progress import Epoch
from nnstudio.engine.run_state import RunState
from nnstudio.engine.training import train
from nnstudio.experiments.trained import TrainedModel
from tests.engine.helpers import ArraySamples
from tests.formats.registry_models import model_of, small_design

BATCH, MORE_EPOCHS = 16, 3


class GoingOn:
    """Two epochs of a small network, without shuffling; then three more, here and in Keras."""

    def __init__(self, optimizer: Any) -> None:
        design = replace(small_design(), optimizer=optimizer)
        rng = np.random.default_rng(1)
        self.x, self.y = rng.normal(size=(64, 7)).astype(np.float32), rng.integers(0, 3, 64)
        plan = TrainingPlan(epochs=2, batch_size=BATCH, validation_split=0.0, shuffle=False)
        self.state = RunState.start(design, plan, (7,), ArraySamples(self.x, self.y))
        for _ in train(self.state):
            pass
        memory = OptimizerState.of(self.state.save())
        snapshot = self.state.network.snapshot(2.0)
        self.model: TrainedModel = replace(model_of(design, (7,)), snapshot=snapshot, optimizer_state=memory)

    def losses(self) -> list[float]:
        """Return our next losses."""
        self.state.epochs += MORE_EPOCHS
        return [event.values["loss"] for event in train(self.state) if isinstance(event, Epoch)]

    def losses_of(self, models: Any, path: Path) -> list[float]:
        """Return those of Keras after it opened a file."""
        opened = models.load_model(path)
        y = np.eye(3, dtype=np.float32)[self.y]
        fitted = opened.fit(self.x, y, epochs=MORE_EPOCHS, batch_size=BATCH, shuffle=False, verbose=0)
        return list(fitted.history["loss"])
