"""Palette: the kinds of layers, grouped, searchable, to double-click or to drag into the stack."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from nnstudio.ui.icons import icon
from nnstudio.ui.model.palette_list import CLASS_ROLE, LayerList
from nnstudio.ui.widgets import label, panel, row

_WIDTH_PX, _RAIL_PX = 232, 56
_MARGINS_PX = (12, 12, 2, 12)
_BESIDE_LIST_PX = (0, 0, 10, 0)  # the list has its scroll bar there


class Palette(QWidget):
    """Search field and list.

    Signals:
        chosen(class_name): A person wants a layer of this kind below the selected one.
        left(): A person pressed Esc in the empty search field.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a layer")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(30)
        self.search.addAction(icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = LayerList()
        self._hint = label(
            "Double-click or Enter adds below the selected layer. Drag to place it.",
            role="text_3",
            size="caption",
            wrap=True,
        )
        self._lay_out()
        self.search.textChanged.connect(self.list.show_matching)
        self.search.returnPressed.connect(self._choose_first)
        self.search.installEventFilter(self)
        self.list.activated.connect(self._choose)
        self.list.show_matching("")

    def _lay_out(self) -> None:
        ground = panel("surface")
        body = QVBoxLayout(ground)
        body.setContentsMargins(*_MARGINS_PX)
        body.addLayout(row(self.search, margins=_BESIDE_LIST_PX))
        body.addWidget(self.list, 1)
        body.addLayout(row(self._hint, margins=_BESIDE_LIST_PX))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def show_rail(self, narrow: bool) -> None:
        """Show only the signs where the window is narrow."""
        self.search.setVisible(not narrow)
        self._hint.setVisible(not narrow)
        self.setFixedWidth(_RAIL_PX if narrow else _WIDTH_PX)

    @property
    def is_rail(self) -> bool:
        """Whether only the signs are shown."""
        return not self.search.isVisibleTo(self)

    def _choose(self, index: QModelIndex) -> None:
        kind = index.data(CLASS_ROLE)
        if kind is not None:
            self.chosen.emit(kind.__name__)

    def _choose_first(self) -> None:
        """Add the kind that fits what was typed best; the next one can be typed at once."""
        found = self.list.kinds()
        if found:
            self._choose(min(found, key=self._distance))
            self.search.selectAll()

    def _distance(self, index: QModelIndex) -> int:
        """Return how far a kind's name is from what was typed: as it begins, somewhere within, not at all."""
        name, typed = index.data().lower(), self.search.text().lower()
        return 0 if name.startswith(typed) else 1 if typed in name else 2

    def _leave(self) -> None:
        """Show all kinds again; where all are shown, go back to the stack."""
        if self.search.text():
            self.search.clear()
        else:
            self.left.emit()

    def _enter_list(self) -> None:
        """Go from the search field to the first kind of the list."""
        self.list.setCurrentIndex(self.list.kinds()[0])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            if event.key() == Qt.Key.Key_Down and self.list.kinds():
                self._enter_list()
                return True
        return bool(super().eventFilter(watched, event))
