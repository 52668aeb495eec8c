"""SimpleRNN: carry a state from step to step."""

from __future__ import annotations

from dataclasses import dataclass

from nnstudio.engine.gate_functions import gate_function
from nnstudio.engine.gate_products import GateProducts
from nnstudio.engine.layer import Array
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.tape import Tape


@dataclass(frozen=True)
class SimpleRNN(Recurrent):
    """Carry a state from step to step.

    h(t) = activation(x(t) kernel + h(t - 1) recurrent_kernel + bias), and h(0) = 0.
    (steps, features) in; the last h (units,) out, or every h (steps, units).

    Weights:
        kernel: (features, units)
        recurrent_kernel: (units, units)
        bias: (units,)

    Source: Elman 1990, Finding Structure in Time.
    """

    @property
    def blocks(self) -> int:
        return 1

    def cell(self, products: GateProducts, tape: Tape, scratch: Scratch) -> SimpleRNNCell:
        return SimpleRNNCell(self, products, tape, scratch)


class SimpleRNNCell:
    """The maths of one step of a `SimpleRNN`."""

    carried: tuple[Array, ...] = ()
    carried_gradients: tuple[Array, ...] = ()

    def __init__(self, layer: SimpleRNN, products: GateProducts, tape: Tape, scratch: Scratch) -> None:
        self.products, self.tape = products, tape
        self.function = gate_function(layer.activation, layer.units)
        self.z = tape.own(0, 1)
        self.dz = scratch.array("dz", self.z.shape[1:])

    def step(self, t: int) -> None:
        z = self.products.forward(self.tape.seen[t], self.z[t])
        self.function.forward(z, self.tape.state[t + 1])

    def step_back(self, t: int, dh: Array, dv: Array) -> None:
        self.function.backward(self.z[t], self.tape.state[t + 1], dh, self.dz)
        self.products.backward(self.tape.seen[t], self.dz, dv)
