"""DataTab: what there is to learn from: sources at the left, samples in the middle, facts at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from nnstudio.experiments.study import Study
from nnstudio.session.session import Session
from nnstudio.ui.data.browser import Browser
from nnstudio.ui.data.facts_panel import FactsPanel
from nnstudio.ui.data.findings import Findings
from nnstudio.ui.data.sources_panel import SourcesPanel
from nnstudio.ui.widgets import scrolled

_WIDTHS = (264, 848, 328)
_LEAST_WIDTHS = (216, 480, 280)


class DataTab(QSplitter):
    """Joins the parts to the session.

    Signals:
        open_wanted(): A person wants to choose a file or folder with data.
    """

    open_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.sources = SourcesPanel()
        self.browser = Browser(session.jobs)
        self.facts = FactsPanel(session.jobs)
        self.findings = Findings(session, self.browser, self.facts, self)
        for widget, least in zip(
            (self.sources, self.browser, scrolled(self.facts)), _LEAST_WIDTHS, strict=True
        ):
            widget.setMinimumWidth(least)
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        self.setSizes(list(_WIDTHS))
        self._connect()
        self.show_dataset()

    def show_dataset(self) -> None:
        """Show the data set that is open in the session."""
        dataset, share = self._session.dataset, self._session.document.study.plan.validation_split
        self.sources.show_dataset(dataset)
        self.browser.show_dataset(dataset, share)
        self.facts.show_dataset(dataset, self.browser.parts, share)
        self.findings.show_dataset(dataset)

    def _connect(self) -> None:
        self.sources.open_wanted.connect(self.open_wanted)
        self.sources.chosen.connect(self._session.choose_recipe)
        self.browser.open_wanted.connect(self.open_wanted)
        self.browser.part_chosen.connect(self.facts.show_part)
        self.facts.preparation_edited.connect(self._change_preparation)
        self._session.dataset_changed.connect(self.show_dataset)
        self._session.document.changed.connect(self._follow_split)

    def _change_preparation(self, setting: str, value: Any) -> None:
        recipe = self._session.dataset.recipe
        changed = replace(recipe.preparation, **{setting: value})
        self._session.choose_recipe(replace(recipe, preparation=changed))

    def _follow_split(self, before: Study, after: Study) -> None:
        if before.plan.validation_split != after.plan.validation_split:
            self.show_dataset()
