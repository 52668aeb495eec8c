"""Guess cost: how long a batch takes where every weight is tried by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nnstudio.engine.design import Design
from nnstudio.engine.optimizers import Adam, Guess
from nnstudio.engine.problems import Fix, Problem, Severity

# Measured on one core: what one loss takes for its calls, and for a multiply-add.
_SECONDS_PER_LOSS, _SECONDS_PER_MULTIPLY_ADD = 5e-5, 5e-10
_MOST_SECONDS = 1.0  # nobody can stop a training within a batch


def guess_problems(design: Design, weights: int, multiply_adds: int, batch_size: int) -> Iterator[Problem]:
    """Refuse to guess where a batch takes longer than anybody waits: some 2,000 ``weights`` are the limit.

    ``multiply_adds`` are those of one sample on its way forward.
    """
    loss = _SECONDS_PER_LOSS + _SECONDS_PER_MULTIPLY_ADD * multiply_adds * batch_size
    seconds = 2 * weights * loss
    if isinstance(design.optimizer, Guess) and seconds > _MOST_SECONDS:
        yield Problem(
            "optimizer",
            Severity.ERROR,
            f"Guess tries each of the {weights:,} weights by itself: a batch of {batch_size:,} samples would "
            f"take about {_duration_words(seconds)}.",
            "A gradient tells for all weights at once how to change them. Guess is for very small networks.",
            (Fix("Use Adam", lambda design: replace(design, optimizer=Adam())),),
        )


def _duration_words(seconds: float) -> str:
    for length, unit in ((86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:,.0f} seconds" if seconds >= 1.5 else "a second"
