"""Gradient: in which direction each input would have to move to speak for a class."""

from __future__ import annotations

import numpy as np

from nnstudio.data.arrays import Array
from nnstudio.data.watch import UNWATCHED, Watch
from nnstudio.errors import DataError
from nnstudio.experiments.explaining.answers import Answers

_COPIES = 24
_NOISE = 0.1  # of the range of a picture's values
_SEED = 1


def refuse_indices(answers: Answers) -> None:
    """Raise DataError where the inputs are whole numbers that stand for something."""
    if answers.takes_indices:
        raise DataError(
            "The network begins by looking up whole numbers (Embedding). Between whole numbers there is "
            "nothing, so there is no gradient. Choose “Occlusion”."
        )


def input_gradient(
    answers: Answers, raw: Array, size: Array, about: int, *, noise: float = 0.0, watch: Watch = UNWATCHED
) -> Array:
    """Return how much more would speak for ``about`` if each value of ``raw`` (*shape) grew by ``size``.

    ``size`` is () or (*shape), in the raw values' own unit; the result (*shape) is the gradient times it.
    With ``noise`` it is the mean over 24 noisy copies, whose deviation is ``noise`` times ``size``: a single
    gradient of a network of ReLUs flickers from pixel to pixel.

    Source: Simonyan et al. 2014, Deep Inside Convolutional Networks; Smilkov et al. 2017, SmoothGrad.

    Raises:
        DataError: the inputs are whole numbers, which have no gradient.
        Cancelled: a person stopped it.
    """
    refuse_indices(answers)
    rng, total = np.random.default_rng(_SEED), np.zeros(raw.shape, np.float64)
    copies = _COPIES if noise else 1
    for copy in range(copies):
        watch.told(copy / copies, "Following the answer back")
        moved = raw + noise * size * rng.standard_normal(raw.shape) if noise else raw
        x = answers.prepared(moved[None].astype(np.float32))
        total += answers.slopes(x, about)[0].reshape(raw.shape)
    spread = answers.scaler.spread
    steps = total / copies * size / (1.0 if spread is None else spread)
    return np.asarray(steps, np.float32)


def picture_gradient(
    answers: Answers, raw: Array, reach: float, about: int, watch: Watch = UNWATCHED
) -> Array:
    """Return how much each pixel would speak for ``about`` if it were brighter, (height, width).

    ``reach`` is the range of the values. The channels of a coloured picture are added.
    """
    slopes = input_gradient(answers, raw, np.asarray(reach), about, noise=_NOISE, watch=watch)
    return slopes if slopes.ndim == 2 else np.asarray(slopes.sum(axis=2))
