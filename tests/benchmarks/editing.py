"""Editing: how long one edit of a large stack takes, from the document to the last painted card."""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from nnstudio.engine.design import design_of
from nnstudio.engine.layer import Layer
from nnstudio.engine.layers import Activation, Dense, Dropout
from nnstudio.session import design_edits as edits
from nnstudio.session.layer_clipboard import copied_text, paste_layers
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui import theme
from nnstudio.ui.main_window import MainWindow
from nnstudio.ui.theme_switch import ThemeSwitch
from nnstudio.ui.workbench import Workbench
from tests.session.small import small_dataset, small_model

BOUNDS_MS = {200: 16.0, 1000: 80.0}
KEPT: list[Workbench] = []  # a window that goes while its signals are on their way tells of errors
_MODEL = 1
_MOST_OFF = 5  # layers that the stack may have more or fewer
_PLACES = 997  # a prime: edits come to all parts of the stack


@dataclass(frozen=True)
class Edit:
    """One kind of edit; what a person does before it, and the edit, get the number of the time it is done."""

    title: str
    act: Callable[[int], object]
    before: Callable[[int], object] = lambda number: None


def stack(count: int) -> list[Layer]:
    """Return as many layers of the usual kinds, ending with the output."""
    kinds = (lambda: Dense(16, activation="relu"), lambda: Dropout(0.1), lambda: Activation("tanh"))
    inner = [kinds[number % 3]() for number in range(count - 2)]
    return [Dense(16), *inner, Dense(10, activation="softmax")]


def open_window(app: QApplication, folder: Path, count: int) -> Workbench:
    """Show the whole window with a stack of ``count`` layers and a selected card in its middle."""
    preferences = Preferences(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow()
    window.resize(1280, 800)
    model, dataset = small_model(), small_dataset()
    facts = replace(dataset.facts, sample_shape=(784,))
    workbench = Workbench(window, Session(model, dataset), preferences, ThemeSwitch(app, preferences))
    window.stages.setCurrentIndex(_MODEL)
    window.show()
    document = workbench.session.document
    document.show_facts(facts)
    document.edit_design("fill", replace(design_of(*stack(count)), loss=document.design.loss))
    workbench.model_tab.verbs.select((document.design.names[count // 2],))
    return workbench


def edits_of(workbench: Workbench) -> list[Edit]:
    """Return what is measured."""
    document, verbs = workbench.session.document, workbench.model_tab.verbs
    whole = document.design

    def refill(_: int) -> None:
        if abs(len(document.design.layers) - len(whole.layers)) > _MOST_OFF:
            document.edit_design("refill", whole)

    def name(number: int) -> str:
        names = document.design.names
        return names[1 + number * _PLACES % (len(names) - 2)]

    def dense(number: int) -> str:
        found = [layer.name for layer in document.design.layers[1:-1] if isinstance(layer, Dense)]
        return found[number * _PLACES % len(found)]

    def paste(number: int) -> None:
        paste_layers(document, copied_text(document, [name(number)]), 1 + number % 50)

    return [
        Edit(
            "type units",
            lambda i: edits.change_layer(document, verbs.names[0], "units", 5 + i),
            lambda i: verbs.select((dense(i),)),
        ),
        Edit(
            "add", lambda i: edits.add_layer(document, Dropout(0.2), document.design.index(name(i))), refill
        ),
        Edit("delete", lambda i: edits.delete_layers(document, [name(i)]), refill),
        Edit("move", lambda i: edits.move_layers(document, [name(i)], document.design.index(name(7 * i)))),
        Edit("paste", paste, refill),
        Edit("rename", lambda i: edits.change_layer(document, name(i), "name", f"layer{i}")),
        Edit("break", lambda i: edits.change_layer(document, document.design.names[-1], "units", 3 + i % 5)),
        Edit("undo", lambda i: document.undo_stack.undo()),
        Edit("redo", lambda i: document.undo_stack.redo()),
    ]


def measure(app: QApplication, edit: Edit, times: int) -> list[float]:
    """Return the milliseconds of the processor that each edit took until the window had shown it.

    That is the time of this thread alone: what else runs on the machine does not count.
    """
    found = []
    for number in range(times):
        edit.before(number)
        app.processEvents()
        began = time.thread_time()
        edit.act(number)
        app.processEvents()
        found.append(1000.0 * (time.thread_time() - began))
    return found


def high(values: Sequence[float]) -> float:
    """Return the value below which 99 of 100 are."""
    return statistics.quantiles(values, n=100, method="inclusive")[98]


def main() -> None:
    """Print the median and the 99th percentile of each kind of edit, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="how often each edit is done")
    chosen = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT)
    random.seed(1)
    for count, bound in BOUNDS_MS.items():
        with TemporaryDirectory() as folder:
            workbench = open_window(app, Path(folder), count)
            for _ in range(20):
                app.processEvents()
            print(f"{count} layers; the bound is {bound:.0f} ms")
            everything = []
            for edit in edits_of(workbench):
                found = measure(app, edit, chosen.times if count < 1000 else chosen.times // 2)
                everything += found
                print(f"  {edit.title:12} median {statistics.median(found):7.2f}  p99 {high(found):7.2f}")
            print(f"  {'all':12} median {statistics.median(everything):7.2f}  p99 {high(everything):7.2f}")
            workbench.session.close()
            workbench.window.hide()
            KEPT.append(workbench)


if __name__ == "__main__":
    main()
