"""LookDialog: what is in the file of a model, before it is opened."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHeaderView, QWidget

from nnstudio.experiments.model_look import LAYER_HEAD, ModelLook
from nnstudio.session.library import Looked
from nnstudio.session.session import Session
from nnstudio.ui.text_model import Index, TextModel
from nnstudio.ui.text_table import TextTable
from nnstudio.ui.widgets import button, chain_focus, column, label, row, scrolled

_SIZE_PX = (820, 680)
_PADDING_PX = 20
_NUMBERS = 2
_NAME_PX = 400  # at most; a longer name ends in dots
_FACTS_PX, _FEW_FACTS_PX = 190, 30


class LookDialog(QDialog):
    """Changes nothing; Open hands the file to the session."""

    def __init__(self, parent: QWidget | None, session: Session, looked: Looked) -> None:
        super().__init__(parent)
        self.setWindowTitle("What is in this file")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE_PX)
        self._session, self._looked = session, looked
        look = looked.look
        self.title = label(looked.path.name, size="title")
        self.words = label(look_words(looked), role="text_2", wrap=True)
        self.table = _table(look)
        self.notes = label("\n".join(look.notes), role="warning", wrap=True)
        self.notes.setVisible(bool(look.notes))
        self.open_button = button("Open", kind="primary")
        self.cancel_button = button("Cancel")
        self.open_button.clicked.connect(self._open)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out(look)

    def _lay_out(self, look: ModelLook) -> None:
        facts = scrolled(_facts(look))
        few = look.head != LAYER_HEAD
        facts.setFixedHeight(_FEW_FACTS_PX) if few else facts.setMinimumHeight(_FACTS_PX)
        foot = row(None, self.cancel_button, self.open_button, space=8)
        layout = column(self.title, self.words, 2, space=8, margins=(20, 18, 20, 16))
        layout.addWidget(self.table, 3)
        layout.addWidget(facts, 0 if few else 2)
        layout.addWidget(self.notes)
        layout.addSpacing(4)
        layout.addLayout(foot)
        self.setLayout(layout)
        chain_focus(self.table, self.open_button, self.cancel_button)
        self.open_button.setDefault(True)
        self.open_button.setFocus()

    def _open(self) -> None:
        self.accept()
        self._session.open_looked(self._looked)


def _table(look: ModelLook) -> TextTable:
    """Return the table of layers, with room for their settings, or of arrays, with room for their names."""
    of_layers = look.head == LAYER_HEAD
    table = TextTable(_LookModel(look), "Layers" if of_layers else "Arrays")
    table.fit_columns()
    longest = max((table.fontMetrics().horizontalAdvance(row[0]) for row in look.rows), default=0)
    table.setColumnWidth(0, min(max(table.columnWidth(0), longest + _PADDING_PX), _NAME_PX))
    table.verticalHeader().setVisible(False)
    across = table.horizontalHeader()
    across.setStretchLastSection(of_layers)
    if not of_layers:
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


class _LookModel(TextModel):
    """The layers, or the arrays, of a look."""

    def __init__(self, look: ModelLook) -> None:
        super().__init__()
        self._look = look

    def text(self, row: int, column: int) -> str:
        return self._look.rows[row][column]

    def to_the_right(self, column: int) -> bool:
        return column == _NUMBERS

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._look.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._look.head)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._look.head[section] if across else None


def look_words(looked: Looked) -> str:
    """Say who wrote the file, how large it is and how much is in it."""
    look = looked.look
    whose = "Saved by nnstudio" if look.own else "Saved by Keras or another program"
    many = f"{len(look.rows):,}"
    what = "layers" if look.head == LAYER_HEAD else "arrays, without a network"
    if look.head == LAYER_HEAD and len(look.rows) == 1:
        what = "layer"
    return f"{whose} · {_size_words(looked.size)} · {many} {what}"


def _size_words(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 0.1):,.1f} kB"


def _facts(look: ModelLook) -> QWidget:
    """Return the facts, one below the other."""
    widget, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate(look.facts):
        grid.addWidget(label(name, role="text_2"), place, 0, Qt.AlignmentFlag.AlignTop)
        words = label(value, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words, place, 1)
    grid.setRowStretch(len(look.facts), 1)
    widget.setLayout(grid)
    return widget
