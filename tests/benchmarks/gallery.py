"""Gallery: what filtering, sorting and scrolling 60,000 images costs, in processor time.

Run as ``python -m tests.benchmarks.gallery``. A filter with its order shall cost less than 50 ms, a frame of
scrolling less than 16 ms (p99). Processor time, because a busy machine would measure its other work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QApplication

from nnstudio.data.dataset import Samples
from nnstudio.ui.prediction.gallery_panel import GalleryPanel
from nnstudio.ui.prediction.sample_filter import ALL, ORDERS, RIGHT, WRONG, SampleFilter
from tests.benchmarks.evaluating import MANY, large_evaluation
from tests.benchmarks.measure import processor

ROUNDS, FRAMES, FRAME_PX = 20, 600, 37
CHOICES = {"wrong": WRONG, "right": RIGHT, "all": ALL, "two cells": SampleFilter.at((4, 9), (9, 4))}


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    print(f"{processor()}; {MANY:,} images in a gallery of 620 x 700 pixels, milliseconds of processor time")
    panel, samples = GalleryPanel(), many_images()
    panel.resize(620, 700)
    panel.show()
    evaluation = large_evaluation()
    panel.show_evaluation(evaluation, samples, ALL)
    app.processEvents()
    for order in ORDERS:
        panel._change_order(order)
        for name, chosen in CHOICES.items():
            tell(f"{name}, {order.lower()}", [cost(lambda: panel.show_filter(chosen)) for _ in range(ROUNDS)])  # noqa: B023
    panel.show_filter(ALL)
    for text in ("4", "4 9", "file:cat", "row:12345"):
        times = []
        for _ in range(ROUNDS):
            panel._change_text("")
            times.append(cost(lambda: panel._change_text(text)))  # noqa: B023
        tell(f"words “{text}”", times)
    panel._change_text("")
    bar = panel.view.verticalScrollBar()

    def frame(at: int) -> Callable[[], None]:
        def scroll() -> None:
            bar.setValue(at)
            app.processEvents()

        return scroll

    tell("a frame of scrolling", [cost(frame(FRAME_PX * index)) for index in range(FRAMES)])
    jumps = np.random.default_rng(0).integers(0, bar.maximum(), FRAMES)
    tell("a jump anywhere", [cost(frame(int(at))) for at in jumps])


def many_images() -> Samples:
    """Return made-up images, each with the name of a file."""
    pixels = np.random.default_rng(0).integers(0, 256, (MANY, 28, 28), dtype=np.uint8)
    names = tuple(f"animals/{'cat' if row % 3 else 'dog'}/{row:05}.png" for row in range(MANY))
    return Samples(pixels, np.zeros(MANY, np.int64), names=names)


def cost(work: Callable[[], object]) -> float:
    """Return what ``work`` costs in milliseconds of processor time."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def tell(name: str, times: list[float]) -> None:
    """Print the median and what 99 % stay below."""
    print(f"{name:36s} {np.median(times):7.2f}  p99 {np.quantile(times, 0.99):7.2f}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
