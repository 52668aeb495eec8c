"""RunState: everything that a training is at one moment, so that it can go on from there."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.network import Network
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.samples import Samples
from nnstudio.engine.slots import Slots
from nnstudio.errors import DataError
from nnstudio.task import Shape


@dataclass
class RunState:
    """The network, the optimizer's slots, the order of the epoch and the place in it.

    ``epoch`` counts complete epochs and ``batch`` those learnt from in the current one; ``order`` is None
    between epochs. ``sums`` are the tallies of the epoch so far, of the loss and of each metric.
    """

    network: Network
    plan: TrainingPlan
    training: Samples
    validation: Samples | None
    slots: Slots
    rng: np.random.Generator
    epochs: int
    epoch: int = 0
    batch: int = 0
    order: Array | None = None
    sums: dict[str, Array] = field(default_factory=dict)
    buffer: Array = field(default_factory=lambda: np.empty(0))

    @classmethod
    def start(
        cls,
        design: Design,
        plan: TrainingPlan,
        input_shape: Shape,
        training: Samples,
        validation: Samples | None = None,
    ) -> RunState:
        """Return the state before the first batch; equal arguments give equal runs, bit for bit.

        Raises:
            DataError: there is nothing to train on.
        """
        if not len(training):
            raise DataError("There are no training samples. Choose other data or a smaller validation share.")
        network = Network(design, input_shape, seed=plan.seed)
        return cls(
            network=network,
            plan=plan,
            training=training,
            validation=validation,
            slots=design.optimizer.slots_for(network),
            rng=np.random.default_rng((plan.seed, 2)),
            epochs=plan.epochs,
            buffer=np.empty((min(plan.batch_size, len(training)), *input_shape), network.parameters.dtype),
        )

    @property
    def batches(self) -> int:
        """How many batches an epoch has; the last one may be smaller."""
        return -(-len(self.training) // self.plan.batch_size)

    @property
    def position(self) -> float:
        """How many epochs were learnt from, with the part of the current one."""
        return self.epoch + self.batch / self.batches

    def begin_epoch(self) -> None:
        """Draw the order of the samples and set the sums to zero."""
        self.slots.total = self.epochs * self.batches
        count = len(self.training)
        self.order = self.rng.permutation(count) if self.plan.shuffle else np.arange(count)
        self.sums = {}

    def end_epoch(self) -> None:
        """Count the epoch as complete."""
        self.epoch += 1
        self.batch = 0
        self.order = None

    def next_rows(self) -> Array:
        """Return the row numbers of the next batch."""
        assert self.order is not None
        start = self.batch * self.plan.batch_size
        return self.order[start : start + self.plan.batch_size]
