"""ModelTab: build the network: palette at the left, the stack in the middle, settings at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from nnstudio.session import design_edits as edits
from nnstudio.session.session import Session
from nnstudio.ui.fit_notice import FitNotice
from nnstudio.ui.model.compile_panel import CompilePanel
from nnstudio.ui.model.layer_menu import layer_menu
from nnstudio.ui.model.layer_panel import LayerPanel
from nnstudio.ui.model.palette import Palette
from nnstudio.ui.model.stack_header import StackHeader
from nnstudio.ui.model.stack_model import StackModel
from nnstudio.ui.model.stack_verbs import StackVerbs
from nnstudio.ui.model.stack_view import StackView
from nnstudio.ui.model.totals_bar import TotalsBar
from nnstudio.ui.widgets import column, panel, rule, scrolled

_WIDTHS = (232, 856, 352)
_LEAST_RIGHT_PX = 304
_RAIL_BELOW_PX = 1180


class ModelTab(QSplitter):
    """Joins the parts to the document; the verbs are called by the actions of the window too."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._document = session.document
        self.palette_panel = Palette()
        self.model = StackModel(self._document, self, session.start)
        self.stack = StackView(self.model)
        self.verbs = StackVerbs(self._document, self.model, self.stack, self)
        self.layer_panel = LayerPanel()
        self.compile_panel = CompilePanel(self._document)
        self.header = StackHeader(self._document, session.start)
        for widget in (self.palette_panel, self._middle(session), self._right()):
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setSizes(list(_WIDTHS))
        self.setStretchFactor(1, 1)
        self._connect()
        self.verbs.select(self._document.design.names[:1])

    def _middle(self, session: Session) -> QWidget:
        middle = panel("window")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(notice := FitNotice(session, (16, 4, 28, 8)))
        layout.addWidget(self.stack, 1)
        layout.addWidget(rule())
        layout.addWidget(TotalsBar(self._document, session.pacer))
        self.header.output_wanted.connect(self.verbs.add_output)
        notice.show_state()
        middle.setMinimumWidth(560)
        return middle

    def _right(self) -> QWidget:
        right = panel("surface")
        right.setLayout(column(self.layer_panel, rule(), self.compile_panel, None, space=0))
        area = scrolled(right)
        area.setMinimumWidth(_LEAST_RIGHT_PX)
        return area

    def _connect(self) -> None:
        self.palette_panel.chosen.connect(self.verbs.add)
        self.palette_panel.left.connect(self.stack.setFocus)
        self.stack.insert_wanted.connect(self._insert_at_mouse)
        self.stack.field_edited.connect(self._change)
        self.stack.selectionModel().selectionChanged.connect(self._show_selected)
        self.stack.selectionModel().currentChanged.connect(self._show_selected)
        self.stack.activated.connect(self.layer_panel.take_focus)
        self.layer_panel.edited.connect(self._change_selected)
        self._document.changed.connect(self._show_selected)

    def apply_first_fix(self) -> None:
        """Apply the best fix of the first problem that has one."""
        edits.apply_first_fix(self._document)

    def show_next_problem(self) -> None:
        """Select the next layer with a problem, from the selected one on."""
        problems = self._document.report.problems
        rows = sorted(row for row in (self.model.row(problem.where) for problem in problems) if row > 0)
        current = self.stack.currentIndex().row()
        if rows:
            target = next((row for row in rows if row > current), rows[0])
            self.verbs.select((self.model.name(target),))
        elif problems:
            self.compile_panel.loss.editor.field.setFocus()

    def show_layer(self, name: str) -> None:
        """Select the card of a layer, and take the keyboard there."""
        self.verbs.select((name,))
        self.stack.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_layer(self) -> None:
        """Go to the search field of the palette; where there is no room for it, open a menu."""
        if self.palette_panel.is_rail:
            self._insert_menu(self.verbs.position, self.palette_panel.mapToGlobal(QPoint(0, 0)))
        else:
            self.palette_panel.search.setFocus()
            self.palette_panel.search.selectAll()

    def _insert_at_mouse(self, position: int) -> None:
        self._insert_menu(position, self.cursor().pos())

    def _insert_menu(self, position: int, place: QPoint) -> None:
        menu = layer_menu(self)
        chosen = menu.exec(place)
        menu.deleteLater()
        if chosen is not None:
            self.verbs.add_at(chosen.data(), position)

    def _change(self, name: str, setting: str, value: Any) -> None:
        edits.change_layer(self._document, name, setting, value)

    def _change_selected(self, setting: str, value: Any) -> None:
        row = self.stack.currentIndex().row()
        if row > 0 and self.model.layer(row) is not None:
            refusal = edits.change_layer(self._document, self.model.name(row), setting, value)
            if refusal:
                self.layer_panel.show_refusal(setting, value, refusal)
            elif setting == "name":
                self.verbs.select((value,))

    def _show_selected(self) -> None:
        row = self.stack.currentIndex().row()
        self.layer_panel.show_layer(self.model.layer(row) if row > 0 else None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        narrow = event.size().width() < _RAIL_BELOW_PX
        if narrow != self.palette_panel.is_rail:
            self.palette_panel.show_rail(narrow)
            left, right = self.palette_panel.minimumWidth(), _LEAST_RIGHT_PX if narrow else _WIDTHS[2]
            self.setSizes([left, self.width() - left - right, right])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        menu = QMenu(self)
        menu.addActions(self.stack.actions())
        if self.stack.underMouse() and menu.actions():
            menu.exec(event.globalPos())
        menu.deleteLater()
