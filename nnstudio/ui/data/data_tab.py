"""DataTab: what there is to learn from: sources at the left, samples in the middle, facts at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from nnstudio.experiments.study import Study
from nnstudio.session.preferences import Preferences
from nnstudio.session.session import Session
from nnstudio.ui.data.browser import Browser
from nnstudio.ui.data.facts_panel import FactsPanel
from nnstudio.ui.data.findings import Findings
from nnstudio.ui.data.import_panel import ImportPanel
from nnstudio.ui.data.sources_panel import SourcesPanel
from nnstudio.ui.data.table_import_view import TableImportView
from nnstudio.ui.fit_notice import FitNotice
from nnstudio.ui.widgets import column, scrolled

_WIDTHS = (264, 848, 328)
_LEAST_WIDTHS = (216, 480, 280)


class DataTab(QSplitter):
    """Joins the parts to the session; a table that is looked at takes the place of samples and facts.

    Signals:
        open_wanted(): A person wants to choose a file or folder with data.
    """

    open_wanted = Signal()

    def __init__(
        self, session: Session, preferences: Preferences | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.sources = SourcesPanel(session, preferences)
        self.browser = Browser(session.jobs)
        self.notice = FitNotice(session, (20, 14, 20, 0))
        self.facts = FactsPanel(session.jobs)
        self.findings = Findings(session, self.browser, self.facts, self)
        self.table = TableImportView(session.table)
        self.table_panel = ImportPanel(session.table)
        self._middle, self._right = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_dataset()

    def show_dataset(self) -> None:
        """Show the data set that is open in the session."""
        dataset, share = self._session.dataset, self._session.document.study.plan.validation_split
        self.sources.show_dataset(dataset)
        self.browser.show_dataset(dataset, share)
        self.facts.show_dataset(dataset, self.browser.parts, share)
        self.findings.show_dataset(dataset)
        self._show_recipe()
        self.notice.show_state()

    def _lay_out(self) -> None:
        browser = QWidget()
        browser.setLayout(column(self.notice, self.browser, space=0))
        browser.setProperty("ground", "window")
        for stack, parts in (
            (self._middle, (browser, self.table)),
            (self._right, (scrolled(self.facts), scrolled(self.table_panel))),
        ):
            for part in parts:
                stack.addWidget(part)
        for widget, least in zip((self.sources, self._middle, self._right), _LEAST_WIDTHS, strict=True):
            widget.setMinimumWidth(least)
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        self.setSizes(list(_WIDTHS))

    def _connect(self) -> None:
        session = self._session
        self.sources.open_wanted.connect(self.open_wanted)
        self.sources.chosen.connect(session.choose_recipe)
        self.browser.open_wanted.connect(self.open_wanted)
        self.browser.part_chosen.connect(self.facts.show_part)
        self.facts.forms.edited.connect(session.change_recipe)
        self.facts.forms.columns_wanted.connect(session.edit_columns)
        session.dataset_changed.connect(self.show_dataset)
        session.reader.changed.connect(self._show_recipe)
        session.table.changed.connect(self._show_table)
        session.document.changed.connect(self._follow)

    def _show_table(self) -> None:
        """Go to the table that is looked at, or back."""
        wanted = int(self._session.table.is_open)
        if wanted != self._middle.currentIndex():
            self._middle.setCurrentIndex(wanted)
            self._right.setCurrentIndex(wanted)
            if wanted:
                self.table.take_focus()
            else:
                self.sources.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_recipe(self) -> None:
        self.facts.show_recipe(self._session.recipe, self._session.dataset)

    def _follow(self, before: Study, after: Study) -> None:
        if before.plan.validation_split != after.plan.validation_split:
            self.show_dataset()
        elif before.recipe != after.recipe:
            self._show_recipe()
