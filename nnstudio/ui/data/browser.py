"""Browser: the samples themselves, by part and class, in the middle of the tab."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSlider, QStackedWidget, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.ui.data.class_filter import ClassFilter
from nnstudio.ui.data.parts import PART_NAMES, TRAINING, VALIDATION, Part, parts_of, subtitle
from nnstudio.ui.data.rows_view import RowsView
from nnstudio.ui.data.thumbnail_view import ThumbnailView
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.widgets import Segments, column, label, row

_LEAST_SIDE_PX, _SIDE_PX, _MOST_SIDE_PX = 32, 48, 112
_SIDES_PX = 40
_SLIDER_PX = 120


class Browser(QFrame):
    """Shows a data set; which part and which class is its own business, and no edit.

    Signals:
        open_wanted(): There are no data at all, and a person wants to open some.
        part_chosen(part): Another `Part` is shown, or the same one of other data.
    """

    open_wanted = Signal()
    part_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self._parts: dict[str, Part] = {}
        self._class: int | None = None
        self._name = self._missing = ""
        self._title = label(size="title")
        self._subtitle = label(role="text_2")
        self.classes = ClassFilter()
        self.segments = Segments(PART_NAMES, "Part of the data")
        self.thumbnails = ThumbnailView()
        self.rows = RowsView()
        self.empty = EmptyState()
        self.empty.setProperty("ground", "window")
        self.status = label(role="text_2")
        self.size_slider = _size_slider()
        self._views = QStackedWidget()
        for view in (self.thumbnails, self.rows, self.empty):
            self._views.addWidget(view)
        self._lay_out()
        self._connect()

    @property
    def part(self) -> Part:
        """What is shown."""
        return self._parts[self.segments.choice]

    @property
    def title(self) -> str:
        """The name of the data; cut where there is too little room."""
        return self._name

    def show_dataset(self, dataset: Dataset, validation_split: float) -> None:
        """Show a data set; part and class stay chosen where it has them."""
        self._name = dataset.name
        self._missing = "" if len(dataset.training) else dataset.notes or "These data have no samples."
        self._title.setToolTip(dataset.name)
        self._subtitle.setText(subtitle(dataset))
        self._parts = parts_of(dataset, validation_split)
        if self._class is not None and self._class >= len(dataset.class_names):
            self._class = None
        self.classes.show_classes(dataset.class_names, self._class)
        self._fit()
        self._show_part(self.segments.choice)

    @property
    def parts(self) -> dict[str, Part]:
        """The three parts of the data by name."""
        return self._parts

    def _lay_out(self) -> None:
        self._filters = row(self.classes, None, self.segments, space=8)
        self._size_words = label("Thumbnail size", role="text_2")
        self._size_words.setBuddy(self.size_slider)
        foot = row(self.status, None, self._size_words, self.size_slider, space=10)
        heading = column(self._title, self._subtitle, space=3)
        self.setLayout(column(heading, self._filters, self._views, foot, space=12, margins=(20, 14, 20, 12)))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    def _connect(self) -> None:
        self.classes.edited.connect(self._show_class)
        self.segments.edited.connect(self._show_part)
        self.thumbnails.chosen.connect(self._tell)
        self.rows.chosen.connect(self._tell)
        self.size_slider.valueChanged.connect(self.thumbnails.show_side)
        self.empty.pressed.connect(self._go_on)

    def _show_class(self, of_class: int | None) -> None:
        self._class = of_class
        self._show_samples()

    def _go_on(self) -> None:
        if self._missing:
            self.open_wanted.emit()
        else:
            self._show_training()

    def _show_training(self) -> None:
        self._class = None
        self.classes.show_classes(self.part.class_names, None)
        self.segments.show_choice(TRAINING)
        self._show_part(TRAINING)

    def _show_part(self, name: str) -> None:
        self._show_samples()
        self.part_chosen.emit(self._parts[name])

    def _show_samples(self) -> None:
        images = self.part.samples.images
        view: ThumbnailView | RowsView = self.thumbnails if images else self.rows
        view.show_part(self.part, self._class)
        count = view.model().rowCount()
        if not count:
            self._show_nothing()
        self._views.setCurrentWidget(view if count else self.empty)
        for widget in (self._size_words, self.size_slider):
            widget.setVisible(images and bool(count))
        self._tell("")

    def _show_nothing(self) -> None:
        if self._missing:
            self.empty.show_reason("data", self._missing, "Open data …")
            return
        if self.part.name == VALIDATION and not len(self.part.samples):
            reason = "No sample validates: the validation split of the training plan is 0."
        else:
            reason = "There is no such sample in this part."
        self.empty.show_reason("image", reason, "Show all that train")

    def _tell(self, words: str) -> None:
        """Say which sample is chosen, or how many there are."""
        count = (self.thumbnails if self.part.samples.images else self.rows).model().rowCount()
        noun = self.part.noun if count == 1 else f"{self.part.noun}s"
        of = "" if self._class is None else f" of class {self.part.class_names[self._class]}"
        self.status.setText(words or f"{count:,} {self.part.name.lower()} {noun}{of}")

    def _fit(self) -> None:
        """Cut a long name; put the parts below the classes where both do not fit beside each other."""
        room = self.width() - _SIDES_PX
        self._title.ensurePolished()
        metrics = self._title.fontMetrics()
        self._title.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room))
        wide = self.classes.sizeHint().width() + self.segments.sizeHint().width() + 8
        beside = room >= wide
        directions = QBoxLayout.Direction
        self._filters.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()


def _size_slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(_LEAST_SIDE_PX, _MOST_SIDE_PX)
    slider.setValue(_SIDE_PX)
    slider.setPageStep(16)
    slider.setFixedWidth(_SLIDER_PX)
    slider.setAccessibleName("Thumbnail size")
    slider.setToolTip("How large the images are shown")
    return slider
