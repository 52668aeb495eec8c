"""Recurrent: what SimpleRNN, LSTM and GRU have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.gate_products import GateProducts, draw_masks, put_together, take_apart
from nnstudio.engine.holding import Holding
from nnstudio.engine.initializers import INITIALIZERS, GlorotUniform, Initializer, Orthogonal, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.tape import Cell, Tape, steps_back
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape

_PREDICT_ROWS, _PREDICT_NUMBERS = 256, 2**24  # at a time: all steps of many samples would need much memory


@dataclass(frozen=True)
class Recurrent(Layer):
    """Go through the steps of a sample and carry a state from each to the next.

    (steps, features) in, the last state (units,) out, or all of them (steps, units).
    A layer adds its `cell`, which makes the next state.

    Weights:
        kernel: (features, gates * units)
        recurrent_kernel: (units, gates * units)
        bias: (gates * units,)
    """

    family: ClassVar[str] = "sequence"
    gates: ClassVar[int] = 1
    order: ClassVar[tuple[int, ...]] = (0,)  # in which the gates are computed; doing it twice undoes it

    units: int = setting(64, "How many numbers the state has.", minimum=1, unit="units", main=True)
    activation: str = setting(
        "tanh", "The function that makes the next state.", choices=tuple(ACTIVATIONS), main=True
    )
    use_bias: bool = setting(True, "Whether each gate has constants that are added.")
    kernel_initializer: Initializer = setting(
        GlorotUniform(), "How the weights of the inputs start.", choices=INITIALIZERS
    )
    recurrent_initializer: Initializer = setting(
        Orthogonal(), "How the weights of the state start.", choices=INITIALIZERS
    )
    bias_initializer: Initializer = setting(Zeros(), "How the constants start.", choices=INITIALIZERS)
    kernel_regularizer: Regularizer | None = setting(
        None, "What large weights of the inputs add to the loss.", choices=REGULARIZERS
    )
    recurrent_regularizer: Regularizer | None = setting(
        None, "What large weights of the state add to the loss.", choices=REGULARIZERS
    )
    bias_regularizer: Regularizer | None = setting(
        None, "What large constants add to the loss.", choices=REGULARIZERS
    )
    kernel_constraint: Constraint | None = setting(
        None, "What holds for the weights of the inputs after every batch.", choices=CONSTRAINTS
    )
    recurrent_constraint: Constraint | None = setting(
        None, "What holds for the weights of the state after every batch.", choices=CONSTRAINTS
    )
    bias_constraint: Constraint | None = setting(
        None, "What holds for the constants after every batch.", choices=CONSTRAINTS
    )
    dropout: float = setting(
        0.0, "Share of the inputs to drop, the same ones at every step.", minimum=0.0, below=1.0
    )
    recurrent_dropout: float = setting(
        0.0, "Share of the state to drop, the same part at every step.", minimum=0.0, below=1.0, advanced=True
    )
    return_sequences: bool = setting(
        False, "Whether to give the state after every step, or only the last.", main=True
    )
    go_backwards: bool = setting(False, "Whether to start at the last step of a sample.", advanced=True)

    @property
    def blocks(self) -> int:
        """How many blocks of ``units`` rows the layer keeps of each step for its way back."""
        raise NotImplementedError

    @property
    def last_function(self) -> str:
        return self.activation

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 2:
            raise ShapeError(
                f"{type(self).__name__} needs steps of numbers, (steps, features), but gets samples of shape "
                f"{shape}."
            )
        return (shape[0], self.units) if self.return_sequences else (self.units,)

    def multiply_adds(self, shape: Shape) -> int:
        return shape[0] * (shape[1] + self.units) * self.gates * self.units

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        width = self.gates * self.units
        kernel = WeightSpec(
            "kernel",
            (shape[-1], width),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        recurrent = WeightSpec(
            "recurrent_kernel",
            (self.units, width),
            self.recurrent_initializer,
            regularizer=self.recurrent_regularizer,
            constraint=self.recurrent_constraint,
        )
        return (kernel, recurrent, self.bias_spec(width)) if self.use_bias else (kernel, recurrent)

    def bias_spec(self, width: int) -> WeightSpec:
        """Return what the constants of all gates, ``width`` in number, are."""
        return WeightSpec(
            "bias",
            (width,),
            self.bias_initializer,
            regularizer=self.bias_regularizer,
            constraint=self.bias_constraint,
        )

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        y = scratch.array("y", (len(x), *self.output_shape(x.shape[1:])))
        self._unroll(weights, x, y, self._draw_masks(weights, x, scratch), scratch)
        return y

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        y = scratch.array("y", (len(x), *self.output_shape(x.shape[1:])))
        numbers = x.shape[1] * (x.shape[2] + (self.blocks + 1) * self.units)
        count = max(1, min(_PREDICT_ROWS, _PREDICT_NUMBERS // numbers))
        for start in range(0, len(x), count):
            rows = slice(start, start + count)
            self._unroll(weights, x[rows], y[rows], None, scratch, rows)
        return y

    def at_rest(self) -> Layer:
        return replace(self, trainable=False, dropout=0.0, recurrent_dropout=0.0)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        kernel = scratch["kernel"]
        grad = scratch.array("grad", kernel.shape)
        grad.fill(0.0)
        masks = scratch["masks"] if self.dropout or self.recurrent_dropout else None
        tape = Tape(scratch["tape"], len(kernel), self.units)
        dv = scratch.array("dv", (tape.seen if scratch.needs_dx else tape.state).shape)
        products = GateProducts(kernel, masks, grad if self.trainable else None, scratch)
        cell = self._held(self.cell(products, tape, scratch), tape, scratch.empty_steps)
        for t, dh in steps_back(dv[:, -self.units :], dy):
            cell.step_back(t, dh, dv[t])
        if self.trainable:
            take_apart(grad, self.order, self._parts(grads))
        if not scratch.needs_dx:
            return dy
        dx = scratch.array("dx", (len(dy), len(tape), len(weights["kernel"])))
        self._in_order(dx)[...] = dv[:-1, : dx.shape[-1]].transpose(2, 0, 1)
        return dx

    def cell(self, products: GateProducts, tape: Tape, scratch: Scratch) -> Cell:
        """Return the maths of one step, for one batch."""
        raise NotImplementedError

    def _unroll(
        self,
        weights: Weights,
        x: Array,
        y: Array,
        masks: Array | None,
        scratch: Scratch,
        rows: slice = slice(None),
    ) -> None:
        parts = self._parts(weights)
        kernel = scratch.array("kernel", (sum(map(len, parts)), self.gates, self.units))
        put_together(parts, self.order, kernel)
        height = len(kernel) + self.blocks * self.units
        tape = Tape(scratch.array("tape", (x.shape[1] + 1, height, len(x))), len(kernel), self.units)
        tape.read(self._in_order(x))
        empty = scratch.empty_steps[rows] if scratch.empty_steps is not None else None
        cell = self._held(self.cell(GateProducts(kernel, masks, None, scratch), tape, scratch), tape, empty)
        for t in range(len(tape)):
            cell.step(t)
        states = tape.state[1:].transpose(2, 0, 1)
        y[...] = states if self.return_sequences else states[:, -1]

    def _held(self, cell: Cell, tape: Tape, empty: Array | None) -> Cell:
        """Return the cell, which keeps its state in the steps that are ``empty`` (batch, steps)."""
        return cell if empty is None else Holding(cell, tape, self._in_order(empty).T)

    def _in_order(self, x: Array) -> Array:
        return x[:, ::-1] if self.go_backwards else x

    def _parts(self, arrays: Weights) -> tuple[Array, Array, Array]:
        """Return what inputs, ones and the state are multiplied with, as views (rows, gates, units)."""
        bias = arrays["bias"] if self.use_bias else arrays["kernel"][:0]
        kernel, constants, recurrent = (
            array.reshape(-1, self.gates, self.units)
            for array in (arrays["kernel"], bias, arrays["recurrent_kernel"])
        )
        return kernel, constants, recurrent

    def _draw_masks(self, weights: Weights, x: Array, scratch: Scratch) -> Array | None:
        rates = self.dropout, self.recurrent_dropout
        if rates == (0.0, 0.0):
            return None
        gates = self.gates if self.recurrent_dropout else 1  # this is how Keras does it
        rows = [len(part) for part in self._parts(weights)]
        return draw_masks(gates, rows, len(x), rates, scratch)
