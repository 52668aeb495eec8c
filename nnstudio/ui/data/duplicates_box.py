"""DuplicatesBox: looks for samples that are there twice, and says where that does harm."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from nnstudio.data.dataset import Samples
from nnstudio.data.duplicates import Duplicates, find_duplicates
from nnstudio.data.watch import Watch
from nnstudio.session.jobs import Jobs
from nnstudio.ui.data.duplicate_words import duplicate_words, leak_words
from nnstudio.ui.data.parts import TEST, Part
from nnstudio.ui.data.subset import Subset
from nnstudio.ui.widgets import button, column, label, panel, row

PLACE = "Looking for duplicates"
_REFRESH_MS = 200


class DuplicatesBox(QWidget):
    """Looks when it is asked to, for that takes seconds where there are millions.

    Signals:
        found(Subset): A person wants to see them.
    """

    found = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._parts: Mapping[str, Part] = {}
        self._asked = 0
        self.duplicates: Duplicates | None = None
        self.words = label(role="text_2", size="small", wrap=True)
        self.warning = _Warning()
        self.look = button("Look for duplicates", kind="small")
        self.cancel = button("Cancel", kind="small")
        self.show_all = button("Show them", kind="small")
        self.show_disputed = button("Other label", kind="small", tip="Show copies that have different labels")
        buttons = row(self.look, self.cancel, self.show_all, self.show_disputed, None, space=6)
        self.setLayout(column(self.warning, self.words, buttons, space=8))
        self._progress = QTimer(self, interval=_REFRESH_MS)
        self._progress.timeout.connect(self._show_progress)
        self.look.clicked.connect(self._start)
        self.cancel.clicked.connect(self._stop)
        self.show_all.clicked.connect(self._tell_all)
        self.show_disputed.clicked.connect(self._tell_disputed)
        self.warning.button.clicked.connect(self._tell_leaked)
        self._show(None)

    def show_parts(self, parts: Mapping[str, Part]) -> None:
        """Forget what was found in other data."""
        self._parts = parts
        self._stop()

    def _start(self) -> None:
        self._asked += 1
        samples = {name: part.samples for name, part in self._parts.items()}
        self._jobs.start(PLACE, partial(_look, self._asked, samples), self._take)
        self._progress.start()
        self._show(None, busy=True)

    def _stop(self) -> None:
        self._asked += 1
        self._jobs.cancel(PLACE)
        self._show(None)

    def _take(self, found: tuple[int, Duplicates]) -> None:
        asked, duplicates = found
        if asked == self._asked:
            self._show(duplicates)

    def _show_progress(self) -> None:
        share, _ = self._jobs.progress(PLACE) or (None, "")
        self.words.setText("Comparing samples" + (" …" if share is None else f", {100 * share:.0f} %"))

    def _show(self, found: Duplicates | None, busy: bool = False) -> None:
        self.duplicates = found
        if not busy:
            self._progress.stop()
        noun = next((part.noun for part in self._parts.values()), "row")
        self.words.setText("" if found is None else duplicate_words(found, noun))
        self.words.setVisible(busy or found is not None)
        self.warning.show_sentence("" if found is None else leak_words(found, noun))
        self.look.setVisible(found is None and not busy)
        self.cancel.setVisible(busy)
        self.show_all.setVisible(bool(found))
        self.show_disputed.setVisible(found is not None and found.disputed_count > 0)

    def _tell_all(self) -> None:
        assert self.duplicates is not None
        self.found.emit(Subset("Duplicates", self.duplicates.rows))

    def _tell_disputed(self) -> None:
        assert self.duplicates is not None
        self.found.emit(Subset("Copies with other labels", self.duplicates.disputed))

    def _tell_leaked(self) -> None:
        assert self.duplicates is not None
        self.found.emit(Subset("Also in training", {TEST: self.duplicates.leaked}))


class _Warning(QWidget):
    """A sentence on soft ground, with a way to see what it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label(role="warning", size="small", wrap=True)
        self.button = button("Show them", kind="small")
        ground = panel("warning")
        ground.setLayout(column(self.sentence, row(self.button, None), space=6, margins=(10, 8, 10, 8)))
        self.setLayout(column(ground))

    def show_sentence(self, sentence: str) -> None:
        """Warn, or be silent."""
        self.sentence.setText(sentence)
        self.setVisible(bool(sentence))


def _look(asked: int, samples: Mapping[str, Samples], watch: Watch) -> tuple[int, Duplicates]:
    return asked, find_duplicates(samples, watch)
