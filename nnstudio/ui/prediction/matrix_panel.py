"""MatrixPanel: the confusion matrix with its title and the choice of what its cells say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from nnstudio.experiments.confusion import Confusion
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.confusion_matrix import ConfusionMatrix
from nnstudio.ui.prediction.matrix_face import MODES
from nnstudio.ui.prediction.matrix_geometry import Place
from nnstudio.ui.prediction.threshold_panel import ThresholdPanel
from nnstudio.ui.widgets import Segments, column, label, row, scrolled

_LEAST_PX = 400
_MARGIN_PX = 40
_HEAD_PX, _LEAST_AREA_PX = 84, 120
_ANY_PX = 16_777_215


class MatrixPanel(QFrame):
    """The choice of what cells say is its own; the signals are those of `matrix`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(_LEAST_PX)
        self.matrix = ConfusionMatrix()
        self.modes = Segments(MODES, "What the cells say")
        self._area = scrolled(self.matrix)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.viewport().setAutoFillBackground(False)
        self.matrix.setAutoFillBackground(False)
        self._title = label("Confusion matrix", size="strong")
        self.threshold = ThresholdPanel()
        self.threshold.setContentsMargins(0, 0, 16, 8)
        self.threshold.hide()
        head = row(self._title, None, self.modes)
        head.setContentsMargins(0, 0, 16, 0)
        self.setLayout(column(head, self._area, self.threshold, space=10, margins=(16, 12, 0, 8)))
        self.modes.edited.connect(self.matrix.show_mode)
        self.matrix.moved.connect(self._keep_in_view)

    def show_evaluation(self, evaluation: Evaluation, noun: str) -> None:
        """Show other results; ``noun`` is what the samples are. Two classes have a threshold as well."""
        self.matrix.show_confusion(Confusion(evaluation.confusion, evaluation.facts.class_names, noun))
        two = evaluation.facts.classes == 2
        self.threshold.setVisible(two)
        if two:
            self.threshold.show_evaluation(evaluation)
        self._share_height()

    def _share_height(self) -> None:
        """Give the matrix of two classes what it needs, as far as the curves below keep their least."""
        two, needed = not self.threshold.isHidden(), self.matrix.minimumHeight()
        room = self.height() - self.threshold.minimumSizeHint().height() - _HEAD_PX
        self._area.setMaximumHeight(needed if two else _ANY_PX)
        self._area.setMinimumHeight(max(min(needed, room), _LEAST_AREA_PX) if two else 0)

    def _keep_in_view(self, place: Place) -> None:
        centre = self.matrix.rect_of(*place).center()
        self._area.ensureVisible(centre.x(), centre.y(), _MARGIN_PX, _MARGIN_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        needed = self._title.sizeHint().width() + self.modes.sizeHint().width() + _MARGIN_PX
        self._title.setVisible(self.width() > needed)
        self._share_height()
