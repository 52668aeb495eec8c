"""UnderstoodBox: what a table seems to be, and why; how it is written can be said otherwise."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from nnstudio.data.dialect import DECIMALS, DELIMITERS, ENCODINGS
from nnstudio.data.sources.table import Table
from nnstudio.data.understanding import TablePreview, Understood
from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.widgets import label

# How a text file is written, which a person may say otherwise: what it is called, and its values in words.
_WRITTEN: dict[str, tuple[str, dict[Any, str]]] = {
    "delimiter": ("Delimiter", DELIMITERS),
    "header": ("Header", {True: "row 1", False: "none"}),
    "decimal": ("Decimals", dict(zip(DECIMALS, ("point", "comma"), strict=True))),
    "encoding": ("Letters", {name: name.upper() for name in ENCODINGS}),
}
_TITLES = {title: name for name, (title, _) in _WRITTEN.items()}
_ROW_PX, _BOX_PX = 26, 116


class UnderstoodBox(QFrame):
    """One line for each thing that was understood.

    Signals:
        edited(setting, value): A person says that the file is written otherwise.
    """

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.boxes: dict[str, ChoiceBox] = {}
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(label("What was understood", size="strong"), 0, 0, 1, 3)

    def show_preview(self, preview: TablePreview) -> None:
        """Show what was understood of another table, or of the same one anew."""
        written = any(one.what == "Delimiter" for one in preview.understood)
        for box in self.boxes.values():
            box.setVisible(written)
        lines = _lines_of(preview.understood, written)
        for place in range(len(self._lines), len(lines)):
            self._lines.append(_Line(self._grid, place + 1))
        for line in self._lines[len(lines) :]:
            line.hide()
        for line, one in zip(self._lines, lines, strict=False):
            name = _TITLES.get(one.what, "") if isinstance(preview.recipe.source, Table) else ""
            line.show_one(one, with_value=not name)
            if name:
                self._show_box(name, line, preview.recipe.source)

    def _show_box(self, name: str, line: _Line, source: object) -> None:
        box = self.boxes.get(name) or self._new_box(name)
        box.setCurrentIndex(box.findData(getattr(source, name)))
        self._grid.addWidget(box, line.row, 1)
        line.title.setBuddy(box)

    def _new_box(self, name: str) -> ChoiceBox:
        box, (title, choices) = ChoiceBox(), _WRITTEN[name]
        for value, words in choices.items():
            box.addItem(words, value)
        box.setFixedWidth(_BOX_PX)
        box.setFixedHeight(_ROW_PX)
        box.setAccessibleName(title)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(partial(self._tell, name))
        self.boxes[name] = box
        return box

    def _tell(self, name: str, index: int) -> None:
        self.edited.emit(name, self.boxes[name].itemData(index))


class _Line:
    """The labels of one line."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self.row = row
        self.title = label(role="text_2")
        self.value = label(size="strong", wrap=True)
        self.reason = label(role="text_2", size="small", wrap=True)
        for column, widget in enumerate((self.title, self.value, self.reason)):
            grid.addWidget(widget, row, column)
        grid.setRowMinimumHeight(row, _ROW_PX)

    def show_one(self, one: Understood, with_value: bool) -> None:
        """Say one thing that was understood."""
        self.title.setText(one.what)
        self.value.setText(one.value)
        self.reason.setText(one.reason)
        for widget, wanted in ((self.title, True), (self.value, with_value), (self.reason, True)):
            widget.setVisible(wanted)

    def hide(self) -> None:
        """Say nothing."""
        for widget in (self.title, self.value, self.reason):
            widget.hide()


def _lines_of(understood: tuple[Understood, ...], written: bool) -> list[Understood]:
    """Return all lines: how a text file is written is always said, whether it is unusual or not."""
    known = {one.what: one for one in understood}
    usual = [Understood(title, "", "as usual") for title in _TITLES] if written else []
    first = [known.get(one.what, one) for one in usual]
    return [*first, *(one for one in understood if one.what not in _TITLES)]
