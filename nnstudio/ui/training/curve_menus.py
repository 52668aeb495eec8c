"""CurveMenus: what else can be seen of a training, and how its curves leave the program."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from nnstudio.engine.metrics import figure_title
from nnstudio.ui.training.curve_view import CurveView
from nnstudio.ui.widgets import button

EXPORTS = {
    "png": "Save as &PNG …",
    "svg": "Save as &SVG …",
    "csv": "Save values as &CSV …",
    "copy": "&Copy picture",
    "copy_values": "Copy &values of the epochs",
}


class CurveMenus(QObject):
    """Two small buttons with a menu each.

    Signals:
        edited(view): A person wants to see the curves another way.
        export_wanted(how): A person wants the curves elsewhere: one of `EXPORTS`.
    """

    edited = Signal(object)
    export_wanted = Signal(str)

    def __init__(self, view: CurveView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self.more = button(
            "View", kind="small", tip="Outliers, the learning rate, and what the second plot shows"
        )
        self.save = button("", kind="small", icon_name="export", tip="Save or copy the curves")
        self.outliers = QAction("Ignore &outliers", self)
        self.rate = QAction("Show the &learning rate", self)
        self._figures = QActionGroup(self)
        self._menu = _menu(self.more)
        for action in (self.outliers, self.rate):
            action.setCheckable(True)
            action.triggered.connect(self._switch)
            self._menu.addAction(action)
        self._menu.addSeparator()
        for how, words in EXPORTS.items():
            action = _menu_of(self.save).addAction(words)
            action.setObjectName(how)
            action.triggered.connect(partial(self.export_wanted.emit, how))
        self._figures.triggered.connect(self._choose)

    def show_view(self, view: CurveView) -> None:
        """Show how the curves are seen now."""
        self._view = view
        self.outliers.setChecked(view.no_outliers)
        self.rate.setChecked(view.rate)

    def show_figures(self, names: tuple[str, ...], shown: str) -> None:
        """Offer metrics for the second plot."""
        if tuple(action.data() for action in self._figures.actions()) != names:
            for action in self._figures.actions():
                self._figures.removeAction(action)
                self._menu.removeAction(action)
            for name in names:
                action = self._figures.addAction(f"Second plot: {figure_title(name)}")
                action.setData(name)
                action.setCheckable(True)
                self._menu.addAction(action)
        for action in self._figures.actions():
            action.setChecked(action.data() == shown)

    def _switch(self) -> None:
        outliers, rate = self.outliers.isChecked(), self.rate.isChecked()
        self._tell(replace(self._view, no_outliers=outliers, rate=rate))

    def _choose(self, action: QAction) -> None:
        self._tell(replace(self._view, figure=action.data()))

    def _tell(self, view: CurveView) -> None:
        self.show_view(view)
        self.edited.emit(view)


def _menu(owner: QPushButton) -> QMenu:
    menu = QMenu(owner)
    owner.setMenu(menu)
    return menu


def _menu_of(owner: QPushButton) -> QMenu:
    return owner.menu() or _menu(owner)
