"""ClassFilter: which class to look at, as buttons for a few classes and as a list for many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from nnstudio.ui.boxes import ChoiceBox
from nnstudio.ui.widgets import button, row

_MOST_BUTTONS = 12
_MOST_LETTERS = 24
_ALL = 0  # of the buttons' ids; Qt takes negative ones for none
_SIDES_PX = 16
_LEAST_PX = 26


class ClassFilter(QWidget):
    """All classes, or one.

    Signals:
        edited(index): A person chose a class, or all of them: None.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self.combo = ChoiceBox()
        self.combo.setAccessibleName("Class")
        self.combo.setMinimumHeight(28)
        self.combo.setMaximumWidth(220)
        self.combo.activated.connect(self._tell)
        self._layout = row(self.combo, space=4)
        self.setLayout(self._layout)
        self.combo.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """All, and one per class; empty where the list is shown instead."""
        return [part for part in self._group.buttons() if isinstance(part, QPushButton)]

    def show_classes(self, names: Sequence[str], chosen: int | None = None) -> None:
        """Offer the classes ``names`` and show which one is chosen."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._rebuild()
        wanted = _ALL if chosen is None else chosen + 1
        self.combo.setCurrentIndex(wanted)
        if (chosen_button := self._group.button(wanted)) is not None:
            chosen_button.setChecked(True)

    def _rebuild(self) -> None:
        for old in self.buttons:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self.combo.clear()
        few = len(self._names) <= _MOST_BUTTONS and len("".join(self._names)) <= _MOST_LETTERS
        if few:
            for number, name in enumerate(("All", *self._names)):
                self._add(name, number)
        else:
            self.combo.addItems(["All classes", *self._names])
        self.combo.setVisible(not few)
        self.setVisible(bool(self._names))

    def _add(self, name: str, number: int) -> None:
        added = button(name, kind="filter")
        added.setCheckable(True)
        wide = QFontMetrics(added.font()).horizontalAdvance(name) + _SIDES_PX
        added.setFixedWidth(max(_LEAST_PX, wide))
        added.setAccessibleName("All classes" if number == _ALL else f"Class {name}")
        self._group.addButton(added, number)
        self._layout.addWidget(added)
        added.show()  # at once, so that the size is right at once

    def _tell(self, number: int) -> None:
        self.edited.emit(None if number == _ALL else number - 1)
