"""LargeView: one sample in large, with all that the network says of it, and the way to the next ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.prediction.bars import PITCH_PX, Bars
from nnstudio.ui.prediction.fields_model import FieldsModel
from nnstudio.ui.prediction.large_keys import HELP, STEPS
from nnstudio.ui.prediction.listed import Listed
from nnstudio.ui.prediction.picture_view import PictureView
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import Segments, button, column, label, row, scrolled

_PICTURE_PX = 392  # fourteen times an image of MNIST
_SIZE_PX = (860, 520)
_LEAST_WORDS_PX = 300
_BAR_PX = 14  # kept free for the scroll bar
BY_SHARE, IN_ORDER = "Highest first", "In order"


class LargeView(QDialog):
    """Goes through the samples of a list; a picture beside its bars, or the values of a row.

    Signals:
        moved(sample): A person went to another sample.
    """

    moved = Signal(int)

    def __init__(self, listed: Listed, sample: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sample in large")
        self.setAccessibleDescription(HELP)
        self._listed, self._place = listed, listed.place(sample)
        self._build()
        self._connect()
        self._show()
        self.resize(*_SIZE_PX)

    def _build(self) -> None:
        self.picture = PictureView("the picture as the network sees it", _PICTURE_PX)
        self.fields = FieldsModel()
        self.table = TextTable(self.fields, "Values of the row")
        self.table.verticalHeader().hide()
        self.table.setMinimumWidth(_LEAST_WORDS_PX)
        self.title = cut_label(size="strong")
        self.words = label(wrap=True)
        self.loss = label(role="text_2", size="small")
        self.order = Segments((BY_SHARE, IN_ORDER), "Order of the classes")
        self.bars = Bars("How probable each class is")
        self.before = button("Previous", tip="Previous sample (left)")
        self.after = button("Next", tip="Next sample (right)")
        self.count = label(role="text_2")
        self.close_button = button("Close", tip="Close (Esc)")
        body = QWidget()
        body.setLayout(column(self.bars, None, margins=(0, 0, _BAR_PX, 0)))
        self._area = scrolled(body)
        for ground in (self._area.viewport(), body):
            ground.setAutoFillBackground(False)
        self.setLayout(self._laid_out())

    def _laid_out(self) -> QVBoxLayout:
        head = column(self.title, self.words, self.loss, space=4)
        words = QWidget()
        words.setMinimumWidth(_LEAST_WORDS_PX)
        words.setLayout(column(head, row(self.order, None), self._area, space=12))
        upper = row(self.picture, self.table, words, space=20)
        upper.setStretch(1, 1)
        upper.setStretch(2, 1)
        upper.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        foot = row(self.before, self.after, self.count, None, self.close_button, space=8)
        layout = column(upper, foot, space=16, margins=(20, 16, 20, 16))
        layout.setStretch(0, 1)
        return layout

    def _connect(self) -> None:
        self.before.clicked.connect(self._go_back)
        self.after.clicked.connect(self._go_on)
        self.order.edited.connect(self._show_bars)
        self.close_button.clicked.connect(self.accept)
        # The keys go through samples wherever the focus is; buttons and tables would keep them.
        for part in (self, *self.findChildren(QWidget)):
            part.installEventFilter(self)

    @property
    def sample(self) -> int:
        """Which sample is shown."""
        return int(self._listed.rows[self._place])

    def show_listed(self, listed: Listed) -> None:
        """Go on with other results; the sample stays where it is still among them."""
        if not len(listed.rows):
            return
        sample, self._listed = self.sample, listed
        self._place = listed.place(sample)
        self._show()

    def go(self, steps: int) -> None:
        """Go on by so many samples, or back, as far as there are any."""
        place = min(max(self._place + steps, 0), len(self._listed.rows) - 1)
        if place != self._place:
            self._place = place
            self._show()
            self.moved.emit(self.sample)

    def _show(self) -> None:
        listed, sample = self._listed, self.sample
        picture, values = listed.picture(sample), listed.values(sample)
        self.picture.setVisible(picture is not None)
        self.picture.show_picture(picture)
        self.table.setVisible(bool(values))
        self.fields.show_fields(values)
        self.table.fit_columns()
        self.title.setText(listed.title(sample))
        self.title.setToolTip(listed.title(sample))
        self.words.setText(listed.words(sample))
        self.loss.setText(listed.loss(sample))
        self.count.setText(f"{self._place + 1:,} of {len(listed.rows):,}")
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(listed.rows) - 1)
        self._show_bars()

    def _show_bars(self) -> None:
        bars = self._listed.bars(self.sample, self.order.choice == BY_SHARE)
        self.bars.show_bars(bars)
        self.bars.setFixedHeight(max(1, PITCH_PX * len(bars)))
        self.order.setVisible(len(bars) > 2)

    def _go_on(self) -> None:
        self.go(1)

    def _go_back(self) -> None:
        self.go(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = STEPS.get(Qt.Key(event.key()))
        if steps is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        self.go(steps)
        return True
