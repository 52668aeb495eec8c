"""Training: the loop, as a generator over a `RunState`; evaluation and prediction in batches."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnstudio.engine.design import Design
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
    another one over the same state goes on as if nothing had happened.

    Raises:
        DivergedError: a loss is not finite; the weights are those before that batch.
    """
    while state.epoch < state.epochs:
        if state.order is None:
            state.begin_epoch()
        while state.batch < state.batches:
            yield _learn(state)
        yield from _close_epoch(state)


def _learn(state: RunState) -> Step:
    rows = state.next_rows()
    x = state.training.x_rows(rows, state.buffer)
    y = state.training.y_rows(rows)
    network, design = state.network, state.network.design
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # told below, as a sentence
        loss = design.optimizer.train_batch(network, x, y, state.slots)
    if not math.isfinite(loss):
        raise DivergedError(_divergence(state))
    state.batch += 1
    tallies = {"loss": np.array((loss * len(rows), len(rows))), **_metric_tallies(design, y, network.outputs)}
    _add(state.sums, tallies)
    values = _values(design, tallies)
    return Step(state.epoch + 1, state.batch, state.slots.iteration, len(rows), state.slots.rate, values)


def _divergence(state: RunState) -> str:
    return (
        f"The loss stopped being a number in epoch {state.epoch + 1}, batch {state.batch + 1}. "
        f"A learning rate of {state.slots.rate:g} is probably too large: try a tenth of it. "
        "The weights before that batch are kept."
    )


def _close_epoch(state: RunState) -> Iterator[Check | Epoch]:
    design, sums = state.network.design, Tallies()
    if state.validation is not None:
        predictor = state.network.predictor
        for y, p, done in predict_batches(predictor, state.validation):
            _add(sums, _batch_tallies(predictor, y, p))
            yield Check(done, len(state.validation))
    checked = {f"val_{name}": value for name, value in _values(design, sums).items()}
    values = _values(design, state.sums) | checked
    state.end_epoch()
    yield Epoch(state.epoch, state.slots.iteration, values)


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
    return {"loss": mean_tally(predictor.losses(y)), **_metric_tallies(predictor.design, y, p)}


def _metric_tallies(design: Design, y: Array, p: Array) -> Tallies:
    return {metric.keras_name: metric.tally(y, p) for metric in design.metrics}


def _add(sums: Tallies, tallies: Tallies) -> None:
    for name, tally in tallies.items():
        sums[name] = sums[name] + tally if name in sums else tally


def _values(design: Design, tallies: Tallies) -> dict[str, float]:
    """Return loss and metrics of what was tallied; nothing where nothing was."""
    values = {"loss": mean_value(tallies["loss"])} if tallies else {}
    return values | {
        metric.keras_name: metric.value(tallies[metric.keras_name]) for metric in design.metrics if tallies
    }
