"""GalleryPanel: the samples of an evaluation as tiles, filtered and in an order, with one in detail."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedLayout, QWidget

from nnstudio.data.dataset import Samples
from nnstudio.experiments.evaluation import Evaluation
from nnstudio.ui.prediction.detail_card import DetailCard
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.prediction.gallery_head import GalleryHead
from nnstudio.ui.prediction.gallery_model import GalleryModel
from nnstudio.ui.prediction.gallery_view import GalleryView
from nnstudio.ui.prediction.large_view import LargeView
from nnstudio.ui.prediction.listed import Listed, title_of
from nnstudio.ui.prediction.nines_dialog import NinesDialog
from nnstudio.ui.prediction.other_way import OtherWay
from nnstudio.ui.prediction.sample_filter import ALL, ORDERS, WRONG, SampleFilter, ordered
from nnstudio.ui.prediction.text_filter import TextFilter
from nnstudio.ui.widgets import column, row

_LEAST_PX = 264
_LOW_PX = 560
_ROOM_FOR_OTHER_PX = 600
_MARGIN_PX = 16
_BAR_PX = 8
_ANY_PX = 16777215  # Qt's own word for no maximum


class GalleryPanel(QFrame):
    """Filter, order and chosen sample stay through new results.

    Signals:
        filter_edited(SampleFilter): A person chose other samples.
    """

    filter_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setMinimumWidth(_LEAST_PX)
        self._evaluation: Evaluation | None = None
        self._samples: Samples | None = None
        self._filter = WRONG
        self._order = next(iter(ORDERS))
        self._chosen: int | None = None
        self._text = TextFilter()
        self._large: LargeView | None = None
        self._build()

    def _build(self) -> None:
        self.head = GalleryHead()
        self.model = GalleryModel(self)
        self.view = GalleryView(self.model)
        self.empty = EmptyState()
        self.card = DetailCard()
        self.card.hide()
        self.other = OtherWay()
        self._place = QWidget()
        self._tiles = QStackedLayout(self._place)
        self._tiles.addWidget(self.view)
        self._tiles.addWidget(self.empty)
        self._lay_out()
        self.head.filter_edited.connect(self.filter_edited)
        self.head.order_edited.connect(self._change_order)
        self.view.edited.connect(self._choose)
        self.other.view.edited.connect(self._choose)
        self.empty.pressed.connect(self._show_everything)
        self.head.nines_wanted.connect(self._show_nines)
        self.head.text_edited.connect(self._change_text)
        self.view.opened.connect(self._open_large)
        self.other.view.opened.connect(self._open_other)
        self.card.opened.connect(self._open_chosen)

    def _lay_out(self) -> None:
        for part in (self.head, self.card):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        beside_bar = row(self.card, margins=(0, 0, _BAR_PX, 0))
        layout = column(
            row(self.head, margins=(0, 0, _BAR_PX, 0)), self._place, beside_bar, self.other, space=10
        )
        layout.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX - _BAR_PX, 12)
        layout.setStretch(1, 1)
        layout.setStretch(3, 1)
        layout.addStretch(0)
        self.setLayout(layout)

    @property
    def chosen(self) -> int | None:
        """The sample that is shown in detail."""
        return self._chosen

    def show_evaluation(self, evaluation: Evaluation, samples: Samples, chosen: SampleFilter) -> None:
        """Show new results for ``samples``, those that pass ``chosen``; the place in the list stays."""
        self._evaluation, self._samples, self._filter = evaluation, samples, chosen
        if self._chosen is not None and self._chosen >= len(evaluation.actual):
            self._chosen = None
        self._refresh(keep_place=True)

    def show_filter(self, chosen: SampleFilter) -> None:
        """Show other samples."""
        self._filter = chosen
        self._refresh(keep_place=False)

    def clear(self) -> None:
        """Forget the results."""
        if self._large is not None:
            self._large.close()
        self._evaluation = self._samples = None
        self._choose(None)
        self.model.show_rows(None, None)

    def _refresh(self, keep_place: bool) -> None:
        evaluation, samples = self._evaluation, self._samples
        if evaluation is None or samples is None:
            return
        place = self.view.verticalScrollBar().value() if keep_place else 0
        rows = self._text.rows(self._filter.rows(evaluation), evaluation, samples)
        rows = ordered(rows, evaluation, self._order)
        self.model.show_rows(evaluation, samples, rows)
        self.other.show_rows(evaluation, samples, self._filter, self._order)
        if not any(model.index_of(self._chosen).isValid() for model in (self.model, self.other.model)):
            self._chosen = None  # new results, or another filter: it is listed no more
        self.view.scroll_to(place)
        self._show_head(len(rows))
        self._show_detail()
        self._share_height()
        if self._large is not None:
            self._large.show_listed(self._listed(self.model))

    def _show_head(self, count: int) -> None:
        assert self._evaluation is not None and self._samples is not None
        noun = ("image" if self._samples.images else "sample") + ("" if count == 1 else "s")
        self.head.show_filter(self._filter, self._filter.words(self._evaluation.facts.class_names))
        self.head.show_count(f"{count:,} {noun}")
        if not count:
            sentence = "No image is wrong." if self._filter == WRONG else "No image passes this filter."
            sentence = sentence if self._samples.images else sentence.replace("image", "sample")
            self.empty.show_reason("check" if self._filter == WRONG else "search", sentence, "Show all")
        self.head.nines.setVisible(self._samples.images)
        self._tiles.setCurrentIndex(0 if count else 1)

    def _show_detail(self) -> None:
        evaluation, samples, sample = self._evaluation, self._samples, self._chosen
        if evaluation is not None and samples is not None and sample is not None:
            picture = samples.picture(sample) if samples.images else None
            self.card.show_sample(evaluation, sample, title_of(samples, sample), picture)
        self.card.setVisible(sample is not None and evaluation is not None)
        for view in (self.view, self.other.view):
            view.show_sample(sample)

    def _share_height(self) -> None:
        """Let few tiles take no more room than they need, and the other way round have the rest."""
        width = self.width() - 2 * _MARGIN_PX + _BAR_PX
        few = len(self.model.samples) > 0
        self._place.setMaximumHeight(self.view.height_for(width) if few else _ANY_PX)
        self.other.setVisible(self.other.any and self.height() >= _ROOM_FOR_OTHER_PX)
        self.other.setMaximumHeight(self.other.height_for(width))

    def _choose(self, sample: int | None) -> None:
        self._chosen = sample
        self._show_detail()

    def _change_order(self, order: str) -> None:
        self._order = order
        self._refresh(keep_place=False)

    def _change_text(self, text: str) -> None:
        self._text = TextFilter(text)
        self._refresh(keep_place=False)

    def _listed(self, model: GalleryModel) -> Listed:
        assert self._evaluation is not None and self._samples is not None
        return Listed(self._evaluation, self._samples, model.samples)

    def _open_large(self, sample: int) -> None:
        self._show_large(self.model, sample)

    def _open_other(self, sample: int) -> None:
        self._show_large(self.other.model, sample)

    def _open_chosen(self) -> None:
        if self._chosen is not None:
            listed = self.model.index_of(self._chosen).isValid()
            self._show_large(self.model if listed else self.other.model, self._chosen)

    def _show_large(self, model: GalleryModel, sample: int) -> None:
        large = LargeView(self._listed(model), sample, self.window())
        large.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        large.moved.connect(self._follow_large)
        large.finished.connect(self._forget_large)
        self._large = large if model is self.model else None
        large.open()

    def _follow_large(self, sample: int) -> None:
        """Choose what is shown in large, and keep it in view."""
        self._choose(sample)
        self.view.scrollTo(self.model.index_of(sample))

    def _forget_large(self) -> None:
        self._large = None

    def _show_nines(self) -> None:
        if self._evaluation is not None and self._samples is not None:
            NinesDialog(self._evaluation, self._samples, self.window()).open()

    def _show_everything(self) -> None:
        self.head.clear_text()
        self.filter_edited.emit(ALL)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self.card.show_room(self.width() - 24, self.height() < _LOW_PX)
        self._share_height()
