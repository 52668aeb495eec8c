"""Browser: the samples themselves, by part, class and values, in the middle of the tab."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from nnstudio.data.arrays import IntArray
from nnstudio.data.dataset import Dataset
from nnstudio.data.selection import Order, Selection
from nnstudio.data.sheet import Sheet
from nnstudio.session.jobs import Jobs
from nnstudio.ui.data.browser_foot import BrowserFoot
from nnstudio.ui.data.browser_head import BrowserHead
from nnstudio.ui.data.browser_words import count_words, nothing_words, sheet_choices
from nnstudio.ui.data.parts import TRAINING, Part, parts_of, subtitle
from nnstudio.ui.data.row_copier import RowCopier
from nnstudio.ui.data.row_finder import RowFinder
from nnstudio.ui.data.rows_view import RowsView
from nnstudio.ui.data.shown_rows import ShownRows
from nnstudio.ui.data.subset import Subset
from nnstudio.ui.data.thumbnail_view import ThumbnailView
from nnstudio.ui.prediction.empty_state import EmptyState
from nnstudio.ui.widgets import column

_LOOKING = "Looking through the rows …"


class Browser(QFrame):
    """Shows a data set; which samples of it and in which order is its own business, and no edit.

    Signals:
        open_wanted(): There are no data at all, and a person wants to open some.
        part_chosen(part): Another `Part` is shown, or the same one of other data.
        column_chosen(sheet, index): A person looks at a column.
    """

    open_wanted = Signal()
    part_chosen = Signal(object)
    column_chosen = Signal(object, int)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "window")
        self._parts: dict[str, Part] = {}
        self._class: int | None = None
        self._order: Order | None = None
        self._subset: Subset | None = None
        self._missing = ""
        self._finder = RowFinder(jobs, self)
        self._copier = RowCopier(jobs, self)
        self.head = BrowserHead()
        self.classes, self.segments, self.filter = self.head.classes, self.head.segments, self.head.filter
        self.thumbnails = ThumbnailView()
        self.rows = RowsView()
        self.empty = EmptyState()
        self.empty.setProperty("ground", "window")
        self.foot = BrowserFoot()
        self.status, self.seen, self.size_slider = self.foot.status, self.foot.seen, self.foot.size_slider
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
    def parts(self) -> dict[str, Part]:
        """The three parts of the data by name."""
        return self._parts

    @property
    def title(self) -> str:
        """The name of the data; cut where there is too little room."""
        return self.head.name

    @property
    def sheet(self) -> Sheet:
        """What is shown as rows and columns."""
        return self.part.sheet(scaled=self.seen.choice == sheet_choices(None)[1])

    def show_dataset(self, dataset: Dataset, validation_split: float) -> None:
        """Show a data set; part, class and filter stay chosen where it has them."""
        self._missing = "" if len(dataset.training) else dataset.notes or "These data have no samples."
        self._parts = parts_of(dataset, validation_split)
        if self._class is not None and self._class >= len(dataset.class_names):
            self._class = None
        self._subset = None
        self.classes.show_classes(dataset.class_names, self._class)
        self.seen.setToolTip(sheet_choices(dataset)[0])
        self.head.show_name(dataset.name, subtitle(dataset))
        self._show_part(self.segments.choice)

    def show_subset(self, subset: Subset | None) -> None:
        """Show only what was found, in its order, in all classes; None shows everything again."""
        self._subset, self._class, self._order = subset, None, None
        self.filter.clear()
        self.classes.show_classes(self.part.class_names, None)
        if subset is not None and not len(subset.rows.get(self.part.name, ())):
            with_some = [name for name, rows in subset.rows.items() if len(rows)]
            self.segments.show_choice(with_some[0] if with_some else TRAINING)
            self.part_chosen.emit(self.part)
        self._find()

    def _lay_out(self) -> None:
        self.setLayout(column(self.head, self._views, self.foot, space=12, margins=(20, 14, 20, 12)))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def _connect(self) -> None:
        self.classes.edited.connect(self._show_class)
        self.segments.edited.connect(self._show_part)
        self.filter.edited.connect(self._find)
        self.seen.edited.connect(self._find)
        self.head.freed.connect(self._free)
        self._finder.found.connect(self._show_rows)
        self.thumbnails.chosen.connect(self._tell)
        self.rows.chosen.connect(self._tell)
        self.rows.copy_asked.connect(self._copier.copy)
        self._copier.copied.connect(self._tell)
        self.rows.ordered.connect(self._show_order)
        self.rows.column_chosen.connect(self._tell_column)
        self.size_slider.valueChanged.connect(self.thumbnails.show_side)
        self.empty.pressed.connect(self._go_on)

    def _show_class(self, of_class: int | None) -> None:
        self._class = of_class
        self._find()

    def _show_order(self, order: Order | None) -> None:
        self._order = order
        self._find()

    def _free(self) -> None:
        self.show_subset(None)

    def _go_on(self) -> None:
        if self._missing:
            self.open_wanted.emit()
        else:
            self.segments.show_choice(TRAINING)
            self.show_subset(None)
            self.part_chosen.emit(self.part)

    def _show_part(self, name: str) -> None:
        self._find()
        self.part_chosen.emit(self._parts[name])

    def _find(self) -> None:
        """Look for the samples to show."""
        sheet = self.sheet
        self.filter.show_sheet(sheet)
        self.head.show_subset("" if self._subset is None else self._subset.title)
        among = None if self._subset is None else self._subset.rows.get(self.part.name)
        selection = Selection(self._class, self.filter.conditions, self._order)
        self._sheet = sheet
        if self._finder.find(sheet, selection, among):
            self.status.setText(_LOOKING)

    def _show_rows(self, rows: IntArray) -> None:
        images, part = self.part.samples.images, self.part
        view: ThumbnailView | RowsView = self.thumbnails if images else self.rows
        view.show_rows(ShownRows(part, self._sheet, rows, self._order, self._subset))
        if not len(rows):
            self.empty.show_reason(*nothing_words(part, self._missing, self._filters))
        self._views.setCurrentWidget(view if len(rows) else self.empty)
        self.foot.show_kind(images and len(rows) > 0, not images and not self._missing)
        self._tell("")

    @property
    def _filters(self) -> bool:
        return bool(self.filter.conditions) or self._subset is not None

    def _tell(self, words: str) -> None:
        """Say which sample is chosen, or how many there are."""
        view = self.thumbnails if self.part.samples.images else self.rows
        self.status.setText(words or count_words(self.part, view.model().rowCount(), self._class))

    def _tell_column(self, index: int) -> None:
        self.column_chosen.emit(self._sheet, index)
