"""Layer: what every layer is: settings, a shape rule and the maths of one step."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy.typing as npt

from nnstudio.engine.constraints import Constraint
from nnstudio.engine.initializers import Initializer
from nnstudio.engine.regularizers import Regularizer
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape

Array = npt.NDArray[Any]
Weights = dict[str, Array]


# The groups of the palette, in its order; a layer names its own by the key.
FAMILIES = {
    "core": "Core",
    "convolution": "Convolution",
    "regularise": "Normalise and regularise",
    "shape": "Shape",
    "activation": "Activation",
    "sequence": "Sequences",
}


@dataclass(frozen=True)
class WeightSpec:
    """One array of weights that a layer needs: Keras' name for it, its shape, how it starts.

    One that is not ``trainable`` is a statistic that the layer's own forward pass moves. A regularizer adds
    to the loss, a constraint holds after every batch.

    Raises:
        ShapeError: the initializer has no values for the shape.
    """

    name: str
    shape: Shape
    initializer: Initializer
    trainable: bool = True
    regularizer: Regularizer | None = None
    constraint: Constraint | None = None

    def __post_init__(self) -> None:
        self.initializer.check(self.name, self.shape)

    @property
    def size(self) -> int:
        """How many numbers it holds, as an unbounded integer."""
        return math.prod(self.shape)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A layer as a value: its settings, and maths that work on arrays which are handed in.

    Shapes are those of one sample; the batch axis is never written. A subclass adds its settings and
    overrides what differs. `forward` keeps in the scratch what `backward` needs; `predict` keeps nothing.
    """

    family: ClassVar[str] = "core"
    caption: ClassVar[str] = ""
    takes_indices: ClassVar[bool] = False  # whether the input is whole numbers instead of real ones

    name: str = setting(
        "", "The layer's name, unique in the stack; files and kept weights go by it.", arbitrary=True
    )
    trainable: bool = setting(True, "Whether training changes the layer's weights.")

    @classmethod
    def keras_name(cls) -> str:
        """Keras' snake-case default name of the class: ``max_pooling2d`` for ``MaxPooling2D``."""
        spaced = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", cls.__name__)
        return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()

    @classmethod
    def one_line(cls) -> str:
        """The first sentence of the class's docstring."""
        return (cls.__doc__ or "").strip().split("\n")[0]

    @property
    def last_function(self) -> str:
        """The activation that the outputs went through last; "" where they may have gone through any."""
        return ""

    def without_last_function(self) -> Layer | None:
        """Return the layer without `last_function`, for a loss that contains it; None if it must stay."""
        return None

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape that comes out for ``shape``.

        Raises:
            ShapeError: the layer cannot take the shape; the message says what it takes.
        """
        return shape

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        """Return the weights that the layer needs for an input of ``shape``.

        Raises:
            ShapeError: an initializer has no values for the shape of its array.
        """
        return ()

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds that one sample of ``shape`` costs."""
        return 0

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        """Return y, (batch, *output shape), while training."""
        raise NotImplementedError

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        """Fill ``grads`` in place and return dx; where nobody needs dx, what is returned is not used."""
        raise NotImplementedError

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        """Return y outside training."""
        return self.forward(weights, x, scratch)

    def at_rest(self) -> Layer:
        """Return a layer whose `forward` does what `predict` does here, with the `backward` of that."""
        return replace(self, trainable=False)


def size_of(shape: Shape) -> int:
    """Return how many numbers one sample of ``shape`` has."""
    return math.prod(shape)
