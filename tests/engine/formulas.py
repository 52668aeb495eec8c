"""Formulas: every optimizer of Keras in plain float64, written out from its definition.

Weight decay comes before all of them, the same for each. Each takes the optimizer's settings, the weights,
the gradient and a dictionary that it keeps from step to step (with "t", the number of the step from 1); it
returns the new weights. Source: Keras 3.15, measured.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnstudio.engine.layer import Array

Memory = dict[str, Any]


def sgd(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    v = memory["v"] = o.momentum * memory.get("v", 0.0) - o.learning_rate * g
    return w + (o.momentum * v - o.learning_rate * g if o.nesterov else v)


def rmsprop(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    v = memory["v"] = o.rho * memory.get("v", 0.0) + (1 - o.rho) * g**2
    if o.centered:
        memory["mean"] = o.rho * memory.get("mean", 0.0) + (1 - o.rho) * g
        v = v - memory["mean"] ** 2
    outside = o.legacy_epsilon and not o.momentum
    step = o.learning_rate * g / (np.sqrt(v) + o.epsilon if outside else np.sqrt(v + o.epsilon))
    memory["m"] = o.momentum * memory.get("m", 0.0) + step
    return w - memory["m"]


def _moments(o: Any, g: Array, memory: Memory) -> tuple[Array, Array]:
    memory["m"] = o.beta_1 * memory.get("m", 0.0) + (1 - o.beta_1) * g
    memory["v"] = o.beta_2 * memory.get("v", 0.0) + (1 - o.beta_2) * g**2
    return memory["m"], memory["v"]


def adam(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    m, v = _moments(o, g, memory)
    if o.amsgrad:
        v = memory["max"] = np.maximum(memory.get("max", 0.0), v)
    rate = o.learning_rate * np.sqrt(1 - o.beta_2 ** memory["t"]) / (1 - o.beta_1 ** memory["t"])
    return w - rate * m / (np.sqrt(v) + o.epsilon)


def adamax(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    m, _ = _moments(o, g, memory)
    u = memory["u"] = np.maximum(o.beta_2 * memory.get("u", 0.0), np.abs(g))
    return w - o.learning_rate * m / ((1 - o.beta_1 ** memory["t"]) * (u + o.epsilon))


def nadam(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    m, v = _moments(o, g, memory)
    now, following = (o.beta_1 * (1 - 0.5 * 0.96 ** (memory["t"] + ahead)) for ahead in (0, 1))
    product = memory["product"] = memory.get("product", 1.0) * now
    m_hat = following * m / (1 - product * following) + (1 - now) * g / (1 - product)
    return w - o.learning_rate * m_hat / (np.sqrt(v / (1 - o.beta_2 ** memory["t"])) + o.epsilon)


def adagrad(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    total = memory["a"] = memory.get("a", o.initial_accumulator_value) + g**2
    return w - o.learning_rate * g / np.sqrt(total + o.epsilon)


def adadelta(o: Any, w: Array, g: Array, memory: Memory) -> Array:
    total = memory["a"] = o.rho * memory.get("a", 0.0) + (1 - o.rho) * g**2
    step = np.sqrt(memory.get("d", 0.0) + o.epsilon) / np.sqrt(total + o.epsilon) * g
    memory["d"] = o.rho * memory.get("d", 0.0) + (1 - o.rho) * step**2
    return w - o.learning_rate * step


def clipped(o: Any, gradients: list[Array]) -> list[Array]:
    """Return the gradients of the single variables as Keras clips them."""
    if o.clipvalue:
        return [np.clip(g, -o.clipvalue, o.clipvalue) for g in gradients]
    if o.clipnorm:
        return [g * o.clipnorm / max(np.linalg.norm(g), o.clipnorm) for g in gradients]
    if o.global_clipnorm:
        length = np.sqrt(sum(np.sum(g**2) for g in gradients))
        return [g * o.global_clipnorm / max(length, o.global_clipnorm) for g in gradients]
    return gradients


FORMULAS: dict[str, Callable[[Any, Array, Array, Memory], Array]] = {
    "SGD": sgd,
    "RMSprop": rmsprop,
    "Adam": adam,
    "AdamW": adam,
    "Adamax": adamax,
    "Nadam": nadam,
    "Adagrad": adagrad,
    "Adadelta": adadelta,
}
