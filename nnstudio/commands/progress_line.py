"""ProgressLine: shows a training in a terminal, or as plain lines where the output goes into a file."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO

from nnstudio.engine.metrics import is_share
from nnstudio.engine.progress import Check, Epoch, Step

_REDRAW_SECONDS = 0.1
_BAR_LETTERS = 24
_MANY_DIGITS = 1000


class ProgressLine:
    """Draws one line again and again while an epoch runs, and leaves one line for each that is complete."""

    def __init__(self, epochs: int, batches: int, stream: TextIO | None = None) -> None:
        self._epochs = epochs
        self._batches = batches
        self._stream = sys.stdout if stream is None else stream
        self._redraws = self._stream.isatty()
        self._drawn_at = 0.0

    def show(self, event: Step | Check | Epoch, seconds: float) -> None:
        """Show what the training told; ``seconds`` is how long it has been going on."""
        if isinstance(event, Epoch):
            self._write_over(f"epoch {event.epoch}/{self._epochs}  {values_words(event.values)}", "\n")
            for note in event.notes:
                print(f"  {note}", file=self._stream, flush=True)
        elif self._redraws and isinstance(event, Step) and seconds - self._drawn_at > _REDRAW_SECONDS:
            self._drawn_at = seconds
            self._write_over(self._bar(event), "")

    def _bar(self, step: Step) -> str:
        filled = _BAR_LETTERS * step.batch // self._batches
        bar = "=" * filled + "." * (_BAR_LETTERS - filled)
        return f"epoch {step.epoch}/{self._epochs}  [{bar}]  {values_words(step.values)}"

    def _write_over(self, line: str, end: str) -> None:
        if self._redraws:
            columns = shutil.get_terminal_size().columns - 1
            line = "\r" + line[:columns].ljust(columns)
        print(line, end=end, file=self._stream, flush=True)


def values_words(values: dict[str, float]) -> str:
    """Return losses and metrics in words: "loss 0.2514, accuracy 92.31 %"."""
    return ", ".join(f"{name} {value_words(name, value)}" for name, value in values.items())


def value_words(name: str, value: float) -> str:
    """Return one loss or metric as people write it."""
    if is_share(name):
        return f"{100 * value:.2f} %"
    return f"{value:.4f}" if abs(value) < _MANY_DIGITS else f"{value:.4g}"


def clock_words(seconds: float) -> str:
    """Return a duration as people read it: "0:40", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
