"""LSTM: carry a memory, protected by gates, from step to step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.gate_functions import gate_function, needs_input
from nnstudio.engine.gate_products import GateProducts
from nnstudio.engine.initializers import Initializer
from nnstudio.engine.layer import Array, WeightSpec
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.tape import Tape
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class LSTM(Recurrent):
    """Carry a memory, protected by gates, from step to step.

    z = x(t) kernel + h(t - 1) recurrent_kernel + bias, cut into four: i, f, g, o.
    i, f and o go through recurrent_activation, g through activation.
    c(t) = f c(t - 1) + i g,  h(t) = o activation(c(t)),  and c(0) = h(0) = 0.
    (steps, features) in; the last h (units,) out, or every h (steps, units).

    Weights:
        kernel: (features, 4 * units)
        recurrent_kernel: (units, 4 * units)
        bias: (4 * units,)

    Source: Hochreiter and Schmidhuber 1997, Long Short-Term Memory; the forget gate: Gers et al. 2000.
    """

    gates: ClassVar[int] = 4
    order: ClassVar[tuple[int, ...]] = (0, 1, 3, 2)  # i, f, o, g: one stretch for each of the two functions

    recurrent_activation: str = setting(
        "sigmoid", "The function that the gates go through.", choices=tuple(ACTIVATIONS), advanced=True
    )
    unit_forget_bias: bool = setting(
        True, "Whether the constants of the forget gate start at 1.", advanced=True
    )

    @property
    def blocks(self) -> int:
        return 10 if self.keeps_z else 6

    @property
    def keeps_z(self) -> bool:
        """Whether z is needed on the way back; if not, the gates are written over it."""
        return needs_input(self.activation, self.recurrent_activation)

    def bias_spec(self, width: int) -> WeightSpec:
        spec = super().bias_spec(width)
        return replace(spec, initializer=ForgetGateOnes(spec.initializer)) if self.unit_forget_bias else spec

    def cell(self, products: GateProducts, tape: Tape, scratch: Scratch) -> LSTMCell:
        return LSTMCell(self, products, tape, scratch)


@dataclass(frozen=True)
class ForgetGateOnes(Initializer):
    """Ones for the forget gate, the second of four; ``others`` draws the constants of the other gates."""

    others: Initializer

    def check(self, name: str, shape: Shape) -> None:
        self.others.check(name, shape)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        units = shape[0] // 4
        before, behind = self.others.draw(rng, (units,)), self.others.draw(rng, (2 * units,))
        return np.concatenate([before, np.ones(units), behind])


class LSTMCell:
    """The maths of one step of an `LSTM`."""

    def __init__(self, layer: LSTM, products: GateProducts, tape: Tape, scratch: Scratch) -> None:
        units = layer.units
        self.products, self.tape, self.split = products, tape, 3 * units
        self.gate = gate_function(layer.recurrent_activation, units)
        self.function = gate_function(layer.activation, units)
        self.c, self.squashed, self.y = tape.own(0, 1), tape.own(1, 1), tape.own(2, 4)
        self.z = tape.own(6, 4) if layer.keeps_z else self.y
        self.i, self.f, self.o, self.g = (tape.own(block, 1) for block in range(2, 6))
        self.dy, self.dz = (scratch.array(name, self.y.shape[1:]) for name in ("dgates", "dz"))
        self.di, self.df, self.do, self.dg = self.dy.reshape(4, units, -1)
        self.dc, self.part = (scratch.array(name, self.di.shape) for name in ("dc", "part"))
        self.c[0] = self.dc[...] = 0.0
        self.carried: tuple[Array, ...] = (self.c,)
        self.carried_gradients: tuple[Array, ...] = (self.dc,)

    def step(self, t: int) -> None:
        z, y = self.products.forward(self.tape.seen[t], self.z[t]), self.y[t]
        self.gate.forward(z[: self.split], y[: self.split])
        self.function.forward(z[self.split :], y[self.split :])
        c = np.multiply(self.f[t], self.c[t], out=self.c[t + 1])
        c += np.multiply(self.i[t], self.g[t], out=self.part)
        np.multiply(self.o[t], self.function.forward(c, self.squashed[t]), out=self.tape.state[t + 1])

    def step_back(self, t: int, dh: Array, dv: Array) -> None:
        z, y, dy, dz, split = self.z[t], self.y[t], self.dy, self.dz, self.split
        squashed, dc = self.squashed[t], self.dc
        np.multiply(dh, squashed, out=self.do)
        dh *= self.o[t]
        dc += self.function.backward(self.c[t + 1], squashed, dh, self.part)
        np.multiply(dc, self.i[t], out=self.dg)
        np.multiply(dc, self.g[t], out=self.di)
        np.multiply(dc, self.c[t], out=self.df)
        dc *= self.f[t]
        self.gate.backward(z[:split], y[:split], dy[:split], dz[:split])
        self.function.backward(z[split:], y[split:], dy[split:], dz[split:])
        self.products.backward(self.tape.seen[t], dz, dv)
