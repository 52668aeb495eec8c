"""Training: the loop, as a generator over a `RunState`; evaluation and prediction in batches."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnstudio.engine.design import Design
from nnstudio.engine.diagnosis import diagnose
from nnstudio.engine.epoch_end import close_epoch, finish
from nnstudio.engine.layer import Array
from nnstudio.engine.metrics import mean_tally, mean_value
from nnstudio.engine.predictor import Predictor
from nnstudio.engine.progress import Check, Epoch, Step
from nnstudio.engine.run_state import RunState
from nnstudio.engine.samples import Samples
from nnstudio.errors import DivergedError

PREDICT_BATCH = 256  # what a layer of 512 units gives for it stays in the L2 cache
Tallies = dict[str, Array]


def train(state: RunState) -> Iterator[Step | Check | Epoch]:
    """Train until ``state.epochs`` epochs are complete, telling each batch and each epoch.

    All that the training is stands in ``state`` whenever it yields: dropping the generator and starting
    another one over the same state goes on as if nothing had happened. A training that ends early sets
    ``state.epochs`` to the epochs that are done; raised again, it goes on.

    Raises:
        DivergedError: a loss is not finite; the weights are those before that batch.
    """
    batches = state.batches
    while state.epoch < state.epochs:
        if state.order is None:
            state.begin_epoch()
        while state.batch < batches:
            yield _learn(state)
        yield from _close_epoch(state)
    finish(state)  # where somebody took back the epochs that were to come


@np.errstate(over="ignore", invalid="ignore", divide="ignore")  # told as a sentence
def _learn(state: RunState) -> Step:
    network, slots = state.network, state.slots
    rows = state.next_rows()
    x, y, weights = state.gather(rows)
    loss = network.design.optimizer.train_batch(network, x, y, slots, weights)
    if not math.isfinite(loss):
        raise DivergedError(_divergence(state, rows, x, y))
    state.batch += 1
    values = _count(state, loss, y)
    return Step(state.epoch + 1, state.batch, slots.iteration, len(rows), slots.rate, values)


def _count(state: RunState, loss: float, y: Array) -> dict[str, float]:
    """Add a batch to the sums of its epoch; return its own loss and metrics."""
    outputs, sums, values = state.network.outputs, state.sums, {"loss": loss}
    state.loss_sum += loss * len(y)
    for metric in state.network.design.metrics:
        name, tally = metric.keras_name, metric.tally(y, outputs)
        sums[name] = sums[name] + tally if name in sums else tally
        values[name] = metric.value(tally)
    return values


def _divergence(state: RunState, rows: Array, x: Array, y: Array) -> str:
    found = diagnose(state.network, x, y, rows, state.slots.rate)
    return (
        f"The loss stopped being a number in epoch {state.epoch + 1}, batch {state.batch + 1}: "
        f"{found.where}. {found.cause} The weights before that batch are kept."
    )


def _close_epoch(state: RunState) -> Iterator[Check | Epoch]:
    design, sums = state.network.design, Tallies()
    if state.validation is not None:
        predictor = state.network.predictor
        for y, p, done in predict_batches(predictor, state.validation):
            _add(sums, _batch_tallies(predictor, y, p))
            yield Check(done, len(state.validation))
    checked = {f"val_{name}": value for name, value in _values(design, sums).items()}
    trained = {"loss": np.array((state.loss_sum, len(state.training))), **state.sums}
    values = _values(design, trained) | checked
    notes = close_epoch(state, values)
    yield Epoch(state.epoch, state.slots.iteration, values, notes)


def predict_batches(
    predictor: Predictor, samples: Samples, batch_size: int = PREDICT_BATCH
) -> Iterator[tuple[Array, Array, int]]:
    """Predict all samples in order; tell targets, outputs and how many are done.

    The outputs (batch, ...) are the predictor's memory: copy what shall outlive the next batch.
    """
    buffer = predictor.buffer(min(batch_size, len(samples)))
    for start in range(0, len(samples), batch_size):
        rows = np.arange(start, min(start + batch_size, len(samples)))
        yield samples.y_rows(rows), predictor(samples.x_rows(rows, buffer)), int(rows[-1]) + 1


def evaluate(predictor: Predictor, samples: Samples) -> dict[str, float]:
    """Return the loss and the metrics over all samples, by Keras' names."""
    sums = Tallies()
    for y, p, _ in predict_batches(predictor, samples):
        _add(sums, _batch_tallies(predictor, y, p))
    return _values(predictor.design, sums)


def predict(predictor: Predictor, samples: Samples) -> Array:
    """Return the outputs for all samples, (samples, *output shape)."""
    outputs = np.empty((len(samples), *predictor.output_shape), np.float32)
    for _, p, done in predict_batches(predictor, samples):
        outputs[done - len(p) : done] = p
    return outputs


def _batch_tallies(predictor: Predictor, y: Array, p: Array) -> Tallies:
    metrics = {metric.keras_name: metric.tally(y, p) for metric in predictor.design.metrics}
    return {"loss": mean_tally(predictor.losses(y)), **metrics}


def _add(sums: Tallies, tallies: Tallies) -> None:
    for name, tally in tallies.items():
        sums[name] = sums[name] + tally if name in sums else tally


def _values(design: Design, tallies: Tallies) -> dict[str, float]:
    """Return loss and metrics of what was tallied; nothing where nothing was."""
    values = {"loss": mean_value(tallies["loss"])} if tallies else {}
    return values | {
        metric.keras_name: metric.value(tallies[metric.keras_name]) for metric in design.metrics if tallies
    }
