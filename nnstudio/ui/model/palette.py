"""Palette: the kinds of layers, grouped, searchable, to double-click or to drag into the stack."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
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
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a layer")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(30)
        self.search.addAction(icon("search", "text_3"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = LayerList()
        self._hint = label(
            "Double-click adds below the selected layer. Drag to place it.",
            role="text_3",
            size="caption",
            wrap=True,
        )
        self._lay_out()
        self.search.textChanged.connect(self.list.show_matching)
        self.search.returnPressed.connect(self._choose_first)
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
        for place in range(self.list.model().rowCount()):
            index = self.list.model().index(place, 0)
            if index.data(CLASS_ROLE) is not None:
                self._choose(index)
                return
