"""PlaneView: what the network answers on the plane of two inputs, as colours under the samples."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from nnstudio.experiments.ground import Points
from nnstudio.experiments.input_map import InputMap
from nnstudio.session.input_mapper import Look
from nnstudio.ui.training.answer_colors import ground_image
from nnstudio.ui.training.answer_view import AnswerView
from nnstudio.ui.training.answer_words import answer_words, number_words
from nnstudio.ui.training.plot_area import PlotArea
from nnstudio.ui.training.ticks import Range


class PlaneView(AnswerView):
    """Regions of the classes, the paler the less sure; or the fitted surface."""

    square = True

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None

    def prepare(self, look: Look) -> None:
        answer, ground = look.answer, look.ground
        known = isinstance(answer, InputMap)
        self._image = ground_image(answer.answers, ground.facts.classes, ground.values) if known else None  # type: ignore[union-attr]

    def ends(self, look: Look) -> tuple[Range, Range]:
        return look.ground.ranges[0], look.ground.ranges[1]

    def axis_names(self, look: Look) -> tuple[str, str]:
        return look.ground.names[0], look.ground.names[1]

    def point_at(self, points: Points, row: int) -> tuple[float, float]:
        return float(points.x[row, 0]), float(points.x[row, 1])

    def words_at(self, x: float, y: float) -> str:
        if self._look is None:
            return ""
        ground, answer = self._look.ground, self._look.answer
        place = f"{number_words(x)}, {number_words(y)}"
        if not isinstance(answer, InputMap):
            return place
        (left, right), (low, high) = ground.ranges
        rows, columns = answer.answers.shape[:2]
        column = min(int((x - left) / (right - left) * columns), columns - 1)
        row = min(int((high - y) / (high - low) * rows), rows - 1)
        return f"{place}: {answer_words(answer.answers[row, column], ground)}"

    def paint_answer(self, painter: QPainter, area: PlotArea, look: Look) -> None:
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area.box, self._image)
