"""FactsPanel: what the data are as a whole, at the right of the tab."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nnstudio.data.dataset import Dataset
from nnstudio.data.facts import Overview, overview
from nnstudio.data.names import printable
from nnstudio.data.recipe import Recipe
from nnstudio.data.watch import Watch
from nnstudio.session.jobs import Jobs
from nnstudio.ui.data.class_bars import ClassBars
from nnstudio.ui.data.mean_pictures import MeanPictures
from nnstudio.ui.data.parts import Part
from nnstudio.ui.data.recipe_forms import RecipeForms
from nnstudio.ui.data.split_bar import SplitBar
from nnstudio.ui.data.value_bars import ValueBars
from nnstudio.ui.widgets import column, label, row, rule

_JOB = "Measuring the data"
_AT_ONCE_VALUES = 4_000_000  # measured in about 10 ms
_LATER_MS = 60  # the new images are painted first: both at once would hold the window up


class FactsPanel(QFrame):
    """Sections, parted by lines; what takes long is measured in the background.

    ``forms`` tell what a person changes of the recipe.
    """

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._jobs = jobs
        self._part: Part | None = None
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._start)
        self.split = SplitBar()
        self.classes = ClassBars()
        self.means = MeanPictures()
        self.values = ValueBars()
        self.forms = RecipeForms(self)
        self._notes = label(role="text_2", size="small", wrap=True)
        self._titles: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        self._sections: dict[str, QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._fill()

    @property
    def notes(self) -> str:
        """What is said about the data."""
        return self._notes.text()

    def caption(self, section: str) -> str:
        """Return the words at the right of a section's title."""
        return self._captions[section].text()

    def insert(self, title: str, widget: QWidget, before: str) -> None:
        """Add a section of somebody else's above the one called ``before``."""
        self._add(title, widget, self._layout.indexOf(self._sections[before]))

    def show_section(self, title: str, wanted: bool) -> None:
        """Show or hide a section."""
        self._sections[title].setVisible(wanted)

    def show_caption(self, title: str, words: str) -> None:
        """Say something at the right of a section's title."""
        self._captions[title].setText(words)

    def show_dataset(self, dataset: Dataset, parts: Mapping[str, Part], validation_split: float) -> None:
        """Show what does not depend on the part that is chosen."""
        self.split.show_parts(parts.values())
        path = dataset.recipe.split.validation_path
        share = f"{100 * validation_split:.3g} % of training validates"
        self._captions["Split"].setText(f"{printable(Path(path).name)} validates" if path else share)
        self._notes.setText(dataset.notes)
        self._sections["Notes"].setVisible(bool(dataset.notes))
        self._titles["Values"].setText("Pixel values" if dataset.training.images else "Values")
        self._sections["Classes"].setVisible(dataset.facts.is_classes)
        self._sections["Mean image per class"].setVisible(
            dataset.facts.is_classes and dataset.training.images
        )

    def show_recipe(self, recipe: Recipe, dataset: Dataset) -> None:
        """Show the recipe that a person wants; the data follow when they are read."""
        self.forms.show_recipe(recipe, dataset)
        self._titles["Source"].setText(recipe.source.title)
        self._sections["Source"].setVisible(self.forms.has_source)

    def show_part(self, part: Part) -> None:
        """Show one part; its overview follows where it takes long."""
        if self._part is not None and part.samples is self._part.samples:
            return
        self._part = part
        words = f"{part.name.lower()} {part.noun}s"
        self._captions["Classes"].setText(words)
        if part.class_names:
            self.classes.show_part(part)
        classes = len(part.class_names)
        if part.samples.x.size <= _AT_ONCE_VALUES:
            self._show_overview(overview(part.samples, classes))
            return
        self._show_overview(None)
        self._later.start()

    def _start(self) -> None:
        part = self._part
        if part is not None and part.samples.x.size > _AT_ONCE_VALUES:
            self._jobs.start(_JOB, partial(_measure, part, len(part.class_names)), self._take_overview)

    def _take_overview(self, measured: tuple[Part, Overview]) -> None:
        part, found = measured
        if part is self._part:
            self._show_overview(found)

    def _show_overview(self, found: Overview | None) -> None:
        names = self._part.class_names if self._part is not None else ()
        inked = self._part is None or self._part.samples.inked
        self.means.show_means(names, None if found is None else found.means, inked)
        self.values.show_values(None if found is None else found.values)
        words = ""
        if found is not None and found.values.counts.any():
            words = f"{100 * found.values.zero_share:.0f} % are 0, log scale"
        self._captions["Values"].setText(words)

    def _fill(self) -> None:
        forms = self.forms
        preparation = QWidget()
        preparation.setLayout(column(forms.preparation, forms.table_preparation, space=0))
        split = QWidget()
        split.setLayout(column(self.split, forms.split, forms.left_out_section, space=10))
        for title, widget in (
            ("Source", forms.source_place),
            ("Split", split),
            ("Classes", self.classes),
            ("Mean image per class", self.means),
            ("Values", self.values),
            ("Preparation", preparation),
            ("Notes", self._notes),
        ):
            self._add(title, widget)
        self._layout.addStretch(1)

    def _add(self, title: str, widget: QWidget, place: int = -1) -> None:
        caption = self._captions[title] = label(role="text_3", size="caption")
        heading = self._titles[title] = label(title, size="strong")
        section = self._sections[title] = QWidget()
        body = column(row(heading, None, caption), widget, margins=(16, 14, 16, 14))
        layout = QVBoxLayout(section)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body)
        layout.addWidget(rule())
        self._layout.insertWidget(place, section)


def _measure(part: Part, classes: int, watch: Watch) -> tuple[Part, Overview]:
    return part, overview(part.samples, classes, watch.cancelled)
