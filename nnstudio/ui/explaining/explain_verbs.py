"""ExplainVerbs: what a person can have explained on the Prediction tab, and the window that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QMenu

from nnstudio.data.arrays import IntArray
from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.experiments.explaining.explanation import Subject
from nnstudio.session.session import Session
from nnstudio.ui.explaining.cell_page import CellSubject
from nnstudio.ui.explaining.explain_dialog import ExplainDialog
from nnstudio.ui.explaining.subjects import drawing_of, row_of, subject_of

if TYPE_CHECKING:
    from nnstudio.ui.prediction.confusion_matrix import ConfusionMatrix
    from nnstudio.ui.prediction.prediction_tab import PredictionTab

EXPLAIN = "Explain …"
_NO_NETWORK = "the model has a problem"
_NO_RESULTS = "nothing is predicted yet"


class ExplainVerbs(QObject):
    """Its `parent()` is the tab; there is one window, which is made when it is first wanted.

    Signals:
        changed(): What can be explained may be something else now.
    """

    changed = Signal()

    def __init__(self, session: Session, tab: PredictionTab) -> None:
        super().__init__(tab)
        self._session = session
        self._dialog: ExplainDialog | None = None
        tab.gallery.card.explain.clicked.connect(self.explain_chosen)
        tab.matrix.explain.clicked.connect(self.explain_cell)
        tab.pad.guess.explain.clicked.connect(self.explain_drawing)
        tab.row.explain.clicked.connect(self.explain_row)
        for place, menu in ((tab.gallery.view, self._tile_menu), (tab.matrix.matrix, self._cell_menu)):
            place.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            place.customContextMenuRequested.connect(menu)
        for told in (session.evaluated, session.dataset_changed, session.weights_changed):
            told.connect(self.changed)

    @property
    def dialog(self) -> ExplainDialog:
        """The window."""
        if self._dialog is None:
            self._dialog = ExplainDialog(self._session, self._tab.window())
        return self._dialog

    @property
    def obstacle(self) -> str:
        """Why nothing can be explained; "" where something can."""
        if self._session.snapshot is None:
            return _NO_NETWORK
        return _NO_RESULTS if self._session.evaluation is None else ""

    def explain_shown(self) -> None:
        """Explain what is chosen: an image, a row, a cell of the matrix, or else the first one listed."""
        tab = self._tab
        if self.obstacle:
            self._session.told.emit(f"There is nothing to explain: {self.obstacle}.")
        elif not self._session.dataset.training.images:
            self.explain_row()
        elif not self._session.dataset.facts.is_classes:
            self._explain(self._listed)
        elif tab.gallery.chosen is None and tab.filter.place is not None:
            self.explain_cell()
        elif tab.gallery.chosen is None and len(tab.gallery.model.samples):
            self._explain(int(tab.gallery.model.samples[0]))
        else:
            self.explain_chosen()

    def explain_chosen(self) -> None:
        """Explain the image that is shown in detail."""
        sample = self._tab.gallery.chosen
        if sample is not None:
            self._explain(sample)

    def explain_cell(self) -> None:
        """Explain what the samples have in common that the matrix lets through."""
        evaluation, samples = self._tab.evaluation, self._samples
        if evaluation is not None and samples is not None:
            self._explain_rows(evaluation, samples, self._tab.filter.rows(evaluation))

    def _explain_rows(self, evaluation: Evaluation, samples: Samples, rows: IntArray) -> None:
        if not len(rows):
            self._session.told.emit("There are no samples in this place of the matrix. Choose another cell.")
            return
        self.dialog.begin(CellSubject.of(evaluation, samples, rows))

    def explain_drawing(self) -> None:
        """Explain what the network makes of the drawing, or of the picture in its place."""
        picture = self._tab.pad.seen.picture
        subject = None if picture is None else drawing_of(picture, self._session.dataset)
        self._begin(subject, "Draw something first, or open a picture.")

    def explain_row(self) -> None:
        """Explain what the network makes of the row that is tried."""
        tab = self._tab
        self._begin(row_of(tab.row, self._session.dataset), "There is no row yet that could be explained.")

    def _explain(self, sample: int) -> None:
        samples = self._samples
        if samples is not None and sample < len(samples):
            classes = self._session.dataset.facts.is_classes
            self._begin(subject_of(samples, sample, "", classes), "")

    def _begin(self, subject: Subject | None, otherwise: str) -> None:
        if subject is None:
            self._session.told.emit(otherwise)
            return
        self.dialog.begin(subject)

    @property
    def _tab(self) -> PredictionTab:
        return self.parent()  # type: ignore[return-value]

    @property
    def _samples(self) -> Samples | None:
        """The samples that the evaluation is of."""
        looked = self._session.looked
        return None if looked is None else looked.samples

    @property
    def _listed(self) -> int:
        """The sample that is chosen in the table, or the first one there."""
        table, rows = self._tab.samples.table, self._tab.samples.shown.rows
        return int(rows[max(table.currentIndex().row(), 0)]) if len(rows) else 0

    def _tile_menu(self, place: QPoint) -> None:
        view = self._tab.gallery.view
        index = view.indexAt(place)
        if index.isValid():
            view.setCurrentIndex(index)
            menu = self._menu()
            menu.triggered.connect(self.explain_chosen)
            menu.popup(view.viewport().mapToGlobal(place))

    def _cell_menu(self, place: QPoint) -> None:
        matrix, evaluation = self._tab.matrix.matrix, self._tab.evaluation
        cell = None if evaluation is None else _cell_at(matrix, place, evaluation.facts.classes)
        if cell is not None:
            menu = self._menu()
            menu.setProperty("cell", list(cell))
            menu.triggered.connect(self._explain_place)
            menu.popup(matrix.mapToGlobal(place))

    def _explain_place(self) -> None:
        evaluation, samples = self._tab.evaluation, self._samples
        menu = self.sender()
        row, column = menu.property("cell") if isinstance(menu, QMenu) else (-1, -1)
        if evaluation is not None and samples is not None:
            within = (evaluation.actual_classes == row) | (row < 0)
            within &= (evaluation.predicted == column) | (column < 0)
            self._explain_rows(evaluation, samples, np.flatnonzero(within))

    def _menu(self) -> QMenu:
        menu = QMenu(self._tab)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(EXPLAIN)
        return menu


def _cell_at(matrix: ConfusionMatrix, point: QPoint, classes: int) -> tuple[int, int] | None:
    """Return the row and the column of the matrix at a point, -1 for the names; None beside them."""
    rows = [row for row in range(-1, classes) if _spans(matrix.rect_of(row, 0), point.y(), down=True)]
    columns = [one for one in range(-1, classes) if _spans(matrix.rect_of(0, one), point.x(), down=False)]
    return (rows[0], columns[0]) if rows and columns else None


def _spans(rect: QRect, at: int, *, down: bool) -> bool:
    return rect.top() <= at <= rect.bottom() if down else rect.left() <= at <= rect.right()
