"""NearView: the samples that train which are nearest to one sample; a click explains one of them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.data.value_sheet import ValueSheet
from nnstudio.experiments.explaining.explanation import value_words
from nnstudio.session.explain_desk import NeighbourLook
from nnstudio.ui.explaining.rows_model import WordRows
from nnstudio.ui.explaining.sample_tiles import SampleTiles, Tile
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import Segments, column, label, row

VALUES, HIDDEN = "By its values", "As the network sees it"
_NOT_HIDDEN = "This network has no hidden layer, so it sees nothing but the values themselves."
_MOST_COLUMNS = 12
_TABLE_PX = 150


class NearView(QWidget):
    """Compared by values, or by what the last hidden layer makes of them.

    Signals:
        way_edited(by_hidden): A person wants the other comparison.
        chosen(row): A person wants a sample that trains explained.
    """

    way_edited = Signal(bool)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: NeighbourLook | None = None
        self.segments = Segments((VALUES, HIDDEN), "How samples are compared")
        self.words = label(role="text_2", size="small", wrap=True)
        self.tiles = SampleTiles("The nearest training samples")
        self.rows = WordRows()
        self.table = TextTable(self.rows, "The nearest training samples")
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(_TABLE_PX)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tiles)
        self._pages.addWidget(self.table)
        head = row(label("Nearest training samples", size="strong"), None)
        self.setLayout(column(head, row(self.segments, None), self._pages, self.words, space=8))
        self.segments.edited.connect(self._change)
        self.tiles.chosen.connect(self._choose)
        self.table.clicked.connect(self._choose_row)
        self.table.activated.connect(self._choose_row)

    @property
    def by_hidden(self) -> bool:
        """Whether samples are compared by the last hidden layer."""
        return self.segments.choice == HIDDEN

    def show_look(self, look: NeighbourLook, dataset: Dataset) -> None:
        """Show other neighbours."""
        self._look = look
        pictures = look.samples.images
        self._pages.setCurrentIndex(0 if pictures else 1)
        self._pages.setVisible(look.neighbours is not None)
        self.words.setText(_words(look))
        if look.neighbours is None:
            return
        if pictures:
            self.tiles.show_tiles(_tiles(look, dataset), look.samples.inked)
        else:
            self.rows.show_rows(*_rows(look, dataset))
            self.table.fit_columns()

    def clear(self) -> None:
        """Forget what was found."""
        self._look = None
        self.tiles.show_tiles((), True)
        self.rows.show_rows((), ())
        self.words.setText("")

    def _change(self, choice: str) -> None:
        self.way_edited.emit(choice == HIDDEN)

    def _choose(self, place: int) -> None:
        if self._look is not None and self._look.neighbours is not None:
            self.chosen.emit(int(self._look.neighbours.rows[place]))

    def _choose_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._choose(index.row())


def _words(look: NeighbourLook) -> str:
    if look.neighbours is None:
        return _NOT_HIDDEN
    compared, every = look.neighbours.compared, len(look.samples)
    many = f"all {every:,}" if compared == every else f"{compared:,} of {every:,}, evenly spread,"
    return f"Nearest first; {many} training samples were compared."


def _tiles(look: NeighbourLook, dataset: Dataset) -> list[Tile]:
    assert look.neighbours is not None
    found = []
    for place, sample in enumerate(map(int, look.neighbours.rows)):
        actual, read, wrong = answer_words(look, dataset, place)
        tip = f"Training sample {sample:,}: {actual}, {read}. A click explains it."
        found.append(Tile(look.samples.picture(sample), actual, read, wrong, tip))
    return found


def answer_words(look: NeighbourLook, dataset: Dataset, place: int) -> tuple[str, str, bool]:
    """Return what a neighbour is, what it is read as, and whether that is wrong."""
    assert look.neighbours is not None and look.predicted is not None
    y, predicted = look.samples.y[look.neighbours.rows[place]], look.predicted[place]
    if not dataset.facts.is_classes:
        actual = ", ".join(value_words(float(value)) for value in y.reshape(-1))
        return actual, ", ".join(value_words(float(value)) for value in predicted.reshape(-1)), False
    names = dataset.class_names
    return names[int(y)], f"read as {names[int(predicted)]}", int(y) != int(predicted)


def _rows(look: NeighbourLook, dataset: Dataset) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table: what it is, what is said, how far away, and its values."""
    assert look.neighbours is not None
    sheet = ValueSheet(dataset, look.samples)
    columns = [i for i, field in enumerate(sheet.fields) if not field.is_target][:_MOST_COLUMNS]
    head = ["Actual", "Predicted", "Distance", *(sheet.fields[i].name for i in columns)]
    rows = []
    for place, sample in enumerate(map(int, look.neighbours.rows)):
        actual, read, _ = answer_words(look, dataset, place)
        far = value_words(float(f"{look.neighbours.distances[place]:.3g}"))
        rows.append([actual, read.removeprefix("read as "), far, *(sheet.cell(sample, i) for i in columns)])
    return head, rows
