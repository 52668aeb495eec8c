"""EpochEnd: what a training does after an epoch: it keeps the best weights, slows down or ends early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnstudio.engine.fit_words import count_words

if TYPE_CHECKING:
    from nnstudio.engine.run_state import RunState


@dataclass(frozen=True)
class Watched:
    """The loss that decides: that of the validation, or of the training where nothing validates."""

    loss: float
    name: str

    @classmethod
    def of(cls, values: dict[str, float]) -> Watched:
        """Return the loss to watch among an epoch's values."""
        if "val_loss" in values:
            return cls(values["val_loss"], "validation loss")
        return cls(values["loss"], "training loss")

    def stood_still(self, epochs: int) -> str:
        """Say that it did not become lower."""
        return f"the {self.name} did not become lower for {count_words(epochs, 'epoch')}"


def close_epoch(state: RunState, values: dict[str, float]) -> tuple[str, ...]:
    """Count the epoch that had ``values`` as complete, act on them, and return what is to be told."""
    watched = Watched.of(values)
    state.end_epoch()
    state.best.look(state.epoch, watched.loss, state.network.parameters)
    return (*_slow_down(state, watched), *_end_early(state, watched), *finish(state, watched.name))


def _slow_down(state: RunState, watched: Watched) -> Iterator[str]:
    rule, slots = state.plan.reduce_on_plateau, state.slots
    if rule is None:
        return
    before = slots.learning_rate
    state.plateau, slots.learning_rate = state.plateau.after(rule, watched.loss, before)
    if slots.learning_rate < before:
        still = watched.stood_still(rule.patience)
        yield f"The learning rate is {slots.learning_rate:.4g} from here on: {still}."


def _end_early(state: RunState, watched: Watched) -> Iterator[str]:
    rule = state.plan.early_stopping
    if rule is None:
        return
    state.waiting = rule.after(state.waiting, watched.loss)
    if not rule.ends(state.waiting):
        return
    if state.epoch < state.epochs:
        state.epochs, state.ended_early = state.epoch, True
        yield f"Ended early after epoch {state.epoch}: {watched.stood_still(rule.patience)}."
    state.waiting = state.waiting.anew()  # whoever asks for more epochs gets as much patience again


def finish(state: RunState, loss_name: str = "loss") -> tuple[str, ...]:
    """Where all epochs are done, put the best weights into the network if the plan wants that; tell it."""
    rule, best = state.plan.early_stopping, state.best
    wanted = rule is not None and rule.restore_best_weights and state.epoch >= state.epochs
    if not wanted or best.in_place or best.epoch in (0, state.epoch):
        return ()
    best.put_back(state.network.parameters)
    return (f"The weights of epoch {best.epoch} are back: they have the lowest {loss_name}.",)
