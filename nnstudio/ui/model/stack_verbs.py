"""StackVerbs: what a person does to the selected layers, and what is selected afterwards."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QGuiApplication

from nnstudio.engine.layers import LAYERS
from nnstudio.session import design_edits as edits
from nnstudio.session.document import Document
from nnstudio.session.layer_clipboard import copied_text, cut_layers, paste_layers
from nnstudio.ui.model.stack_model import StackModel
from nnstudio.ui.model.stack_view import StackView

_KINDS = {kind.__name__: kind for kind in LAYERS}


class StackVerbs(QObject):
    """The verbs of the actions, and what drops and clicks on the cards do.

    Signals:
        told(sentence): What came of a verb, where the cards do not show it.
    """

    told = Signal(str)

    def __init__(self, document: Document, model: StackModel, view: StackView, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._model, self._view = document, model, view
        model.moved.connect(self.move)
        model.dropped.connect(self.add_at)
        model.text_dropped.connect(self.paste_text)
        view.fix_wanted.connect(self.fix)
        view.name_edited.connect(self._rename)

    @property
    def names(self) -> tuple[str, ...]:
        """The selected layers, from top to bottom."""
        return self._view.selected_names

    @property
    def position(self) -> int:
        """Where a layer is added: below the selected ones, or at the end of the stack."""
        names = self.names
        return self._document.design.index(names[-1]) + 1 if names else len(self._document.design.layers)

    @property
    def all_frozen(self) -> bool:
        """Whether training changes none of the selected layers."""
        names = self.names
        return bool(names) and not any(self._document.design.layer(name).trainable for name in names)

    def add(self, kind: str) -> None:
        """Add a layer below the selected ones."""
        self.add_at(kind, self.position)

    def add_at(self, kind: str, position: int) -> None:
        """Insert a layer and select it."""
        self.select((edits.add_layer(self._document, _KINDS[kind](), position),))

    def add_output(self) -> None:
        """Add the output layer that fits the data."""
        self.select((edits.add_output(self._document),))

    def move(self, names: tuple[str, ...], position: int) -> None:
        """Put layers before the one at ``position``."""
        edits.move_layers(self._document, names, position)
        self.select(names)

    def shift(self, by: int) -> None:
        """Move the selected layers up (-1) or down (1)."""
        names = self.names
        edits.shift_layers(self._document, names, by)
        self.select(names)

    def delete(self) -> None:
        """Delete the selected layers and select what follows them."""
        row = self._first_row
        edits.delete_layers(self._document, self.names)
        self._select_near(row)

    def duplicate(self) -> None:
        """Insert copies of the selected layers below them and select the copies."""
        if self.names:
            self.select(edits.duplicate_layers(self._document, self.names))

    def select_all(self) -> None:
        """Select all layers."""
        self._view.selectAll()

    def copy(self) -> None:
        """Put the selected layers on the clipboard, as text."""
        self._put(copied_text(self._document, self.names))

    def cut(self) -> None:
        """Put the selected layers on the clipboard and take them out of the stack."""
        row = self._first_row
        if self._put(cut_layers(self._document, self.names)):
            self._select_near(row)

    def paste(self) -> None:
        """Insert the layers on the clipboard below the selected ones."""
        self.paste_text(QGuiApplication.clipboard().text(), self.position)

    def paste_text(self, text: str, position: int) -> None:
        """Insert the layers that ``text`` describes, or say why it describes none."""
        pasted = paste_layers(self._document, text, position)
        self.told.emit(pasted.told)
        if pasted.names:
            self.select(pasted.names)

    def freeze(self) -> None:
        """Freeze the selected layers; where all are frozen, let them learn again."""
        edits.freeze_layers(self._document, self.names, frozen=not self.all_frozen)

    def rename(self) -> None:
        """Let the person type another name for the current layer."""
        if self.names:
            self._view.open_name(self._view.currentIndex().row())

    def fix(self, row: int, number: int) -> None:
        """Apply one of the fixes that a card offers."""
        problem = self._model.problem(row)
        if problem is not None and number < len(problem.fixes):
            edits.apply_fix(self._document, problem.fixes[number])

    def select(self, names: tuple[str, ...]) -> None:
        """Select layers, the last of them as the current one, and bring them into view."""
        rows = [row for row in map(self._model.row, names) if row > 0]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._model.index(row), self._model.index(row))
        selection = self._view.selectionModel()
        if rows:
            last = self._model.index(rows[-1])
            selection.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for row in (*rows[-1:], *rows[:1]):
            self._view.scrollTo(self._model.index(row))

    @property
    def _first_row(self) -> int:
        return min((self._model.row(name) for name in self.names), default=1)

    def _select_near(self, row: int) -> None:
        """Select what stands in ``row`` now, or the last layer."""
        left = self._document.design.names
        place = min(row, len(left))
        self.select(left[max(place - 1, 0) : place])

    def _put(self, text: str) -> bool:
        """Put ``text`` on the clipboard; what lies there stays where there is none."""
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def _rename(self, name: str, wanted: str) -> None:
        refusal = edits.change_layer(self._document, name, "name", wanted)
        self._view.show_name_refusal(refusal or "")
        if not refusal:
            self.select((wanted,))
