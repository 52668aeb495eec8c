"""Findings: what can be found out about the data beyond the first look, as sections of the right panel."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nnstudio.data.dataset import Dataset
from nnstudio.data.sheet import Sheet
from nnstudio.session.session import Session
from nnstudio.ui.data.browser import Browser
from nnstudio.ui.data.column_facts import ColumnFacts
from nnstudio.ui.data.duplicates_box import DuplicatesBox
from nnstudio.ui.data.facts_panel import FactsPanel
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.split_counts import SplitCounts
from nnstudio.ui.data.suspects_box import SuspectsBox


class Findings(QObject):
    """Joins its sections to the browser, which shows what they found."""

    def __init__(self, session: Session, browser: Browser, facts: FactsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._browser, self._facts = browser, facts
        self._column: tuple[str, bool] | None = None
        self.column = ColumnFacts(session.jobs)
        self.counts = SplitCounts()
        self.duplicates = DuplicatesBox(session.jobs)
        self.suspects = SuspectsBox(session)
        facts.insert("Column", self.column, before="Split")
        facts.insert("Classes by part", self.counts, before="Preparation")
        facts.insert("Duplicates", self.duplicates, before="Preparation")
        facts.insert("Suspicious labels", self.suspects, before="Preparation")
        facts.show_section("Column", False)
        browser.column_chosen.connect(self._show_column)
        browser.part_chosen.connect(self._show_part)
        for box in (self.duplicates, self.suspects):
            box.found.connect(browser.show_subset)

    def show_dataset(self, dataset: Dataset) -> None:
        """Show other data, in the parts that the browser has."""
        parts = self._browser.parts
        self.counts.show_parts(parts)
        self.duplicates.show_parts(parts)
        self._facts.show_section("Column", False)
        self._facts.show_section("Classes by part", dataset.facts.is_classes)
        self._facts.show_section("Suspicious labels", dataset.facts.is_classes)
        self._facts.show_section("Duplicates", len(dataset.training) > 0)

    def _show_part(self, part: Part) -> None:
        self.suspects.show_part(part)
        self._facts.show_section("Column", False)

    def _show_column(self, sheet: Sheet, index: int) -> None:
        part = self._browser.part
        self._facts.show_section("Column", True)
        self._facts.show_caption("Column", f"{part.name.lower()} {part.noun}s")
        self.column.show_column(sheet, index, part.class_names)
