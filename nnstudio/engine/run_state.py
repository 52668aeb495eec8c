"""RunState: everything that a training is at one moment, so that it can go on from there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from nnstudio.engine.best_weights import BestWeights
from nnstudio.engine.class_weights import weights_by_class
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.network import Network
from nnstudio.engine.optimizer_state import OptimizerState
from nnstudio.engine.optimizers.optimizer import Optimizer
from nnstudio.engine.plan import TrainingPlan
from nnstudio.engine.plateau import Plateau
from nnstudio.engine.resuming import fill
from nnstudio.engine.samples import Samples
from nnstudio.engine.saved_state import SavedState, save
from nnstudio.engine.slots import Slots
from nnstudio.engine.waiting import Waiting
from nnstudio.errors import DataError
from nnstudio.task import Shape


@dataclass
class RunState:
    """The network, the optimizer's slots, the order of the epoch and the place in it, and what was awaited.

    ``epoch`` counts complete epochs of ``epochs`` and ``batch`` those learnt from in the current one;
    ``order`` is None between epochs. ``loss_sum`` and ``sums`` add up the losses of the epoch's samples and
    the tallies of each metric. ``rng`` draws the orders, ``changes`` the augmentation.
    """

    network: Network
    plan: TrainingPlan
    training: Samples
    validation: Samples | None
    slots: Slots
    rng: np.random.Generator
    changes: np.random.Generator
    class_weights: Array | None
    epochs: int
    epoch: int = 0
    batch: int = 0
    order: Array | None = None
    loss_sum: float = 0.0
    sums: dict[str, Array] = field(default_factory=dict)
    best: BestWeights = field(default_factory=BestWeights)
    waiting: Waiting = Waiting()
    plateau: Plateau = Plateau()
    ended_early: bool = False
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
            DataError: there is nothing to train on, or the plan asks what the data cannot give.
        """
        if not len(training):
            raise DataError("There are no training samples. Choose other data or a smaller validation share.")
        indices = any(layer.takes_indices for layer in design.layers)
        for sentence in plan.augmentation.misfits(input_shape, indices) if plan.augmentation else ():
            raise DataError(sentence)
        network = Network(design, input_shape, seed=plan.seed)
        dtype = network.parameters.dtype
        return cls(
            network=network,
            plan=plan,
            training=training,
            validation=validation,
            slots=design.optimizer.slots_for(network),
            rng=np.random.default_rng((plan.seed, 2)),
            changes=np.random.default_rng((plan.seed, 3)),
            class_weights=weights_by_class(plan.class_weight, training, dtype),
            epochs=plan.epochs,
            buffer=np.empty((min(plan.batch_size, len(training)), *input_shape), dtype),
        )

    @classmethod
    def resume(
        cls,
        saved: SavedState,
        design: Design,
        plan: TrainingPlan,
        input_shape: Shape,
        training: Samples,
        validation: Samples | None = None,
    ) -> RunState:
        """Return the state that was saved; with equal other arguments it goes on as if it had never ended.

        Raises:
            FileError: what was saved does not belong to this network and these data, or is damaged.
            DataError: as in `start`.
        """
        return fill(cls.start(design, plan, input_shape, training, validation), saved)

    def go_on_from(self, parameters: Array, remembered: OptimizerState) -> None:
        """Begin with the weights and the optimizer's memory of a training elsewhere instead of fresh ones.

        Raises:
            DataError: they are those of another network.
        """
        slots, network = self.slots, self.network
        suits = remembered.suits(dict.fromkeys(slots.vectors, 0.0), network.gradients.size)
        if parameters.shape != network.parameters.shape or not suits:
            raise DataError("The weights to go on from are those of another network. Open them again.")
        np.copyto(network.parameters, parameters)
        remembered.fill(slots.vectors)
        slots.before = remembered.iteration

    def change_rate(self, optimizer: Optimizer) -> None:
        """Go on with the learning rate and the schedule of ``optimizer``, which is otherwise the same.

        A rate that a plateau reduced stays as it is where only the schedule is another one.
        """
        network, before = self.network, self.network.design.optimizer
        network.design = replace(network.design, optimizer=optimizer)
        if optimizer.learning_rate != before.learning_rate:
            self.slots.learning_rate = optimizer.learning_rate

    def save(self) -> SavedState:
        """Copy all that the run is, at any time between two batches; data and plan are not in it."""
        return save(self)

    @property
    def batches(self) -> int:
        """How many batches an epoch has; the last one may be smaller."""
        return -(-len(self.training) // self.plan.batch_size)

    @property
    def position(self) -> float:
        """How many epochs the weights have learnt from, with the part of the current one."""
        return float(self.best.epoch) if self.best.in_place else self.epoch + self.batch / self.batches

    def begin_epoch(self) -> None:
        """Draw the order of the samples and set the sums to zero; go on from the last weights."""
        self.best.take_out(self.network.parameters)
        self.ended_early = False
        self.slots.total = self.epochs * self.batches
        count = len(self.training)
        self.order = self.rng.permutation(count) if self.plan.shuffle else np.arange(count)
        self.loss_sum, self.sums = 0.0, {}

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

    def gather(self, rows: Array) -> tuple[Array, Array, Array | None]:
        """Return what is learnt from ``rows``: inputs, targets and how much each sample counts."""
        x, y = self.training.x_rows(rows, self.buffer), self.training.y_rows(rows)
        if self.plan.augmentation is not None:
            self.plan.augmentation.apply(x, self.changes)
        if self.class_weights is None:
            return x, y, None
        return x, y, self.class_weights[y.reshape(-1)]
