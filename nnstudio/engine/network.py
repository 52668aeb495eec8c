"""Network: a design compiled for an input shape: its weights in one flat vector, ready to learn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnstudio.engine.aligned import aligned_empty, aligned_full
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.layout import Layout, lay_out
from nnstudio.engine.memory import refuse_beyond_memory
from nnstudio.engine.peeling import peel
from nnstudio.engine.predictor import Predictor
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.tracer import Tracer
from nnstudio.engine.weight_rules import weight_rules
from nnstudio.errors import ShapeError
from nnstudio.task import Shape


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The weights of a network at one moment; nothing changes it, so any thread may read it.

    ``parameters`` is the flat vector, read-only. ``epoch`` counts the epochs learnt from until then.
    """

    design: Design
    input_shape: Shape
    parameters: Array
    epoch: float = 0.0

    def predictor(self) -> Predictor:
        """Return a machine that predicts with these weights, for the use of one thread."""
        layout = lay_out(self.design.layers, self.input_shape)
        return Predictor(self.design, layout, self.parameters)

    def tracer(self) -> Tracer:
        """Return a machine that follows outputs back to the inputs, for the use of one thread."""
        layout = lay_out(self.design.layers, self.input_shape)
        return Tracer(self.design, layout, self.parameters)

    def weights(self) -> dict[str, Weights]:
        """Return the weights by layer name."""
        views = lay_out(self.design.layers, self.input_shape).views(self.parameters)
        return {layer.name: weights for layer, weights in zip(self.design.layers, views, strict=True)}


class Network:
    """One vector of parameters, one of gradients, and scratch buffers for every layer.

    ``parameters`` lie as `Layout` says, the trainable ones first; ``gradients`` belongs to these. Each
    layer's weights are views into the vector.
    """

    def __init__(
        self, design: Design, input_shape: Shape, *, seed: int = 0, dtype: npt.DTypeLike = np.float32
    ) -> None:
        self.design = design
        self.layout = lay_out(design.layers, input_shape)
        refuse_beyond_memory(design, self.layout.size)
        self.parameters = aligned_full((self.layout.size,), 0.0, dtype)
        self.gradients = aligned_full((self.layout.trainable_size,), 0.0, dtype)
        self.weights = self.layout.views(self.parameters)
        self.rng = np.random.default_rng((seed, 1))
        self.outputs: Array = np.empty((0, *self.layout.shapes[-1]), dtype)
        self.predictor = Predictor(design, self.layout, self.parameters)
        self._stack, self._fused = peel(design)
        self._scratches = tuple(Scratch(self.rng, dtype) for _ in self._stack)
        self._loss_scratch = Scratch(self.rng, dtype)
        self._grads = _gradient_views(self.layout, self.gradients)
        self._gradient_arrays = _trainable_arrays(self.layout, self._grads)
        self._rules = tuple(weight_rules(self.layout, self.weights, self._grads))
        self._moving = self.parameters[self.layout.trainable_size : self.layout.moving_size]
        self._moving_before = self._moving.copy()
        self._first = _first_trainable(self.layout)
        for index, scratch in enumerate(self._scratches):
            scratch.needs_dx = index > self._first
        stages = tuple(zip(self._stack, self.weights, self._grads, self._scratches, strict=True))
        self._forward = tuple((layer, weights, scratch) for layer, weights, _, scratch in stages)
        self._backward = stages[self._first :][::-1]
        self.initialise(seed)

    def initialise(self, seed: int) -> None:
        """Draw all weights anew; the same seed gives the same weights."""
        for index, (specs, weights) in enumerate(zip(self.layout.specs, self.weights, strict=True)):
            rng = np.random.default_rng((seed, 0, index))
            for spec in specs:
                weights[spec.name][...] = spec.initializer.draw(rng, spec.shape)

    def forward(self, x: Array) -> Array:
        """Return what the stack gives in training, before the peeled activation, (batch, *shape)."""
        x = x.astype(self.parameters.dtype, copy=False)
        for layer, weights, scratch in self._forward:
            x = layer.forward(weights, x, scratch)
        return x

    def backpropagate(self, x: Array, y: Array, sample_weights: Array | None = None) -> float:
        """Fill ``gradients`` with those of the mean loss over the batch, and return that loss.

        ``x`` is (batch, *input shape), ``y`` class indices (batch,) or values (batch, outputs). The mean is
        sum(``sample_weights`` losses) / batch, as in Keras; what the regularizers add is in it.
        ``outputs`` then holds what the network gave for ``x``, until the next call.
        """
        np.copyto(self._moving_before, self._moving)
        losses, dy = self.loss_and_gradient(self.forward(x), y)
        if sample_weights is not None:
            losses = losses * sample_weights
            dy = dy * sample_weights.astype(dy.dtype)[:, None]
        for layer, weights, grads, scratch in self._backward:
            dy = layer.backward(weights, grads, dy, scratch)
        for rule in self._rules:
            rule.add_gradient()
        return float(np.add.reduce(losses) / len(losses)) + self.penalty()

    def loss(self, x: Array, y: Array, sample_weights: Array | None = None) -> float:
        """Return the mean loss over the batch as `backpropagate` counts it, but with nothing dropped.

        Changes nothing; what `outputs` then holds is the predictor's memory, until it predicts again.
        """
        self.outputs = self.predictor(x)
        losses = self.predictor.losses(
            y
        )  # the penalty is in each of them, and no sample's weight counts there
        if sample_weights is None:
            return float(np.add.reduce(losses) / len(losses))
        share = float(np.add.reduce(sample_weights) / len(losses))
        return float(np.add.reduce(losses * sample_weights) / len(losses)) + self.penalty() * (1.0 - share)

    def penalty(self) -> float:
        """Return what the regularizers add to the loss."""
        return sum(rule.penalty() for rule in self._rules)

    def constrain(self) -> None:
        """Bring every weight array back to where its constraint wants it."""
        for rule in self._rules:
            rule.constrain()

    def forget_batch(self) -> None:
        """Take back what the last `backpropagate` did to the statistics that layers move themselves."""
        np.copyto(self._moving, self._moving_before)

    def gradient_arrays(self) -> tuple[Array, ...]:
        """Return the gradient of each trainable array, as views into ``gradients``."""
        return self._gradient_arrays

    def loss_and_gradient(self, z: Array, y: Array) -> tuple[Array, Array]:
        """Return the losses (batch,) of what `forward` gave, and the gradient of their mean by ``z``."""
        loss = self.design.loss
        if z.ndim != 2:
            raise ShapeError(
                "The loss takes one row of numbers per sample, but the last layer gives samples of shape "
                f"{z.shape[1:]}. Insert Flatten."
            )
        targets = loss.encode(y, z.shape[-1], z.dtype)
        if self._fused:
            self.outputs = self._loss_scratch.array("p", z.shape)
            return loss.fused(targets, z, self.outputs)
        self.outputs = z
        return loss.with_gradient(targets, z)

    def snapshot(self, epoch: float = 0.0) -> Snapshot:
        """Copy the weights as they are now."""
        parameters = self.parameters.copy()
        parameters.flags.writeable = False
        return Snapshot(self.design, self.layout.shapes[0], parameters, epoch)

    def restore(self, snapshot: Snapshot) -> None:
        """Take the weights of ``snapshot``, which must be of the same design and input shape."""
        np.copyto(self.parameters, snapshot.parameters)


def _first_trainable(layout: Layout) -> int:
    """Return the index of the first layer that learns; below it no gradient is needed."""
    for index, places in enumerate(layout.places):
        if any(place.start < layout.trainable_size for place in places.values()):
            return index
    return len(layout.places)


def _trainable_arrays(layout: Layout, grads: tuple[Weights, ...]) -> tuple[Array, ...]:
    return tuple(
        arrays[name]
        for places, arrays in zip(layout.places, grads, strict=True)
        for name, place in places.items()
        if place.start < layout.trainable_size
    )


def _gradient_views(layout: Layout, gradients: Array) -> tuple[Weights, ...]:
    """Return where each layer writes its gradients; those of frozen weights go where nobody reads."""
    return tuple(
        {
            name: place.view(gradients)
            if place.start < layout.trainable_size
            else aligned_empty(place.shape, gradients.dtype)
            for name, place in places.items()
        }
        for places in layout.places
    )
