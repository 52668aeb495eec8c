"""Weight rules: what the declarations of weight arrays want of them beside the gradient of the loss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnstudio.engine.layer import Array, Weights, WeightSpec
from nnstudio.engine.layout import Layout


@dataclass(frozen=True, eq=False)
class WeightRule:
    """A trainable array that has a regularizer or a constraint, with its gradient."""

    spec: WeightSpec
    weight: Array
    grad: Array

    def penalty(self) -> float:
        """Return what the array adds to the loss."""
        return self.spec.regularizer.penalty(self.weight) if self.spec.regularizer else 0.0

    def add_gradient(self) -> None:
        """Add the derivative of the penalty to the gradient."""
        if self.spec.regularizer:
            self.spec.regularizer.add_gradient(self.weight, self.grad)

    def constrain(self) -> None:
        """Bring the array back to where its constraint wants it."""
        if self.spec.constraint:
            self.spec.constraint.apply(self.weight)


def weight_rules(
    layout: Layout, weights: tuple[Weights, ...], grads: tuple[Weights, ...]
) -> Iterator[WeightRule]:
    """Return the rules of all trainable arrays; what is frozen costs nothing and changes nothing."""
    for specs, places, arrays, slopes in zip(layout.specs, layout.places, weights, grads, strict=True):
        for spec in specs:
            if places[spec.name].start < layout.trainable_size and (spec.regularizer or spec.constraint):
                yield WeightRule(spec, arrays[spec.name], slopes[spec.name])
