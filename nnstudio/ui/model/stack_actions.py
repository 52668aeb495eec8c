"""StackActions: the actions of the menu that act on the cards: their shortcuts, and when they can be used."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from nnstudio.session.document import Document
from nnstudio.ui.model.model_tab import ModelTab

_NEED_SELECTION = ("cut", "copy", "duplicate", "delete", "rename", "freeze", "move_up", "move_down")
_OF_CARDS = (
    ("cut", "copy", "paste", "duplicate", "delete", "select_all"),
    ("rename", "freeze", "move_up", "move_down"),
    ("fix",),
)
_EVERYWHERE = "fix"  # its shortcut is meant for all tabs


class StackActions(QObject):
    """Puts the actions into the menu of the cards, with lines between, and enables what can be done."""

    def __init__(self, document: Document, tab: ModelTab, actions: Mapping[str, QAction]) -> None:
        super().__init__(tab)
        self._document, self._actions = document, actions
        for number, group in enumerate(_OF_CARDS):
            if number:
                self._add_line()
            for name in group:
                self._add(name)
        tab.stack.selectionModel().selectionChanged.connect(self.show_state)
        document.checked.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Enable what can be done with what is selected."""
        names = self._tab.verbs.names
        for name in _NEED_SELECTION:
            self._actions[name].setEnabled(bool(names))
        layers = self._document.design.names
        self._actions["move_up"].setEnabled(bool(names) and names != layers[: len(names)])
        self._actions["move_down"].setEnabled(bool(names) and names != layers[-len(names) :])
        self._actions["select_all"].setEnabled(bool(layers))
        self._actions["freeze"].setText(
            "Unfree&ze layers" if self._tab.verbs.all_frozen else "Free&ze layers"
        )
        self._actions["fix"].setEnabled(any(problem.fixes for problem in self._document.report.problems))

    @property
    def _tab(self) -> ModelTab:
        tab = self.parent()
        assert isinstance(tab, ModelTab)
        return tab

    def _add(self, name: str) -> None:
        if name != _EVERYWHERE:
            self._actions[name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._tab.stack.addAction(self._actions[name])

    def _add_line(self) -> None:
        line = QAction(self)
        line.setSeparator(True)
        self._tab.stack.addAction(line)
