"""GalleryHead: how many samples the gallery shows, which ones, and in which order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QPushButton, QSizePolicy, QWidget

from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.prediction.sample_filter import ALL, ORDERS, RIGHT, WRONG, SampleFilter
from nnstudio.ui.prediction.text_filter import HELP, HINT
from nnstudio.ui.widgets import Segments, button, column, label, row

CHOICES = {"All wrong": WRONG, "All right": RIGHT, "All": ALL}
_WIDE_PX = 430
_NARROW_PX = 300
_SPACE_PX = 8
_SEARCH_PX = 130
_MOST_CHIP_LETTERS = 24


class GalleryHead(QWidget):
    """Two rows above the tiles.

    Signals:
        filter_edited(SampleFilter): A person chose other samples.
        order_edited(order): A person chose another order.
        text_edited(text): A person typed which samples to show.
        nines_wanted(): A person wants the first nine right and wrong ones.
    """

    filter_edited = Signal(object)
    order_edited = Signal(str)
    text_edited = Signal(str)
    nines_wanted = Signal()

    def __init__(self, title: str = "Gallery", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments = Segments(tuple(CHOICES), "Which samples")
        self.chip = _chip()
        self.order = _order_box()
        self.search = _search_field()
        self.nines = button(
            "", kind="tool", icon_name="image", tip="The first nine right, the first nine wrong"
        )
        self.nines.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.nines.hide()
        self._title = label(title, size="strong")
        self._counts = (label(role="text_2"), label(role="text_2"))  # one is shown, where there is room
        self.setLayout(self._rows())
        self.segments.edited.connect(self._choose)
        self.chip.clicked.connect(self._clear)
        self.order.textActivated.connect(self.order_edited)
        self.search.textChanged.connect(self.text_edited)
        self.nines.clicked.connect(self.nines_wanted)

    @property
    def count_text(self) -> str:
        """How many samples there are, in words."""
        return self._counts[0].text()

    def show_filter(self, chosen: SampleFilter, words: str) -> None:
        """Show which samples are chosen: as a segment, or in ``words`` as a chip."""
        self.segments.show_choice(next((text for text, known in CHOICES.items() if known == chosen), ""))
        self.show_chip(words)

    def show_chip(self, words: str) -> None:
        """Say in ``words`` that only some samples are shown; "" for all."""
        short = words if len(words) <= _MOST_CHIP_LETTERS else words[: _MOST_CHIP_LETTERS - 1] + "…"
        self.chip.setText(f"{short}  ×")
        self.chip.setVisible(bool(words))
        self.chip.setAccessibleName(f"{words}: show all again")
        self.chip.setToolTip(f"{words}\nShow all again")

    def show_choices(self, wanted: bool) -> None:
        """Offer right and wrong ones and an order, or neither where there is no right or wrong."""
        for part in (self.segments, self.order, self.search):
            part.setVisible(wanted)
        self._arrange()

    def show_count(self, text: str) -> None:
        """Show how many samples there are."""
        for count in self._counts:
            count.setText(text)
        self._arrange()

    def clear_text(self) -> None:
        """Forget what a person typed."""
        self.search.clear()

    def _rows(self) -> QBoxLayout:
        beside_title, below = self._counts
        first = row(self._title, beside_title, None, self.segments, space=8)
        ordering = row(self.order, self.nines)
        ordering.setStretch(0, 1)
        self._second = row(self.search, ordering, space=8)
        return column(first, self._second, row(self.chip, below, None), space=8)

    def _choose(self, text: str) -> None:
        self.filter_edited.emit(CHOICES[text])

    def _clear(self) -> None:
        self.filter_edited.emit(ALL)

    def _arrange(self) -> None:
        """Put the count and the order where there is room for them."""
        wide = self.width() >= _WIDE_PX
        self._counts[0].setVisible(wide)
        self._counts[1].setVisible(not wide)
        self._title.setVisible(self.width() >= _NARROW_PX)
        shown = [part for part in (self.search, self.order, self.nines) if not part.isHidden()]
        needed = sum(part.sizeHint().width() + _SPACE_PX for part in shown)
        across = (
            QBoxLayout.Direction.LeftToRight if needed <= self.width() else QBoxLayout.Direction.TopToBottom
        )
        self._second.setDirection(across)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._arrange()


def _chip() -> QPushButton:
    chip = button("", kind="chip", tip="Show all again")
    chip.setVisible(False)
    return chip


def _search_field() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(HINT)
    field.setToolTip(HELP)
    field.setAccessibleName("Filter samples by words")
    field.setClearButtonEnabled(True)
    field.setMinimumSize(_SEARCH_PX, 28)
    return field


def _order_box() -> QComboBox:
    box = ChoiceBox()
    box.addItems(list(ORDERS))
    box.setMinimumHeight(28)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setAccessibleName("Order")
    box.setToolTip("In which order the gallery stands")
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box
