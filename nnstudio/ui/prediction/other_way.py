"""OtherWay: the samples that were confused the other way round: 9 read as 4 beside 4 read as 9."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.gallery_model import GalleryModel
from nnstudio.ui.prediction.gallery_view import GalleryView
from nnstudio.ui.prediction.sample_filter import SampleFilter, ordered
from nnstudio.ui.widgets import column, label, row

_HEAD_PX = 30


class OtherWay(QWidget):
    """A second gallery; empty unless the filter is one class read as another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GalleryModel(self)
        self.view = GalleryView(self.model)
        self.view.setAccessibleName("Gallery, the other way round")
        self._words = label(role="text_2")
        head = row(label("The other way round", size="strong"), self._words, None)
        self.setLayout(column(head, self.view, space=8))

    @property
    def any(self) -> bool:
        """Whether there are such samples."""
        return bool(len(self.model.samples))

    def show_rows(self, evaluation: Evaluation, samples: Samples, chosen: SampleFilter, order: str) -> None:
        """Show the samples of the filter opposite to ``chosen``."""
        opposite = chosen.turned_round()
        if opposite is None:
            self.model.show_rows(None, None)
            return
        rows = ordered(opposite.rows(evaluation), evaluation, order)
        self.model.show_rows(evaluation, samples, rows)
        noun = ("image" if samples.images else "sample") + ("" if len(rows) == 1 else "s")
        self._words.setText(f"{opposite.words(evaluation.facts.class_names)}, {len(rows):,} {noun}")

    def height_for(self, width: int) -> int:
        """Return the height that shows all tiles in a view of ``width``."""
        return self.view.height_for(width) + _HEAD_PX
