"""MatrixPanel: the confusion matrix with its title and the choice of what its cells say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from nnstudio.experiments.class_table import class_table, matrix_rows
from nnstudio.experiments.confusion import Confusion
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.class_panel import ClassPanel
from nnstudio.ui.prediction.confusion_matrix import ConfusionMatrix
from nnstudio.ui.prediction.keep_menu import Keepable, KeepMenu
from nnstudio.ui.prediction.matrix_area import MatrixArea
from nnstudio.ui.prediction.matrix_face import COUNTS, MODES, MatrixFace
from nnstudio.ui.prediction.matrix_picture import matrix_image, matrix_svg
from nnstudio.ui.prediction.matrix_readout import MatrixReadout
from nnstudio.ui.prediction.sample_filter import SampleFilter
from nnstudio.ui.prediction.threshold_panel import ThresholdPanel
from nnstudio.ui.widgets import Segments, button, column, row

MATRIX, CLASSES = "Matrix", "Classes"
_EXPLAIN = "Explain what the chosen samples have in common …"
_LEAST_PX = 400
_AROUND_PX = 72
_HEAD_PX, _LEAST_AREA_PX = 84, 120
_ANY_PX = 16_777_215


class MatrixPanel(Keepable):
    """The choice of what cells say is its own; the signals are those of `matrix`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST_PX)
        self._confusion: Confusion | None = None
        self.matrix = ConfusionMatrix()
        self.modes = Segments(MODES, "What the cells say")
        self.area = MatrixArea(self.matrix)
        self.readout = MatrixReadout(self.area)
        self.readout.setContentsMargins(0, 0, 16, 0)
        self.views = Segments((MATRIX, CLASSES), "How the results are shown")
        self.classes = ClassPanel()
        self.classes.setContentsMargins(0, 0, 16, 8)
        self.keep = KeepMenu(self)
        self.explain = button("", kind="small", icon_name="bulb", tip=_EXPLAIN)
        self._pages = QStackedWidget()
        self.threshold = ThresholdPanel()
        self.threshold.setContentsMargins(0, 0, 16, 8)
        self.threshold.hide()
        page = QWidget()
        page.setLayout(column(self.area, self.readout, self.threshold, space=8))
        for one in (page, self.classes):
            self._pages.addWidget(one)
        self._head = row(row(self.views, self.keep, self.explain, None), row(None, self.modes), space=8)
        self._head.setContentsMargins(0, 0, 16, 0)
        self.setLayout(column(self._head, self._pages, space=10, margins=(16, 12, 0, 8)))
        self.views.edited.connect(self._show_view)
        self.modes.edited.connect(self.matrix.show_mode)
        self.matrix.hovered.connect(self.readout.show_hovered)

    def show_evaluation(self, evaluation: Evaluation, noun: str) -> None:
        """Show other results; ``noun`` is what the samples are. Two classes have a threshold as well."""
        confusion = Confusion(evaluation.confusion, evaluation.facts.class_names, noun)
        if self._confusion is not None and len(self._confusion.counts) != len(confusion.counts):
            self.area.show_fitting()
        self.matrix.show_confusion(confusion)
        self.classes.show_confusion(confusion)
        self._confusion = confusion
        two = evaluation.facts.classes == 2
        self.threshold.setVisible(two)
        if two:
            self.threshold.show_evaluation(evaluation)
        self._share_height()

    def show_filter(self, chosen: SampleFilter, words: str) -> None:
        """Frame what a filter stands for, and say it in ``words``."""
        self.matrix.show_filter(chosen)
        self.readout.show_chosen(words)

    @property
    def file_name(self) -> str:  # type: ignore[override]
        """What a file is called unless a person says otherwise."""
        return "confusion matrix" if self.views.choice == MATRIX else "classes"

    def picture(self) -> QImage:
        """Return the matrix as an image."""
        return matrix_image(self._face, self.font())

    def drawing(self) -> bytes:
        """Return the matrix as the content of an SVG file."""
        return matrix_svg(self._face, self.font())

    def rows(self) -> Sequence[Sequence[str]]:
        """Return what is shown as a table: the matrix as its cells say it, or the scores of the classes."""
        face = self._face
        if self.views.choice != MATRIX:
            return class_table(face.confusion).rows()
        return matrix_rows(face.confusion.names, face.counts if face.mode == COUNTS else face.shares)

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """What stands in the head."""
        return self.views, self.modes, self.keep, self.explain

    @property
    def _face(self) -> MatrixFace:
        assert self._confusion is not None  # else there is no menu to ask with
        return MatrixFace(self._confusion, self.modes.choice)

    def _show_view(self, view: str) -> None:
        self._pages.setCurrentIndex(view != MATRIX)
        self.modes.setVisible(view == MATRIX)

    def _share_height(self) -> None:
        """Give the matrix of two classes what it needs, as far as the curves below keep their least."""
        two, needed = not self.threshold.isHidden(), self.matrix.minimumHeight()
        room = self.height() - self.threshold.minimumSizeHint().height() - _HEAD_PX
        self.area.setMaximumHeight(needed if two else _ANY_PX)
        self.area.setMinimumHeight(max(min(needed, room), _LEAST_AREA_PX) if two else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        needed = sum(part.sizeHint().width() for part in self._parts) + _AROUND_PX
        across = self.width() > needed
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        )
        self._share_height()
