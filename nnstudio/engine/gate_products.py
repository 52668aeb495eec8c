"""Gate products: what brings inputs and state to the gates of a recurrent layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnstudio.engine.layer import Array
from nnstudio.engine.scratch import Scratch


class GateProducts:
    """The product of a kernel with what a step sees, forwards and backwards.

    z = kernel' v: kernel (rows, gates, units), v (rows, batch), z (gates * units, batch). A sample stands in
    a column, so that a gate of all samples is one stretch of memory.

    Dropout comes as ``masks`` (gates, rows, batch), or (1, rows, batch) where all gates share one. The
    gradient of the kernel is added up in ``grad``; None where nobody asks for it.
    """

    def __init__(
        self, kernel: Array, masks: Array | None, grad: Array | None, scratch: Scratch, name: str = "all"
    ) -> None:
        self._kernel, self._masks, self._grad = kernel, masks, grad
        self._scratch, self._name = scratch, name
        self._matrix = kernel.reshape(len(kernel), -1)
        self._step_grad = scratch.array(f"{name} step grad", self._matrix.shape)
        self._step_grad_by_gate = self._step_grad.reshape(kernel.shape)

    def part(self, name: str, rows: slice, gates: slice) -> GateProducts:
        """Return the product with only these rows and gates of the kernel."""
        kernel, masks, grad = self._kernel, self._masks, self._grad
        return GateProducts(
            kernel[rows, gates],
            masks if masks is None else masks[gates if len(masks) > 1 else slice(None), rows],
            grad if grad is None else grad[rows, gates],
            self._scratch,
            name,
        )

    def forward(self, v: Array, z: Array) -> Array:
        """Fill ``z`` with the product and return it."""
        if self._masks is None:
            return np.dot(self._matrix.T, v, out=z)
        parts = _parts(self._matrix, len(self._masks)).swapaxes(1, 2)
        np.matmul(parts, self._seen(v, self._masks), out=z.reshape(len(parts), -1, z.shape[-1]))
        return z

    def backward(self, v: Array, dz: Array, dv: Array | None) -> None:
        """Add what a step adds to the gradient; fill ``dv``, which may have only the last of the rows."""
        if self._masks is None:
            if self._grad is not None:
                np.dot(v, dz.T, out=self._step_grad)
            if dv is not None:
                np.dot(self._matrix[-len(dv) :], dz, out=dv)
        else:
            self._backward_masked(self._masks, v, dz.reshape(len(self._masks), -1, dz.shape[-1]), dv)
        if self._grad is not None:
            self._grad += self._step_grad_by_gate

    def _backward_masked(self, masks: Array, v: Array, dz: Array, dv: Array | None) -> None:
        if self._grad is not None:
            parts = _parts(self._step_grad, len(masks))
            np.matmul(self._seen(v, masks), dz.swapaxes(1, 2), out=parts)
        if dv is not None:
            rows = slice(len(v) - len(dv), None)
            each = self._scratch.array(f"{self._name} dv of parts", (len(masks), *dv.shape))
            np.matmul(_parts(self._matrix, len(masks))[:, rows], dz, out=each)
            each *= masks[:, rows]
            np.add.reduce(each, axis=0, out=dv)

    def _seen(self, v: Array, masks: Array) -> Array:
        return np.multiply(v, masks, out=self._scratch.array(f"{self._name} seen", masks.shape))


def _parts(matrix: Array, parts: int) -> Array:
    """Return the view (parts, rows, columns of a part)."""
    return matrix.reshape(len(matrix), parts, -1).swapaxes(0, 1)


def put_together(arrays: Sequence[Array], order: Sequence[int], kernel: Array) -> None:
    """Copy ``arrays`` (rows, gates, units) one below the other, with the gates in ``order``."""
    start = 0
    for array in arrays:
        np.take(array, order, axis=1, out=kernel[start : start + len(array)], mode="clip")
        start += len(array)


def take_apart(kernel: Array, order: Sequence[int], arrays: Sequence[Array]) -> None:
    """Copy what `put_together` did back into ``arrays``; done twice, ``order`` must be the first order."""
    start = 0
    for array in arrays:
        np.take(kernel[start : start + len(array)], order, axis=1, out=array, mode="clip")
        start += len(array)


def draw_masks(
    gates: int, rows: Sequence[int], batch: int, rates: tuple[float, float], scratch: Scratch
) -> Array:
    """Return masks (gates, rows, batch): ``rows`` are how many of inputs, ones and state there are.

    ``rates`` are those of inputs and state. A mask holds for all steps of a sample; ones are never dropped.
    """
    inputs, ones, state = rows
    masks = scratch.array("masks", (gates, sum(rows), batch))
    masks[:, :inputs] = scratch.mask("input masks", (gates, inputs, batch), rates[0])
    masks[:, inputs:-state] = 1.0
    masks[:, -state:] = scratch.mask("state masks", (gates, state, batch), rates[1])
    return masks
