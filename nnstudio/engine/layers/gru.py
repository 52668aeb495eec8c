"""GRU: carry a state, protected by two gates, from step to step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.gate_functions import gate_function, needs_input
from nnstudio.engine.gate_products import GateProducts
from nnstudio.engine.layer import Array, WeightSpec
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.scratch import Scratch
from nnstudio.engine.tape import Tape
from nnstudio.settings import setting


@dataclass(frozen=True)
class GRU(Recurrent):
    """Carry a state, protected by two gates, from step to step.

    x(t) kernel + bias[0] is cut into three: xz, xr, xg;  h(t - 1) recurrent_kernel + bias[1]: hz, hr, hg.
    z = recurrent_activation(xz + hz),  r = recurrent_activation(xr + hr),  g = activation(xg + r hg).
    h(t) = z h(t - 1) + (1 - z) g,  and h(0) = 0.
    Without reset_after there is no bias[1], and hg is (r h(t - 1)) recurrent_kernel, no longer times r.
    (steps, features) in; the last h (units,) out, or every h (steps, units).

    Weights:
        kernel: (features, 3 * units)
        recurrent_kernel: (units, 3 * units)
        bias: (2, 3 * units), or (3 * units,) without reset_after

    Source: Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder.
    """

    gates: ClassVar[int] = 3
    order: ClassVar[tuple[int, ...]] = (0, 1, 2)

    recurrent_activation: str = setting(
        "sigmoid", "The function that the gates go through.", choices=tuple(ACTIVATIONS), advanced=True
    )
    reset_after: bool = setting(
        True, "Whether the reset gate is applied after the state has gone through its weights.", advanced=True
    )

    @property
    def blocks(self) -> int:
        return 9 if self.keeps_sums else 6

    @property
    def keeps_sums(self) -> bool:
        """Whether what goes into the functions is needed on the way back; if not, they write over it."""
        return needs_input(self.activation, self.recurrent_activation)

    def bias_spec(self, width: int) -> WeightSpec:
        spec = super().bias_spec(width)
        return replace(spec, shape=(2, width)) if self.reset_after else spec

    def cell(self, products: GateProducts, tape: Tape, scratch: Scratch) -> GRUCell:
        cell = ResetAfterCell if self.reset_after else ResetBeforeCell
        return cell(self, products, tape, scratch)


class GRUCell:
    """The maths of one step of a `GRU`; what the state brings to it is the subclasses' work."""

    carried: tuple[Array, ...] = ()
    carried_gradients: tuple[Array, ...] = ()

    def __init__(self, layer: GRU, products: GateProducts, tape: Tape, scratch: Scratch) -> None:
        units, self.tape, self.split = layer.units, tape, 2 * layer.units
        self.gate = gate_function(layer.recurrent_activation, units)
        self.function = gate_function(layer.activation, units)
        self.z, self.r, self.g = (tape.own(block, 1) for block in range(3))
        self.y, self.brought = tape.own(0, 3), tape.own(3, 3)
        self.sum = tape.own(6, 3) if layer.keeps_sums else self.y
        self.dy, self.dsum = (scratch.array(name, self.y.shape[1:]) for name in ("dgates", "dsum"))
        self.dz, self.dr, self.dg = self.dy.reshape(3, units, -1)
        self.direct, self.part = (scratch.array(name, self.dz.shape) for name in ("direct", "part"))
        # A step sees inputs, a one for bias[0], with reset_after another one for bias[1], and the state.
        self.inputs = tape.seen.shape[1] - units - (layer.use_bias and layer.reset_after)
        self.state = tape.seen[:, self.inputs :]
        self.from_inputs = products.part("inputs", slice(0, self.inputs), slice(None))

    def step(self, t: int) -> None:
        split, h = self.split, self.tape.state[t + 1]
        y, sums = self.y[t], self.from_inputs.forward(self.tape.seen[t, : self.inputs], self.sum[t])
        sums[:split] += self.bring_to_gates(t)
        self.gate.forward(sums[:split], y[:split])
        sums[split:] += self.bring_to_g(t)
        g = self.function.forward(sums[split:], y[split:])
        np.subtract(self.tape.state[t], g, out=h)
        h *= self.z[t]
        h += g

    def step_back(self, t: int, dh: Array, dv: Array) -> None:
        split, y, sums, dsum = self.split, self.y[t], self.sum[t], self.dsum
        np.subtract(self.tape.state[t], self.g[t], out=self.dz)
        self.dz *= dh
        np.multiply(dh, self.z[t], out=self.direct)
        np.subtract(dh, self.direct, out=self.dg)
        self.function.backward(sums[split:], y[split:], self.dg, dsum[split:])
        self.back_to_r(t)
        self.gate.backward(sums[:split], y[:split], self.dy[:split], dsum[:split])
        dx = dv[: self.inputs] if len(dv) > len(dh) else None
        self.from_inputs.backward(self.tape.seen[t, : self.inputs], dsum, dx)
        dbefore = dv[-len(dh) :]
        self.back_to_state(t, dbefore)
        dbefore += self.direct

    def bring_to_gates(self, t: int) -> Array:
        """Return what the state adds to the sums of z and r."""
        raise NotImplementedError

    def bring_to_g(self, t: int) -> Array:
        """Return what the state, with r, adds to the sum of g."""
        raise NotImplementedError

    def back_to_r(self, t: int) -> None:
        """Fill ``dr`` from the gradient by the sum of g."""
        raise NotImplementedError

    def back_to_state(self, t: int, dbefore: Array) -> None:
        """Fill ``dbefore``, the gradient by the state as far as it went through its kernel."""
        raise NotImplementedError


class ResetAfterCell(GRUCell):
    """r is multiplied with what the state brings to g."""

    def __init__(self, layer: GRU, products: GateProducts, tape: Tape, scratch: Scratch) -> None:
        super().__init__(layer, products, tape, scratch)
        self.from_state = products.part("state", slice(self.inputs, None), slice(None))

    def bring_to_gates(self, t: int) -> Array:
        return self.from_state.forward(self.state[t], self.brought[t])[: self.split]

    def bring_to_g(self, t: int) -> Array:
        np.multiply(self.r[t], self.brought[t, self.split :], out=self.part)
        return self.part

    def back_to_r(self, t: int) -> None:
        np.multiply(self.dsum[self.split :], self.brought[t, self.split :], out=self.dr)

    def back_to_state(self, t: int, dbefore: Array) -> None:
        self.dsum[self.split :] *= self.r[t]
        self.from_state.backward(self.state[t], self.dsum, dbefore)


class ResetBeforeCell(GRUCell):
    """r is multiplied with the state, which then goes to g."""

    def __init__(self, layer: GRU, products: GateProducts, tape: Tape, scratch: Scratch) -> None:
        super().__init__(layer, products, tape, scratch)
        rows = slice(self.inputs, None)
        self.to_gates = products.part("state to gates", rows, slice(0, 2))
        self.to_g = products.part("state to g", rows, slice(2, 3))

    def bring_to_gates(self, t: int) -> Array:
        return self.to_gates.forward(self.state[t], self.brought[t, : self.split])

    def bring_to_g(self, t: int) -> Array:
        np.multiply(self.r[t], self.state[t], out=self.brought[t, self.split :])
        return self.to_g.forward(self.brought[t, self.split :], self.part)

    def back_to_r(self, t: int) -> None:
        self.to_g.backward(self.brought[t, self.split :], self.dsum[self.split :], self.part)
        np.multiply(self.part, self.state[t], out=self.dr)

    def back_to_state(self, t: int, dbefore: Array) -> None:
        self.to_gates.backward(self.state[t], self.dsum[: self.split], dbefore)
        self.part *= self.r[t]
        dbefore += self.part
