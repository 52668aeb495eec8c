"""SourcesPanel: what data can be opened, at the left of the tab."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.data.source import Source
from nnstudio.session.data_reader import Request
from nnstudio.session.preferences import Preferences
from nnstudio.session.recent_data import forget_data, recent_data, remember_data
from nnstudio.session.session import Session
from nnstudio.ui.data.source_list import SourceList
from nnstudio.ui.data.source_model import SourceModel
from nnstudio.ui.data.sources import SourceRow, SourceState, State, key_of, recent_of, recent_row, row_of
from nnstudio.ui.widgets import button, column, label

_FOLLOW_MS = 200  # words about what is being read change five times a second


class SourcesPanel(QFrame):
    """A button, the list and a hint. Without preferences nothing is remembered.

    Signals:
        open_wanted(): A person wants to choose a file or folder.
        chosen(recipe): A person chose a data set of the list.
    """

    open_wanted = Signal()
    chosen = Signal(object)

    def __init__(
        self, session: Session, preferences: Preferences | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._session, self._preferences = session, preferences
        self._reader = session.reader
        self._missing: dict[str, SourceState] = {}
        self._open: Source | None = None
        self.open_button = button("Open file or folder", icon_name="folder")
        self.open_button.clicked.connect(self.open_wanted)
        self.model = SourceModel(self)
        self.list = SourceList(self.model)
        hint = label("You can also drop files on the window.", role="text_3", size="caption", wrap=True)
        self.setLayout(column(self.open_button, self.list, hint, space=6, margins=(12, 12, 12, 12)))
        self._timer = QTimer(self, interval=_FOLLOW_MS)
        self._timer.timeout.connect(self._show_states)
        self.list.chosen.connect(self._choose)
        self.list.cancelled.connect(session.reader.cancel)
        self.list.forgotten.connect(self._forget)
        session.reader.changed.connect(self._follow)
        session.sketchbook.counted.connect(self.model.show_details)
        self._show_files()

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the data set that is open, and remember it where it is a file's."""
        if self._preferences is not None and dataset.recipe.source.place and len(dataset.training):
            remember_data(self._preferences, recent_of(dataset))
        self._open = dataset.recipe.source
        self.model.show_open(row_of(dataset))
        self._show_states()

    def _choose(self, row: SourceRow) -> None:
        is_open = self.model.is_open(self.list.currentIndex()) and row.recipe.source == self._open
        if not is_open or row.state is State.FAILED:
            self.chosen.emit(row.recipe)

    def _forget(self, row: SourceRow) -> None:
        if self._preferences is not None:
            forget_data(self._preferences, row.recipe)
        self.model.forget(row)

    def _show_files(self) -> None:
        if self._preferences is not None:
            self.model.show_files(map(recent_row, recent_data(self._preferences)))
        self._missing = self.model.missing()

    def _follow(self) -> None:
        self._show_states()
        if self._reader.request is not None:
            self._timer.start()
        else:
            self._timer.stop()
            self.model.show_details(self._session.sketchbook.known_count)

    def _show_states(self) -> None:
        """Say what is being read, what could not be, and what is gone."""
        states, reader = dict(self._missing), self._reader
        if reader.failure is not None and (key := _key(reader.failure[0])):
            states[key] = SourceState(State.FAILED, reader.failure[1])
        if reader.request is not None and (key := _key(reader.request)):
            share, words = reader.progress
            states[key] = SourceState(State.BUSY, words, share)
        self.model.show_states(states)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._missing = self.model.missing()
        self._session.sketchbook.count()
        self._show_states()


def _key(request: Request) -> str:
    """Return the key of the row that is asked for."""
    if request.recipe is not None:
        return key_of(request.recipe.source)
    return str((request.path or Path()).absolute())
