"""CompareDialog: the design that is open beside another one, of a run or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QFrame, QGridLayout, QWidget

from nnstudio.engine.design import Design
from nnstudio.engine.fit_words import count_words
from nnstudio.experiments.comparison import Change, Comparison, compare_designs, count_changes
from nnstudio.session.design_reader import DesignReader
from nnstudio.session.session import Session
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.cut_label import cut_label
from nnstudio.ui.widgets import button, chain_focus, column, label, panel, row, scrolled

_WIDE_PX, _HIGH_PX = 820, 600
_FIELD_PX = 300
_FILES = "Projects and models (*.nnstudio *.h5 *.hdf5 *.keras);;All files (*)"
_NOTHING = "Nothing was trained yet that this design could be compared with. Open a file."
_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_SIGNS = {
    Change.SAME: "",
    Change.CHANGED: "changed",
    Change.ONLY_LEFT: "only here",
    Change.ONLY_RIGHT: "only there",
}


class CompareDialog(QDialog):
    """A page to read: what is the same stands in light words, or is left out."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare designs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._design = session.document.design
        self._reader = DesignReader(session, self)
        self._others: list[tuple[str, Design]] = self._reader.kept()
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Compare with")
        self.choice.setMinimumSize(_FIELD_PX, 28)
        self.file = button("Open a file …", icon_name="folder")
        self.words = label(role="text_2", wrap=True)
        self.all = QCheckBox("Show what is the same")
        self._page = QWidget()
        self._lay_out()
        self.choice.activated.connect(self._show)
        self.all.toggled.connect(self._show)
        self.file.clicked.connect(self._ask)
        self._reader.read.connect(self.add)
        for name, _ in self._others:
            self.choice.addItem(name)
        self._show()

    def add(self, name: str, design: Design) -> None:
        """Show the design of a file that was read."""
        self._others.append((name, design))
        self.choice.addItem(name)
        self.choice.setCurrentIndex(len(self._others) - 1)
        self._show()

    def rows(self) -> tuple[Comparison, ...]:
        """What is shown: all of it, too, where nothing differs."""
        found = self._compared()
        differing = tuple(one for one in found if one.change is not Change.SAME)
        return found if self.all.isChecked() or not differing else differing

    def _compared(self) -> tuple[Comparison, ...]:
        if not self._others:
            return ()
        return compare_designs(self._design, self._others[max(self.choice.currentIndex(), 0)][1])

    def _lay_out(self) -> None:
        close = button("Close", kind="primary")
        close.clicked.connect(self.accept)
        top = row(label("This design, and", role="text_2"), self.choice, self.file, None, self.all, space=8)
        self._area = scrolled(self._page)
        parts = (top, self.words, self._area, row(None, close))
        self.setLayout(column(*parts, space=12, margins=(20, 18, 20, 16)))
        chain_focus(self.choice, self.file, self.all, close)
        self.resize(_WIDE_PX, _HIGH_PX)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Compare with", "", _FILES)
        if path:
            self._reader.read_file(Path(path))

    def _show(self) -> None:
        rows = self.rows()
        count = count_changes(rows)
        differ = f"{count_words(count, 'difference')}." if count else "The two designs are the same."
        self.words.setText(differ if self._others else _NOTHING)
        self.choice.setEnabled(bool(self._others))
        self.all.setVisible(count > 0)
        cards = [_card(one) for one in rows]
        page = panel("window")
        page.setLayout(column(*cards, None, space=8, margins=(12, 12, 12, 12)))
        self._area.setWidget(page)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        (self.choice if self._others else self.file).setFocus()


def _card(one: Comparison) -> QFrame:
    """Return a row: the place, both sides, and below them each setting that differs."""
    card = panel("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(14, 8, 14, 8)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    role = "text_3" if one.change is Change.SAME else "text"
    sign = label(_SIGNS[one.change], role="accent", size="caption")
    for place, widget in enumerate((_place(one.place), _side(one.left, role), _side(one.right, role), sign)):
        grid.addWidget(widget, 0, place)
    for line, setting in enumerate(one.settings, 1):
        cells = (
            label(setting.title, role="text_2"),
            label(_breakable(setting.left), wrap=True),
            label(_breakable(setting.right), wrap=True),
        )
        for place, cell in enumerate(cells):
            grid.addWidget(cell, line, place)
    for place, (stretch, least) in enumerate(((2, 140), (3, 160), (3, 160), (1, 72))):
        grid.setColumnStretch(place, stretch)
        grid.setColumnMinimumWidth(place, least)
    return card


def _place(words: str) -> QWidget:
    """Return a name in one line, however long it is: the columns of all rows stay below each other."""
    found = cut_label(role="text_2")
    found.setText(words)
    found.setToolTip(words)
    return found


def _breakable(words: str) -> str:
    """Return words that a line can end in, also those that are written with underscores."""
    return words.replace("_", f"_{_ZERO_WIDTH_SPACE}")


def _side(kind: str, role: str) -> QWidget:
    return label(kind or "–", role=role if kind else "text_3", size="strong" if kind else "base")
