"""CardList: the cards as a list that the keyboard goes through, and the fields that open on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from nnstudio.ui.model.card_delegate import CardDelegate
from nnstudio.ui.model.card_layout import CardLayout
from nnstudio.ui.model.inline_field import InlineField
from nnstudio.ui.model.name_field import NameField
from nnstudio.ui.model.stack_model import StackModel

_Move = QAbstractItemView.CursorAction
_STEPS = {_Move.MoveUp: -1, _Move.MovePrevious: -1, _Move.MoveDown: 1, _Move.MoveNext: 1}
_STEPS |= {_Move.MoveLeft: 0, _Move.MoveRight: 0}


class CardList(QListView):
    """Shows the model's cards; data and target cannot be selected.

    Signals:
        field_edited(name, setting, value): A person changed an inline field.
        name_edited(name, wanted): A person typed another name on a card.
    """

    field_edited = Signal(str, str, object)
    name_edited = Signal(str, str)

    def __init__(self, model: StackModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = CardDelegate(model)
        self._heights: object = None
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Stack of layers")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @property
    def selected_names(self) -> tuple[str, ...]:
        """The names of the selected layers, from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self._model.name(row) for row in rows)

    def card(self, row: int) -> CardLayout | None:
        """Return where everything lies on the card in ``row``, in the viewport's coordinates."""
        return self._delegate.layout(self.visualRect(self._model.index(row)), row, self.font())

    def open_field(self, row: int, number: int) -> None:
        """Open the editor of an inline field."""
        layout, layer = self.card(row), self._model.layer(row)
        if layout is None or layer is None or number >= len(layout.fields):
            return
        field = layout.fields[number]
        editor = InlineField(field.declared, layer, self.viewport())
        editor.edited.connect(self.field_edited)
        editor.open_at(field.box if field.declared.choices else field.box.united(field.unit))

    def open_name(self, row: int) -> None:
        """Open the name of the card in ``row`` for typing."""
        layout, layer = self.card(row), self._model.layer(row)
        if layout is not None and layer is not None:
            field = NameField(layer.name, self.viewport())
            field.named.connect(self.name_edited)
            field.open_at(QPoint(layout.name.left() - 8, layout.name.center().y()))

    def show_name_refusal(self, sentence: str) -> None:
        """Say why the name that is open is not taken; "" where it was."""
        for field in self.viewport().findChildren(NameField):
            field.show_refusal(sentence)

    def rows_near(self, rect: QRect) -> range:
        """Return the rows of which something is within ``rect``, and one more at each end."""
        x = self.viewport().width() // 2
        top, bottom = (self.indexAt(QPoint(x, y)).row() for y in (rect.top(), rect.bottom()))
        last = bottom if bottom >= 0 else self._model.rowCount() - 1
        return range(max(top - 1, 0), min(last + 2, self._model.rowCount()))

    def dataChanged(  # noqa: N802
        self,
        top: QModelIndex | QPersistentModelIndex,
        bottom: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Lay the cards out anew only where one has another height: most edits change words alone."""
        if top.row() != bottom.row():  # one alone is the data's or the target's, always of the same height
            heights = self._delegate.heights()
            if heights != self._heights:
                self._heights = heights
                super().dataChanged(top, bottom, list(roles))
        self.viewport().update()

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Stay on the layers: data and target are only looked at."""
        last, now = self._model.rowCount() - 2, self.currentIndex().row()
        if last < 1:
            return QModelIndex()
        ends = {_Move.MoveHome: 1, _Move.MoveEnd: last}
        if action in ends:
            row = ends[action]
        elif action in _STEPS:
            row = now + _STEPS[action]
        else:
            row = super().moveCursor(action, modifiers).row()
        return self._model.index(min(max(row, 1), last))
