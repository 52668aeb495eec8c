"""Optimizer: what every way of learning is: settings, and what it does with a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnstudio.engine.schedules import SCHEDULES, Constant, Schedule
from nnstudio.engine.slots import Array, Slots
from nnstudio.settings import setting

if TYPE_CHECKING:
    from nnstudio.engine.network import Network


@dataclass(frozen=True)
class Optimizer:
    """An optimizer as a value; what it remembers lives in the run's `Slots`."""

    learning_rate: float = setting(
        0.001, "How far a step goes.", above=0.0, maximum=1e6, ladder=True, main=True
    )
    schedule: Schedule = setting(
        Constant(), "How the learning rate changes while training goes on.", choices=SCHEDULES, advanced=True
    )

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    def slot_starts(self) -> dict[str, float]:
        """Return the vectors that it keeps, by the names of Keras 3, and the value that each begins with."""
        return {}

    def slots_for(self, network: Network) -> Slots:
        """Return fresh slots beside the network's trainable parameters."""
        trainable = network.parameters[: network.gradients.size]
        return Slots(self.slot_starts(), trainable, network.gradients, self.learning_rate)

    def train_batch(
        self, network: Network, x: Array, y: Array, slots: Slots, sample_weights: Array | None = None
    ) -> float:
        """Learn from one batch and return its loss; nan, and nothing changed, where it is not finite.

        ``sample_weights`` (batch,) say how much each sample counts. `Network.outputs` then holds what the
        network gave for ``x`` before it learnt.
        """
        raise NotImplementedError

    def take_rate(self, slots: Slots) -> float:
        """Return the learning rate of the next step, and note it in the slots."""
        before = slots.before
        factor = self.schedule.factor(before + slots.iteration, before + slots.total)
        slots.rate = slots.learning_rate * factor
        return slots.rate
