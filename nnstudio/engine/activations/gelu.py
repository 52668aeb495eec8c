"""GELU: every number times the share of a normal distribution that lies below it.

y = x (1 + erf(x / sqrt(2))) / 2. Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units, in its exact
form; Abramowitz and Stegun 1964, chapter 7, for erf.
"""

from __future__ import annotations

import math

import numpy as np

from nnstudio.engine.activations.function import HALF, ActivationFunction, Array, in_pieces

# erf(x / sqrt(2)) = tanh(x p(x^2)) for one function p, which a polynomial of degree 6 follows so well that
# x erf(x / sqrt(2)) / 2 is nowhere further off than 6.6e-8. These are its coefficients from the constant on:
# a least squares fit on 0 < x < 6.5, weighted anew until the greatest error was as small as it gets.
_P = (
    0.797884268,
    0.0363341492,
    -3.30267564e-05,
    -5.52733701e-05,
    3.97406848e-06,
    -1.33783058e-07,
    1.81392409e-09,
)
_DENSITY_AT_ZERO = 1.0 / math.sqrt(2.0 * math.pi)
_SMALL = 1e-30  # next to any other number nothing
_exact_erf = np.frompyfunc(math.erf, 1, 1)


@in_pieces
def gelu(x: Array, out: Array) -> Array:
    """y = x (1 + erf(x / sqrt(2))) / 2."""
    share = _erf(x)
    share *= HALF
    share += HALF
    return np.multiply(x, share, out=out)


@in_pieces
def gelu_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy (share + x density(x)) of the normal distribution; the share is y / x, and 1/2 where x is 0."""
    share, x_size = np.abs(y), np.abs(x)
    share += 0.5 * _SMALL
    x_size += _SMALL
    share /= x_size
    with np.errstate(over="ignore"):
        np.square(x, out=out)
    out *= -0.5
    np.exp(out, out=out)
    out *= _DENSITY_AT_ZERO
    out *= x
    out += share
    out *= dy
    return out


def _erf(x: Array) -> Array:
    """Return erf(x / sqrt(2)) as a new array; exact in float64, where gradients are checked."""
    if x.dtype == np.float64:
        return np.asarray(_exact_erf(x * math.sqrt(0.5)), np.float64)
    with np.errstate(over="ignore"):  # p grows for ever, and the tanh of it is then 1
        square = np.square(x)
        p = square * _P[-1]
        for coefficient in _P[-2:0:-1]:
            p += coefficient
            p *= square
        p += _P[0]
        p *= x
    return np.tanh(p, out=p)


GELU = ActivationFunction("gelu", gelu, gelu_backward, needs_input=True)
